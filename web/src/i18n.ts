// Every text has a key. A namespace is one file per page module and language; it is fetched with the page that needs it.

import i18next, { type BackendModule } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Resources } from './locales/resources.ts'

export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]
export type Namespace = keyof Resources

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell'
    resources: Resources
    returnNull: false
    enableSelector: false
  }
}

const files = import.meta.glob<Record<string, unknown>>('./locales/*/*.json', { import: 'default' })

type Done = Parameters<BackendModule['read']>[2]

async function answer(load: () => Promise<Record<string, unknown>>, done: Done): Promise<void> {
  try {
    done(null, await load())
  } catch (error) {
    done(error instanceof Error ? error : String(error), null)
  }
}

const fromFiles: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read(language, namespace, done) {
    const load = files[`./locales/${language}/${namespace}.json`]
    if (load === undefined) return done(new Error(`There is no text ${language}/${namespace}`), null)
    void answer(load, done)
  },
}

const isLanguage = (word: string): word is Language => LANGUAGES.some((each) => each === word)

/** The language of the portal for a wish such as `de-AT`; English when there is none. */
export function languageOf(wish: string | null | undefined): Language {
  const base = (wish ?? '').toLowerCase().split('-')[0] ?? ''
  return isLanguage(base) ? base : 'en'
}

/** Fetches the texts of the shell; what a page needs comes with the page. */
export async function startTexts(wish: string | null): Promise<void> {
  await i18next
    .use(fromFiles)
    .use(initReactI18next)
    .init({
      lng: languageOf(wish),
      supportedLngs: LANGUAGES,
      // Both languages have the same keys (web/src/locales/locales.test.ts), so there is nothing to fall back to.
      fallbackLng: false,
      ns: ['shell', 'words'],
      defaultNS: 'shell',
      // React escapes.
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    })
  document.documentElement.lang = languageOf(i18next.language)
}

/** Texts of a page, fetched beside its script. */
export const loadTexts = (namespaces: readonly Namespace[]): Promise<void> => i18next.loadNamespaces([...namespaces])

export async function changeLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}
