// What posts money or tokens is named once: by the caller's own id, else by the request's Idempotency-Key.

/** The body with an id, if there is one to give. */
export function withId<Body extends { readonly id?: string }>(body: Body, act_id: string | null): Body {
  return body.id === undefined && act_id !== null ? { ...body, id: act_id } : body
}
