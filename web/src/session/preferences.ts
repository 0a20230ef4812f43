// What a browser remembers for whoever sits before it: colours, density, clock. Nothing here decides anything.

import { useCallback, useSyncExternalStore } from 'react'

const CHOICES = {
  theme: ['system', 'light', 'dark'],
  density: ['normal', 'compact', 'comfortable'],
  clock: ['local', 'utc'],
  shortcuts: ['on', 'off'],
  rail: ['open', 'narrow'],
} as const

export type PreferenceName = keyof typeof CHOICES
export type Preference<Name extends PreferenceName> = (typeof CHOICES)[Name][number]

const listeners = new Set<() => void>()

/** Storage may be forbidden; then every visit begins with the defaults. */
export function readStored(name: string): string | null {
  try {
    return localStorage.getItem(`reeve.${name}`)
  } catch {
    return null
  }
}

export function store(name: string, value: string): void {
  try {
    localStorage.setItem(`reeve.${name}`, value)
  } catch {
    // Not remembered, then.
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(`reeve.${name}`)
  } catch {
    // Nothing was remembered.
  }
}

const choicesOf = <Name extends PreferenceName>(name: Name): readonly Preference<Name>[] => CHOICES[name]

function read<Name extends PreferenceName>(name: Name): Preference<Name> {
  const choices = choicesOf(name)
  const stored = readStored(name)
  const [first] = choices
  const found = choices.find((each) => each === stored) ?? first
  if (found === undefined) throw new Error(`The preference ${name} has no choices`)
  return found
}

/** Puts colours and density on the page, as `theme.js` did before the first paint. */
function applyPreferences(): void {
  const theme = read('theme')
  const isDark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  const { dataset } = document.documentElement
  dataset['mode'] = isDark ? 'dark' : 'light'
  dataset['density'] = read('density')
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Follows the system and other tabs. Once per page. */
export function watchPreferences(): void {
  const follow = () => {
    applyPreferences()
    for (const listener of listeners) listener()
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', follow)
  window.addEventListener('storage', follow)
}

/** A preference and how to change it. */
export function usePreference<Name extends PreferenceName>(name: Name) {
  const value = useSyncExternalStore(subscribe, () => read(name))
  const change = useCallback(
    (next: Preference<Name>) => {
      store(name, next)
      applyPreferences()
      for (const listener of listeners) listener()
    },
    [name],
  )
  return [value, change] as const
}
