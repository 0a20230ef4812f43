import { answerOf, api } from '../../api/client.ts'
import type { Quoted } from '../../components/quote-dialog.tsx'

/** Starts the run that was quoted: the money is held from here on. */
export const startRun = (org: string, app: string, { input, place, quote }: Quoted) => {
  const body = { input, ...place, quote_id: quote.id }
  return answerOf(api.POST('/api/orgs/{org}/apps/{app}/runs', { params: { path: { org, app } }, body }))
}
