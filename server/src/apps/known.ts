// What a contract may refer to, as the place where it is checked knows it. Read from the databases beforehand, so that the
// checks themselves are pure.

import type { EgressPolicy } from '../kernel/egress.ts'
import type { AppContract } from './contract.ts'

/** Internal apps are an organisation's own, public apps the platform's (Appstream). */
export type AppSource = 'internal' | 'public'

/** An app that another one names. */
export type KnownApp = {
  readonly app_id: string
  readonly version: string
  readonly source: AppSource
  readonly contract: AppContract
}

/** Finds an app that may be run here, in one of its versions or in the one that is published. */
export type FindKnownApp = (app_id: string, version: string | undefined) => KnownApp | null

export type CheckContext = {
  readonly source: AppSource
  /** The app whose contract this is; null before there is one. */
  readonly app_id: string | null
  /** Why the author may not answer for it; null if they may. */
  readonly authority_fault: string | null
  /** Whether the oath for this very version was given; not_due before the review. */
  readonly oath: 'given' | 'missing' | 'not_due'
  /**
   * A version that is to be published must stand above those before it; one that was published must still be what it was.
   */
  readonly identity:
    | { readonly kind: 'new'; readonly above: string | null }
    | { readonly kind: 'kept'; readonly is_unchanged: boolean }
  /** Names of the models that may be called here. */
  readonly models: ReadonlySet<string>
  /** Names of the tool credentials there are here. */
  readonly credentials: ReadonlySet<string>
  /** Ids of the members who can be asked here. */
  readonly members: ReadonlySet<string>
  readonly findApp: FindKnownApp
  readonly egress: EgressPolicy
}
