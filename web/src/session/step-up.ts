// Acts that need a fresh proof of who one is. Where the last proof is too old, the page asks for one and goes on.

import { ApiProblem } from '../api/problem.ts'

type Ask = () => Promise<boolean>
const state: { ask: Ask | null } = { ask: null }

/** Says how the page asks for a proof; null when it no longer can. */
export function setProofQuestion(ask: Ask | null): void {
  state.ask = ask
}

/** Does an act; where the server wants to know again who asks, it is done once that was proved. */
export async function withProof<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'step_up_required' || state.ask === null) throw error
    if (!(await state.ask())) throw error
    return act()
  }
}
