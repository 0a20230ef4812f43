// Where versions of apps are written, reviewed and published: an organisation's desk for internal apps, and the platform's for
// public ones. Both have the same acts, so that one screen serves both.

import type { PageOf } from './list.ts'
import type { Answer } from './answer.ts'
import { answerOf, api } from './client.ts'

export type VersionDetail = Answer<'/api/orgs/{org}/app-versions/{version}', 'get'>
export type Version = Answer<'/api/orgs/{org}/app-submissions', 'get'>['items'][number]
export type WorkedApp = Answer<'/api/orgs/{org}/internal-apps', 'get'>['items'][number]
export type Difference = Answer<'/api/orgs/{org}/app-versions/{version}/diff', 'get'>['differences'][number]
export type TestResult = Answer<'/api/orgs/{org}/app-versions/{version}/tests', 'post'>['items'][number]

/** What is written into the six files; unfinished as long as it is a draft. */
export type Content = { readonly [file: string]: unknown }

export type ReviewAnswers = {
  readonly purpose: boolean
  readonly data: boolean
  readonly pipeline: boolean
  readonly result: boolean
  readonly risk: boolean
  readonly price: boolean
}
export type Review = {
  readonly decision: 'approved' | 'returned'
  readonly comment: string | null
  readonly answers: ReviewAnswers
}

type Page = { readonly cursor?: string; readonly limit: number }

export type Desk = {
  readonly key: readonly string[]
  readonly archiveHref: (version: string) => string
  readonly apps: (page: Page) => Promise<PageOf<WorkedApp>>
  readonly submissions: () => Promise<{ readonly items: readonly Version[] }>
  readonly versions: (app: string) => Promise<{ readonly items: readonly Version[] }>
  readonly create: (content: Content) => Promise<Version>
  readonly createVersion: (app: string) => Promise<Version>
  readonly importArchive: (archive: Blob) => Promise<Version>
  readonly version: (version: string) => Promise<VersionDetail>
  readonly diff: (
    version: string,
  ) => Promise<{ readonly against: string | null; readonly differences: readonly Difference[] }>
  readonly save: (version: string, revision: number, content: Content) => Promise<VersionDetail>
  /** What the checks make of content that is not saved. */
  readonly check: (version: string, content: Content) => Promise<Pick<VersionDetail, 'checks'>>
  /** Tests the cases made from the fields, or those given. */
  readonly test: (
    version: string,
    inputs: readonly unknown[] | null,
  ) => Promise<{ readonly items: readonly TestResult[] }>
  readonly submit: (version: string, revision: number) => Promise<Version>
  readonly recall: (version: string, revision: number) => Promise<Version>
  readonly review: (version: string, revision: number, review: Review) => Promise<Version>
  readonly swear: (version: string, revision: number, statement: string) => Promise<VersionDetail>
  readonly publish: (version: string, revision: number) => Promise<Version>
  readonly suspend: (version: string, reason: string) => Promise<Version>
  readonly restore: (version: string) => Promise<Version>
  readonly withdraw: (version: string, reason: string) => Promise<Version>
  readonly remove: (version: string) => Promise<unknown>
}

/** The internal apps of an organisation. */
export function organisationDesk(org: string): Desk {
  return {
    key: ['org', org, 'app-desk'],
    archiveHref: (version) => `/api/orgs/${org}/app-versions/${version}/archive`,
    apps: (page) => answerOf(api.GET('/api/orgs/{org}/internal-apps', { params: { path: { org }, query: page } })),
    submissions: () => answerOf(api.GET('/api/orgs/{org}/app-submissions', { params: { path: { org } } })),
    versions: (app) =>
      answerOf(api.GET('/api/orgs/{org}/internal-apps/{app}/versions', { params: { path: { org, app } } })),
    create: (content) =>
      answerOf(
        api.POST('/api/orgs/{org}/internal-apps', { params: { path: { org } }, body: { content: { ...content } } }),
      ),
    createVersion: (app) =>
      answerOf(api.POST('/api/orgs/{org}/internal-apps/{app}/versions', { params: { path: { org, app } }, body: {} })),
    importArchive: (archive) =>
      answerOf(
        api.POST('/api/orgs/{org}/internal-apps/archives', {
          params: { path: { org } },
          headers: { 'content-type': 'application/octet-stream' },
          // The contract says "string" of bytes; what is sent are the bytes themselves.
          body: '',
          bodySerializer: () => archive,
        }),
      ),
    version: (version) =>
      answerOf(api.GET('/api/orgs/{org}/app-versions/{version}', { params: { path: { org, version } } })),
    diff: (version) =>
      answerOf(api.GET('/api/orgs/{org}/app-versions/{version}/diff', { params: { path: { org, version } } })),
    save: (version, revision, content) =>
      answerOf(
        api.PUT('/api/orgs/{org}/app-versions/{version}/content', {
          params: { path: { org, version } },
          body: { revision, content: { ...content } },
        }),
      ),
    check: (version, content) =>
      answerOf(
        api.POST('/api/orgs/{org}/app-versions/{version}/checks', {
          params: { path: { org, version } },
          body: { content: { ...content } },
        }),
      ),
    test: (version, inputs) =>
      answerOf(
        api.POST('/api/orgs/{org}/app-versions/{version}/tests', {
          params: { path: { org, version } },
          body: inputs === null ? {} : { inputs: [...inputs] },
        }),
      ),
    submit: (version, revision) =>
      answerOf(
        api.POST('/api/orgs/{org}/app-versions/{version}/submission', {
          params: { path: { org, version } },
          body: { revision },
        }),
      ),
    recall: (version, revision) =>
      answerOf(
        api.DELETE('/api/orgs/{org}/app-versions/{version}/submission', {
          params: { path: { org, version }, query: { revision } },
        }),
      ),
    review: (version, revision, { decision, comment, answers }) =>
      answerOf(
        api.POST('/api/orgs/{org}/app-versions/{version}/review', {
          params: { path: { org, version } },
          body: { revision, decision, comment, answers: { ...answers } },
        }),
      ),
    swear: (version, revision, statement) =>
      answerOf(
        api.PUT('/api/orgs/{org}/app-versions/{version}/oath', {
          params: { path: { org, version } },
          body: { revision, statement },
        }),
      ),
    publish: (version, revision) =>
      answerOf(
        api.POST('/api/orgs/{org}/app-versions/{version}/publication', {
          params: { path: { org, version } },
          body: { revision },
        }),
      ),
    suspend: (version, reason) =>
      answerOf(
        api.POST('/api/orgs/{org}/app-versions/{version}/suspension', {
          params: { path: { org, version } },
          body: { reason },
        }),
      ),
    restore: (version) =>
      answerOf(api.DELETE('/api/orgs/{org}/app-versions/{version}/suspension', { params: { path: { org, version } } })),
    withdraw: (version, reason) =>
      answerOf(
        api.POST('/api/orgs/{org}/app-versions/{version}/withdrawal', {
          params: { path: { org, version } },
          body: { reason },
        }),
      ),
    remove: (version) => api.DELETE('/api/orgs/{org}/app-versions/{version}', { params: { path: { org, version } } }),
  }
}

