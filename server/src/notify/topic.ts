// What a page is told of the log: that something of a kind happened, so that it reads again what it shows. Not what, nor to
// whom: whoever may know that is told by the routes that are asked then.

export const TOPICS = ['work', 'administration'] as const
export type Topic = (typeof TOPICS)[number]

/** What is logged because somebody read or was refused: read again for these, pages would never come to rest. */
const ECHOES: ReadonlySet<string> = new Set([
  'access.denied',
  'superadmin.accessed',
  'execution.content_opened',
  'file.downloaded',
  'approval.receipt_opened',
  'role.viewed_as',
  'worker_key.viewed',
  'member.invite_opened',
  'wallet.quote_issued',
  'list.exported',
])

const WORK: ReadonlySet<string> = new Set(['execution', 'human_task', 'approval', 'wallet', 'file'])
const REFUSED_WORK: ReadonlySet<string> = new Set(['policy.check_failed', 'spend_limit.blocked', 'quota.blocked'])

/** What people do on the platform all the time, and changes no more than where they are signed in. */
const COMING_AND_GOING: ReadonlySet<string> = new Set([
  'user.login',
  'user.login_failed',
  'user.logout',
  'user.recovery_code_used',
  'session.stepped_up',
  'sso.login',
  'sso.login_failed',
])

/** The topic of an event of the platform's log; null when pages need not know. */
export function platformTopicOf(event: string): Topic | null {
  return COMING_AND_GOING.has(event) ? 'work' : topicOf(event)
}

/** The topic of an event of an organisation's log; null when pages need not know. */
export function topicOf(event: string): Topic | null {
  if (ECHOES.has(event)) return null
  return WORK.has(event.split('.')[0] ?? '') || REFUSED_WORK.has(event) ? 'work' : 'administration'
}
