import { answerOf, api } from '../../api/client.ts'
import type { AppInput } from '../../components/app-input.ts'

/** Starts the run that was quoted: the money is held from here on. */
export const startRun = (org: string, app: string, input: AppInput, quote_id: string) =>
  answerOf(api.POST('/api/orgs/{org}/apps/{app}/runs', { params: { path: { org, app } }, body: { input, quote_id } }))
