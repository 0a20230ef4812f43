import type { BaseRole, Surface } from '../../access/permission.ts'
import { type MailText, typed } from '../../mail/template.ts'

/** What people are called by role and surface. */
function roleWord(base_role: BaseRole, surface: Surface): string {
  if (base_role === 'owner') return 'Owner'
  if (base_role === 'admin') return 'Administrator'
  return surface === 'hub' ? 'End user' : 'Member'
}

const MAY: Readonly<Record<string, string>> = {
  Owner: 'You decide who comes in, what they may do and what may be spent.',
  Administrator: 'You look after people, policies and spending of the organisation.',
  Member: 'You run apps, call models through the gateway and build with others.',
  'End user': 'You run the apps of your organisation and use their results.',
}

export type InvitationMail = {
  readonly deployment_name: string
  readonly organisation_name: string
  readonly inviter_name: string
  readonly base_role: BaseRole
  readonly surface: Surface
  readonly expires_at: Date
  readonly url: string
}

/** The mail of an invitation: what this is, who invites, what comes next. */
export function invitationText(mail: InvitationMail): MailText {
  const { deployment_name, base_role, surface, expires_at, url } = mail
  const role = roleWord(base_role, surface)
  const organisation = typed(mail.organisation_name)
  return {
    subject: `You are invited to ${organisation} on ${deployment_name}`,
    paragraphs: [
      `${typed(mail.inviter_name)} invites you to ${organisation}.`,
      `${deployment_name} is where your organisation works with AI models: under its own rules, within its budget, and with a person who checks what matters. ${MAY[role] ?? ''}`,
    ],
    facts: [
      ['Organisation', organisation],
      ['Invited by', typed(mail.inviter_name)],
      ['Your role', role],
      ['Good until', `${expires_at.toISOString().slice(0, 16).replace('T', ' ')} UTC`],
    ],
    steps: [
      'Open the link below.',
      'Sign in with the account you have for this address, or choose a name and a password for a new one.',
      'Accept the invitation; your organisation opens.',
    ],
    action: { label: 'See the invitation', url },
    closing: [
      'The link is yours alone and good once: do not pass it on.',
      'If you do not know this organisation, you need not do anything; nobody is told.',
    ],
  }
}
