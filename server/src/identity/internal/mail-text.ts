// What identity says in mails.

import { type MailText, typed } from '../../mail/template.ts'

const NOT_YOU = 'If you did not ask for this, you need not do anything.'

export type LinkText = { readonly name: string; readonly url: string }

/** To somebody who registers: the link, which asks for the password once more. */
export function registrationText(deployment: string, { name, url }: LinkText): MailText {
  return {
    subject: `Confirm your e-mail address for ${deployment}`,
    paragraphs: [
      `Hello ${typed(name)},`,
      `you asked for an account at ${deployment}. Confirm that this mailbox is yours to finish your registration.`,
    ],
    steps: [
      'Open the link below.',
      'Type the password that you have just chosen.',
      'Your organisation is made, and you are its owner.',
    ],
    action: { label: 'Confirm and finish', url },
    closing: [
      'The link is good for 24 hours and once.',
      `${NOT_YOU} Nobody gets an account with your address unless you confirm.`,
    ],
  }
}

/** To somebody who has an account, when their address is registered again. */
export function knownAddressText(deployment: string, sign_in_url: string): MailText {
  return {
    subject: `You have an account at ${deployment} already`,
    paragraphs: [
      `Somebody, probably you, has just tried to register at ${deployment} with this address. It has an account already, which stays as it is.`,
      'Sign in to make a further organisation. If you have forgotten the password, choose a new one from there.',
    ],
    action: { label: 'Sign in', url: sign_in_url },
    closing: ['If that was not you, you need not do anything.'],
  }
}

/** To the owner of an account that was made for them, before they first sign in. */
export function verificationText(deployment: string, { name, url }: LinkText): MailText {
  return {
    subject: `Confirm your e-mail address for ${deployment}`,
    paragraphs: [
      `Hello ${typed(name)},`,
      `there is an account for you at ${deployment}. Confirm that this mailbox is yours before you sign in.`,
    ],
    action: { label: 'Confirm this address', url },
    closing: ['The link is good for 24 hours and once.', NOT_YOU],
  }
}

/** To the new address, which counts from the moment it is confirmed. */
export function emailChangeText(deployment: string, { name, url }: LinkText): MailText {
  return {
    subject: `Confirm your new e-mail address for ${deployment}`,
    paragraphs: [
      `${typed(name)} wants to use this address to sign in to ${deployment} from now on.`,
      'Confirm it only if that is your own account.',
    ],
    action: { label: 'Confirm the new address', url },
    closing: ['The link is good for an hour and once.', NOT_YOU],
  }
}

/** To the new address, when it belongs to another account. */
export function emailChangeKnownText(deployment: string): MailText {
  return {
    subject: `This address has an account at ${deployment} already`,
    paragraphs: [
      `Somebody wants to use this address for their account at ${deployment}. It belongs to another account, so nothing was changed.`,
    ],
    closing: [NOT_YOU],
  }
}

/** To the old address, after the new one was confirmed. */
export function emailChangedText(deployment: string): MailText {
  return {
    subject: `Your e-mail address at ${deployment} was changed`,
    paragraphs: [
      `From now on another address is used to sign in to your account at ${deployment}. This one does not count any more.`,
    ],
    closing: ['If that was not you, tell the people who run it at once.'],
  }
}

/** To whoever forgot their password. */
export function passwordResetText(deployment: string, { name, url }: LinkText): MailText {
  return {
    subject: `Choose a new password for ${deployment}`,
    paragraphs: [
      `Hello ${typed(name)},`,
      `somebody, probably you, wants to choose a new password for your account at ${deployment}.`,
    ],
    action: { label: 'Choose a new password', url },
    closing: [
      'The link is good for an hour and once. When you use it, every session of yours ends.',
      `${NOT_YOU} Your password stays as it is.`,
    ],
  }
}

/** After a password was chosen by a link. */
export function passwordChangedText(deployment: string): MailText {
  return {
    subject: `Your password at ${deployment} was changed`,
    paragraphs: [
      `The password of your account at ${deployment} was chosen anew by a link that was sent here. Every session of yours has ended.`,
    ],
    closing: ['If that was not you, tell the people who run it at once.'],
  }
}
