// Single keys for people who work here all day. They rest while one types, and can be switched off (WCAG 2.1.4).

import { useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { pathOf } from '../navigation.ts'
import { usePreference } from '../session/preferences.ts'
import { Dialog } from '../ui/dialog.tsx'
import { SwitchField } from '../ui/switch.tsx'
import { useOpenEntries } from './rail.tsx'

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)
export const MOD = isApple ? '⌘' : 'Ctrl '
/** How long `g` waits for the key that says where to. */
const SEQUENCE_MS = 1200

type Acts = {
  readonly org: string | null
  readonly openPalette: () => void
  readonly openSheet: () => void
  readonly toggleRail: () => void
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select, [role="combobox"]'))

const isInOverlay = (): boolean =>
  document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null

/** Listens for the shortcuts of every screen; those of one screen come from the palette's page actions. */
export function useShortcuts(acts: Acts): void {
  const router = useRouter()
  const entries = useOpenEntries()
  const [shortcuts] = usePreference('shortcuts')
  const begun_ms = useRef(0)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        acts.openPalette()
        return
      }
      const isPlain = !event.metaKey && !event.ctrlKey && !event.altKey
      if (!isPlain || shortcuts === 'off' || isTyping(event.target) || isInOverlay()) return
      if (event.timeStamp - begun_ms.current < SEQUENCE_MS) {
        begun_ms.current = 0
        const entry = entries.find(({ key }) => key === event.key)
        if (entry !== undefined) router.history.push(pathOf(entry, acts.org))
        return
      }
      if (event.key === 'g') begun_ms.current = event.timeStamp
      else if (event.key === '?') acts.openSheet()
      else if (event.key === '[') acts.toggleRail()
      else if (event.key === '/') {
        event.preventDefault()
        document.querySelector<HTMLElement>('[data-filter]')?.focus()
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [acts, entries, router, shortcuts])
}

/** All of them, and the switch. */
export function ShortcutSheet({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('shell')
  const [shortcuts, setShortcuts] = usePreference('shortcuts')
  const entries = useOpenEntries().filter(({ key }) => key !== undefined)
  const rows: readonly (readonly [string, string])[] = [
    [t('searchOrRun'), `${MOD}K`],
    [t('focusFilter'), '/'],
    [t('toggleRail'), '['],
    [t('shortcuts'), '?'],
    ...entries.map((entry) => [t('goTo', { name: t(`nav.${entry.id}`) }), `g ${entry.key}`] as const),
  ]
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('shortcuts')}>
      <dl className="mb-4 divide-y">
        {rows.map(([what, key]) => (
          <div key={what} className="flex items-center justify-between gap-4 py-2">
            <dt>{what}</dt>
            <dd className="flex gap-1">
              {key.split(' ').map((part) => (
                <kbd key={part} className="rounded border bg-sunken px-1.5 font-sans text-[12px] leading-5">
                  {part}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <SwitchField
        label={t('singleKeys')}
        hint={t('singleKeysHint')}
        isOn={shortcuts === 'on'}
        onChange={(isOn) => setShortcuts(isOn ? 'on' : 'off')}
      />
    </Dialog>
  )
}
