import { expect, test } from 'vitest'
import { localeOf } from '../src/components/locale.ts'

test.each([
  ['en', ['de-DE', 'en-US', 'en-GB'], 'en-US'],
  ['de', ['en-US', 'de-CH'], 'de-CH'],
  ['de', ['en-US'], 'de'],
  ['en', [], 'en-GB'],
  // What Chromium says of itself where the system's locale is POSIX: every figure of a page is written by this.
  ['en', ['en-US@posix'], 'en-GB'],
])('%s for who prefers %j is written as %s', (language, preferred, locale) => {
  expect(localeOf(language, preferred)).toBe(locale)
  expect(() => new Intl.NumberFormat(localeOf(language, preferred))).not.toThrow()
})
