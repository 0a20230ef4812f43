/** British English writes the day first, as most of the world does; a browser that says otherwise is followed. */
const USUAL_REGION: Readonly<Record<string, string>> = { en: 'en-GB' }

/** Browsers hand on what the system calls its language, such as `en-US@posix`, which is no tag of BCP 47. */
function isLanguageTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}

/** The language of the portal with the region of the first that the reader prefers and that speaks it. */
export const localeOf = (language: string, preferred: readonly string[]): string =>
  preferred.find((each) => each.startsWith(`${language}-`) && isLanguageTag(each)) ?? USUAL_REGION[language] ?? language
