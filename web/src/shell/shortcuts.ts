// Single keys for people who work here all day. They rest while one types, and can be switched off (WCAG 2.1.4).

import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { pathOf } from '../navigation.ts'
import { usePreference } from '../session/preferences.ts'
import { createKeySequence } from './key-sequence.ts'
import { useOpenEntries } from './open-entries.ts'
import { pressPageKey } from './page-keys.ts'

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)
export const MOD = isApple ? '⌘' : 'Ctrl '

type Acts = {
  readonly org: string | null
  readonly openPalette: () => void
  readonly openSheet: () => void
  readonly toggleRail: () => void
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select, [role="combobox"]'))

/** Toasts are dialogs to assistive technology, but they stand beside the page, not over it. */
const isInOverlay = (): boolean =>
  document.querySelector(':is([role="dialog"], [role="alertdialog"]):not([data-toast]), [role="menu"]') !== null

/** Listens for the shortcuts of every screen, and hands on those of the one that is shown (`page-keys.ts`). */
export function useShortcuts(acts: Acts): void {
  const router = useRouter()
  const entries = useOpenEntries()
  const [shortcuts] = usePreference('shortcuts')
  const [sequence] = useState(createKeySequence)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        acts.openPalette()
        return
      }
      const isPlain = !event.metaKey && !event.ctrlKey && !event.altKey
      if (!isPlain || shortcuts === 'off' || isTyping(event.target) || isInOverlay()) return
      if (sequence.end(event.timeStamp)) {
        const entry = entries.find(({ key }) => key === event.key)
        if (entry !== undefined) router.history.push(pathOf(entry, acts.org))
        return
      }
      if (event.key === 'g') sequence.begin(event.timeStamp)
      else if (event.key === '?') acts.openSheet()
      else if (event.key === '[') acts.toggleRail()
      else if (event.key === '/') {
        event.preventDefault()
        document.querySelector<HTMLElement>('[data-filter]')?.focus()
      } else if (pressPageKey(event.key)) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [acts, entries, router, sequence, shortcuts])
}
