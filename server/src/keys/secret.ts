// A value that must not be seen. It lives in this module because it is the lowest that holds one.

import { inspect } from 'node:util'

const HIDDEN = '[secret]'

/**
 * A secret text. However it is printed, it prints as `[secret]`: in a template, by JSON, by `util.inspect` and therefore in a
 * log; copies and spreads of it are empty. Only `reveal()` gives the text. It is a class because a private field is the one
 * place that inspection, serialisation and cloning cannot reach.
 */
export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  /** The text itself. Call it where the value leaves Reeve, as late as possible, and keep the result in no object. */
  reveal(): string {
    return this.#text
  }

  toString(): string {
    return HIDDEN
  }

  toJSON(): string {
    return HIDDEN
  }

  [inspect.custom](): string {
    return HIDDEN
  }
}

/** What a screen may show of a secret: its last four characters, and those only when at least sixteen others stay hidden. */
export function mask(secret: Secret): string {
  const text = secret.reveal()
  return text.length >= 20 ? `••••${text.slice(-4)}` : '••••'
}
