import { useTranslation } from 'react-i18next'
import { usePreference } from '../session/preferences.ts'
import { Dialog } from '../ui/dialog.tsx'
import { SwitchField } from '../ui/switch.tsx'
import { MOD } from './shortcuts.ts'
import { useOpenEntries } from './open-entries.ts'

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
