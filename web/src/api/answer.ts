import type { paths } from './schema.d.ts'

/** What a call answers, by its path: `Answer<'/api/orgs/{org}/teams', 'get'>`. */
export type Answer<Path extends keyof paths, Method extends keyof paths[Path]> = paths[Path][Method] extends {
  readonly responses: infer Responses
}
  ? JsonOf<Responses[keyof Responses & (200 | 201)]>
  : never

type JsonOf<Response> = Response extends { readonly content: { readonly 'application/json': infer Body } }
  ? Body
  : never
