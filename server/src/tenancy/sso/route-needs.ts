import type { LookUpTexts } from '../../identity/sso/dns.ts'
import type { EgressPolicy } from '../../kernel/egress.ts'
import type { SsoNeeds } from './sign-in.ts'

/** What the routes of single sign-on are handed. */
export type SsoRouteNeeds = SsoNeeds & { readonly egress: EgressPolicy; readonly lookUpTexts: LookUpTexts }
