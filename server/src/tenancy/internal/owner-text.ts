import type { OwnerNoticeFacts, OwnerNoticeKind } from '../../mail/owner-notice.ts'
import { type MailText, typed } from '../../mail/template.ts'

export type OwnerMail = OwnerNoticeFacts & {
  readonly organisation_name: string
  readonly deployment_name: string
  /** When it happened. */
  readonly at: Date
  /** Where Reeve is reached. */
  readonly origin: string
  readonly organisation_id: string
}

const instant = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** The facts that are known, in the order of reading. */
const factsOf = (mail: OwnerMail): [name: string, value: string][] => [
  ['Organisation', typed(mail.organisation_name)],
  ...(mail.who === undefined ? [] : [['Who', typed(mail.who)] satisfies [string, string]]),
  ['When', instant(mail.at)],
  ...(mail.reason === undefined ? [] : [['Reason', typed(mail.reason)] satisfies [string, string]]),
  ...(typeof mail.until === 'string' ? [['Until', instant(new Date(mail.until))] satisfies [string, string]] : []),
]

const TEXTS: Readonly<Record<OwnerNoticeKind, (mail: OwnerMail) => Omit<MailText, 'facts'>>> = {
  access_opened: (mail) => ({
    subject: `A super-admin opened ${typed(mail.organisation_name)}`,
    paragraphs: [
      `A super-admin of ${mail.deployment_name} has opened your organisation with a reason, and can see it until the time below.`,
      "Everything they open is written down in your organisation's log.",
    ],
    action: { label: 'See the log', url: `${mail.origin}/o/${mail.organisation_id}/audit` },
    closing: ['You get this mail because you are an owner of the organisation.'],
  }),
  break_glass_used: (mail) => ({
    subject: `Somebody came into ${typed(mail.organisation_name)} past single sign-on`,
    paragraphs: [
      'Single sign-on is enforced in your organisation, and the owner who is armed to come in without has just done so.',
      'If that owner says it was not them, end their sessions, give them another password, and arm another owner.',
    ],
    action: { label: 'See the log', url: `${mail.origin}/o/${mail.organisation_id}/audit` },
    closing: ['You get this mail because you are an owner of the organisation. It is sent once for each session.'],
  }),
  break_glass_expiring: (mail) => ({
    subject: `Soon nobody can come into ${typed(mail.organisation_name)} without single sign-on`,
    paragraphs: [
      typeof mail.until === 'string'
        ? 'Single sign-on is enforced in your organisation. The owner who may come in without may do so only until the time below.'
        : 'Single sign-on is enforced in your organisation, and no owner may come in without.',
      'Should the identity provider fail after that, nobody can set anything right. Arm an owner again.',
    ],
    action: { label: 'Arm an owner', url: `${mail.origin}/o/${mail.organisation_id}/security` },
    closing: ['You get this mail once a day, because you are an owner of the organisation.'],
  }),
}

/** What an owner is told. */
export function ownerText(kind: OwnerNoticeKind, mail: OwnerMail): MailText {
  return { ...TEXTS[kind](mail), facts: factsOf(mail) }
}