/** The public apps (Appstream). */
export function platformDesk(): Desk {
  return {
    key: ['platform', 'app-desk'],
    archiveHref: (version) => `/api/platform/app-versions/${version}/archive`,
    apps: (page) => answerOf(api.GET('/api/platform/apps', { params: { query: page } })),
    submissions: () => answerOf(api.GET('/api/platform/app-submissions')),
    versions: (app) => answerOf(api.GET('/api/platform/apps/{app}/versions', { params: { path: { app } } })),
    create: (content) => answerOf(api.POST('/api/platform/apps', { body: { content: { ...content } } })),
    createVersion: (app) =>
      answerOf(api.POST('/api/platform/apps/{app}/versions', { params: { path: { app } }, body: {} })),
    importArchive: (archive) =>
      answerOf(
        api.POST('/api/platform/apps/archives', {
          headers: { 'content-type': 'application/octet-stream' },
          // The contract says "string" of bytes; what is sent are the bytes themselves.
          body: '',
          bodySerializer: () => archive,
        }),
      ),
    version: (version) => answerOf(api.GET('/api/platform/app-versions/{version}', { params: { path: { version } } })),
    diff: (version) =>
      answerOf(api.GET('/api/platform/app-versions/{version}/diff', { params: { path: { version } } })),
    save: (version, revision, content) =>
      answerOf(
        api.PUT('/api/platform/app-versions/{version}/content', {
          params: { path: { version } },
          body: { revision, content: { ...content } },
        }),
      ),
    check: (version, content) =>
      answerOf(
        api.POST('/api/platform/app-versions/{version}/checks', {
          params: { path: { version } },
          body: { content: { ...content } },
        }),
      ),
    test: (version, inputs) =>
      answerOf(
        api.POST('/api/platform/app-versions/{version}/tests', {
          params: { path: { version } },
          body: inputs === null ? {} : { inputs: [...inputs] },
        }),
      ),
    submit: (version, revision) =>
      answerOf(
        api.POST('/api/platform/app-versions/{version}/submission', {
          params: { path: { version } },
          body: { revision },
        }),
      ),
    recall: (version, revision) =>
      answerOf(
        api.DELETE('/api/platform/app-versions/{version}/submission', {
          params: { path: { version }, query: { revision } },
        }),
      ),
    review: (version, revision, { decision, comment, answers }) =>
      answerOf(
        api.POST('/api/platform/app-versions/{version}/review', {
          params: { path: { version } },
          body: { revision, decision, comment, answers: { ...answers } },
        }),
      ),
    swear: (version, revision, statement) =>
      answerOf(
        api.PUT('/api/platform/app-versions/{version}/oath', {
          params: { path: { version } },
          body: { revision, statement },
        }),
      ),
    publish: (version, revision) =>
      answerOf(
        api.POST('/api/platform/app-versions/{version}/publication', {
          params: { path: { version } },
          body: { revision },
        }),
      ),
    suspend: (version, reason) =>
      answerOf(
        api.POST('/api/platform/app-versions/{version}/suspension', {
          params: { path: { version } },
          body: { reason },
        }),
      ),
    restore: (version) =>
      answerOf(api.DELETE('/api/platform/app-versions/{version}/suspension', { params: { path: { version } } })),
    withdraw: (version, reason) =>
      answerOf(
        api.POST('/api/platform/app-versions/{version}/withdrawal', {
          params: { path: { version } },
          body: { reason },
        }),
      ),
    remove: (version) => api.DELETE('/api/platform/app-versions/{version}', { params: { path: { version } } }),
  }
}
