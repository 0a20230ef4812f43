// What this tab has done, so that it can be done again from a shell. In memory alone, and without secrets.

import type { ApiTwin } from './curl.ts'
import { withoutSecrets } from './redact.ts'

/** Acts that follow each other sooner are one: what a form or a choice of many rows sends. */
const TOGETHER_MS = 500
const MOST = 100

/** What is asked by POST, and the proofs of who one is: nobody would do these again. */
const QUESTION = /\/(?:quotes|list-exports|options|passkey-options|step-up)$/
/** Where somebody who has signed in acts. What is open to everybody takes little but secrets. */
const SIGNED_IN = /^\/api\/(?:orgs|platform|me|organisations)(?:\/|$)/

type Group = { readonly acts: ApiTwin[]; isTold: boolean }

const none = (): Group => ({ acts: [], isTold: true })

/** The group that the next act joins, and the last one of which something was done. */
let current = none()
let last = current
let underWay = 0
let answered_ms = Number.NEGATIVE_INFINITY

const isAct = ({ method }: Request, { pathname }: URL): boolean =>
  method !== 'GET' && SIGNED_IN.test(pathname) && !QUESTION.test(pathname)

/** Sends a request. What it did is remembered once the server has done it. */
export async function sendNoted(request: Request): Promise<Response> {
  const url = new URL(request.url)
  if (!isAct(request, url)) return fetch(request)
  const isJson = request.headers.get('content-type')?.startsWith('application/json') === true
  const copy = isJson ? request.clone() : null
  if (underWay === 0 && performance.now() - answered_ms > TOGETHER_MS) current = none()
  const group = current
  underWay += 1
  try {
    const response = await fetch(request)
    if (response.ok && group.acts.length < MOST) {
      group.acts.push(twinOf(request, url, copy === null ? '' : await copy.text()))
      group.isTold = false
      last = group
    }
    return response
  } finally {
    underWay -= 1
    answered_ms = performance.now()
  }
}

function twinOf({ method, headers }: Request, { pathname, searchParams }: URL, text: string): ApiTwin {
  const body: unknown = text === '' ? undefined : JSON.parse(text)
  return {
    method,
    path: pathname,
    query: Object.fromEntries(searchParams),
    ...(body !== undefined && { body: withoutSecrets(pathname, body) }),
    hasFile: headers.get('content-type') === 'application/octet-stream',
  }
}

/** The last acts that belong together; none when nothing was done yet. */
export const lastActs = (): readonly ApiTwin[] => last.acts

/** The same, for the one message that tells of them: none for the next. */
export function takeUntoldActs(): readonly ApiTwin[] {
  if (last.isTold) return []
  last.isTold = true
  return last.acts
}
