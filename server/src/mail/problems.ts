import { defineProblem } from '../kernel/problem.ts'

export const mailServerMissing = defineProblem(
  'mail_server_missing',
  409,
  'No mail server is set; messages wait in the outbox to be copied',
)
export const mailPasswordNeedsTls = defineProblem(
  'mail_password_needs_tls',
  422,
  'A password is sent to a mail server over TLS only, unless it is on this machine',
)
/** `params.state` is the state of the message. */
export const mailNotKept = defineProblem('mail_not_kept', 409, 'What this message says is not kept any more')
export const mailUnderWay = defineProblem(
  'mail_under_way',
  409,
  'A mail server is set: only a message that it did not take can be opened',
)
