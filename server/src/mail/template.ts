// How a mail looks: the same words as HTML and as text, under the name and colour of the deployment. Whatever people typed
// is escaped here and nowhere else, and can neither hide a tag nor become a link.

import type { PlatformSettings } from '../kernel/platform-setting.ts'

export type Brand = Pick<PlatformSettings, 'deployment_name' | 'accent_color' | 'support_address'>

/** What a mail says, in plain words. */
export type MailText = {
  readonly subject: string
  readonly paragraphs: readonly string[]
  /** Pairs such as "Organisation" and its name. */
  readonly facts?: readonly (readonly [name: string, value: string])[]
  /** What the reader does next, in order. */
  readonly steps?: readonly string[]
  readonly action?: { readonly label: string; readonly url: string }
  /** What stands below the button: how long the link is good, what to do if it was not you. */
  readonly closing?: readonly string[]
}

export type RenderedMail = { readonly subject: string; readonly html: string; readonly text: string }

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')

/**
 * What a person typed (a name), as it may stand in a mail: one line, at most 120 characters, nothing that turns the direction
 * of writing, and nothing that a mail program makes a link of (a space without width follows each dot, colon and slash that
 * joins two words).
 */
export function typed(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const short = Array.from(line).slice(0, 120).join('')
  return short.replace(/([.:/@])(?=\S)/g, '$1\u200b')
}

/** Black or white, whichever is easier to read on the colour (WCAG 2.2, relative luminance). */
function readableOn(color: string): string {
  const channel = (start: number): number => {
    const value = Number.parseInt(color.slice(start, start + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? '#ffffff' : '#000000'
}

const helpOf = ({ support_address }: Brand): string | null =>
  support_address === null ? null : `Questions? Write to ${support_address}.`

/** Renders a mail. Every text is escaped; the link is the only thing that can be clicked. */
export function renderMail(brand: Brand, mail: MailText): RenderedMail {
  return { subject: subjectOf(mail.subject), html: htmlOf(brand, mail), text: textOf(brand, mail) }
}

/** A header is one line, and not longer than what lists of mails show. */
const subjectOf = (subject: string): string => subject.replace(/[\p{Cc}\u2028\u2029]/gu, ' ').slice(0, 200)

function textOf(brand: Brand, { paragraphs, facts = [], steps = [], action, closing = [] }: MailText): string {
  const parts = [
    ...paragraphs,
    facts.map(([name, value]) => `${name}: ${value}`).join('\n'),
    steps.map((step, index) => `${index + 1}. ${step}`).join('\n'),
    action === undefined ? '' : `${action.label}:\n${action.url}`,
    ...closing,
    helpOf(brand) ?? '',
    `-- \n${brand.deployment_name}`,
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

const P = 'margin:0 0 16px;font-size:15px;line-height:1.5;color:#1f2328'
const SMALL = 'margin:0 0 12px;font-size:13px;line-height:1.5;color:#59636e'

function htmlOf(brand: Brand, { subject, paragraphs, facts = [], steps = [], action, closing = [] }: MailText): string {
  const { accent_color } = brand
  const rows = facts.map(
    ([name, value]) =>
      `<tr><th align="left" style="padding:4px 16px 4px 0;font-size:13px;color:#59636e;font-weight:400">${escape(name)}</th>` +
      `<td style="padding:4px 0;font-size:15px;color:#1f2328">${escape(value)}</td></tr>`,
  )
  const button =
    action &&
    `<p style="margin:24px 0"><a href="${escape(action.url)}" style="display:inline-block;padding:12px 20px;border-radius:6px;` +
      `background:${accent_color};color:${readableOn(accent_color)};font-size:15px;font-weight:600;text-decoration:none">${escape(action.label)}</a></p>` +
      `<p style="${SMALL}">If the button does not work, open this address:<br><a href="${escape(action.url)}" style="color:#59636e;word-break:break-all">${escape(action.url)}</a></p>`
  const help = helpOf(brand)
  const parts = [
    ...paragraphs.map((text) => `<p style="${P}">${escape(text)}</p>`),
    rows.length > 0
      ? `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 16px">${rows.join('')}</table>`
      : '',
    steps.length > 0
      ? `<ol style="margin:0 0 16px;padding-left:20px;font-size:15px;line-height:1.5;color:#1f2328">${steps.map((step) => `<li>${escape(step)}</li>`).join('')}</ol>`
      : '',
    button ?? '',
    ...closing.map((text) => `<p style="${SMALL}">${escape(text)}</p>`),
    help === null ? '' : `<p style="${SMALL}">${escape(help)}</p>`,
  ]
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>${escape(subject)}</title></head><body style="margin:0;padding:24px;background:#f6f8fa;font-family:Arial,Helvetica,sans-serif">` +
    `<div style="max-width:560px;margin:0 auto;padding:32px;background:#ffffff;border-top:4px solid ${accent_color};border-radius:8px">` +
    `<p style="margin:0 0 24px;font-size:17px;font-weight:700;color:#1f2328">${escape(brand.deployment_name)}</p>` +
    `${parts.join('')}</div></body></html>`
  )
}
