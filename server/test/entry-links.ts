// Links that lead in, as the matrix of entry uses them: they are sent before a rule is in force, and used while it is.

import type { Administration } from './administration.ts'
import { type As, cookieOf, type Reply } from './client.ts'
import { takeToken } from './outbox.ts'

export type LinkWay =
  | 'invitation of somebody new'
  | 'session from an invitation'
  | 'invitation of an account'
  | 'password-reset link'

export type Links = {
  /** Somebody with an account, and no member of the organisation that invited them. */
  readonly stranger: { readonly as: As; readonly email: string; readonly user_id: string }
  readonly enter: (way: LinkWay) => Promise<Reply>
}

const PASSWORD = 'nine patient herons wade'
let counter = 0
const newEmail = (): string => `linked-${process.pid}-${(counter += 1)}@example.com`

/** Invites somebody new and somebody with an account into the first organisation; a member asks for a new password. */
export async function sendLinks(office: Administration, member_email: string): Promise<Links> {
  const { client, superadmin, organisation, other } = office
  const post = (path: string, as: As, body: object) => client.request('POST', path, { as, body })
  const invite = async ({ path, owner }: typeof organisation, email: string): Promise<string> => {
    await client.call('POST', `${path}/invitations`, { as: owner.as, body: { emails: [email] } })
    return takeToken(client, superadmin, email, 'invitation')
  }
  const accept = (token: string) =>
    post('/api/invitations/accept', null, { token, display_name: 'Ida', password: PASSWORD })
  const email = newEmail()
  const joined = await client.call('POST', '/api/invitations/accept', {
    body: { token: await invite(other, email), display_name: 'Ida', password: PASSWORD },
  })
  const stranger = { as: { cookie: cookieOf(joined.headers) }, email, user_id: joined.object('person').text('id') }
  await client.call('POST', '/api/password-resets', { body: { email: member_email } })
  const reset = await takeToken(client, superadmin, member_email, 'password_reset')
  const [fresh, known] = [await invite(organisation, newEmail()), await invite(organisation, email)]
  let begun: As = null
  const enter: Record<LinkWay, () => Promise<Reply>> = {
    async 'invitation of somebody new'() {
      const reply = await accept(fresh)
      if (reply.status === 201) begun = { cookie: cookieOf(reply.headers) }
      return reply
    },
    'session from an invitation': () => client.request('GET', organisation.path, { as: begun }),
    'invitation of an account': () => post('/api/me/invitations/accept', stranger.as, { token: known }),
    'password-reset link': () =>
      post('/api/password-resets/confirm', null, { token: reset, new_password: `${PASSWORD} again` }),
  }
  return { stranger, enter: (way) => enter[way]() }
}
