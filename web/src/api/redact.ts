// What a person typed as a secret leaves no trace in what the page remembers of its acts.

/** A field whose name ends with one of these, or with their plural, holds what signs somebody in. */
const LAST_WORD = /(?:^|_)(?:password|passphrase|secret|token|key|code|passkey|credential|otp|pin)s?$/
const NO_SECRET = /^(?:reason|status|currency|country|language)_codes?$/
/** And so does one that is a secret's, whatever follows. */
const ANY_WORD = /(?:^|_)(?:password|secret)_/
/** Given whole to a provider of identities, or made by one. */
const WHOLE = /(?:^|_)(?:passkey|credential)$/
/** Where the field is only called "value". */
const CREDENTIALS = /\/tool-credentials\//

const snake = (name: string): string => name.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase()

/**
 * The body of a request to `path` with a placeholder such as `<password>` for every text in a field that holds a secret by
 * its name, however deep it lies. Numbers are none: `max_output_tokens` stays.
 */
export function withoutSecrets(path: string, body: unknown): unknown {
  return cleaned(body, CREDENTIALS.test(path) ? 'value' : null, null)
}

const isSecret = (word: string): boolean => (LAST_WORD.test(word) || ANY_WORD.test(word)) && !NO_SECRET.test(word)

/** `named` is one more name of secret fields here; `within` is the secret field that a value belongs to, if any. */
function cleaned(value: unknown, named: string | null, within: string | null): unknown {
  if (typeof value === 'string') return within === null ? value : `<${within}>`
  if (Array.isArray(value)) return value.map((each) => cleaned(each, named, within))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]: [string, unknown]) => {
      const word = snake(name)
      if (WHOLE.test(word)) return [name, `<${name}>`]
      return [name, cleaned(member, named, word === named || isSecret(word) ? name : within)]
    }),
  )
}
