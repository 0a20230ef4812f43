import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { ChevronsUpDown, Keyboard, Languages, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { Avatar } from '../components/avatar.tsx'
import { changeLanguage, LANGUAGES } from '../i18n.ts'
import { useMe } from '../session/facts.ts'
import { store, usePreference } from '../session/preferences.ts'
import { cx } from '../ui/cx.ts'
import { Menu } from '../ui/menu.tsx'
import { forgetVisits } from './visits.ts'

const THEMES = [
  ['system', Monitor],
  ['light', Sun],
  ['dark', Moon],
] as const

/** Ends the session here and everything this tab knew of it, and what the browser kept of the visits. */
export function useSignOut(): () => void {
  const client = useQueryClient()
  return () => {
    void api.POST('/api/me/sign-out').finally(() => {
      client.clear()
      forgetVisits()
      location.assign('/login')
    })
  }
}

export function UserMenu({ isNarrow, onShortcuts }: { readonly isNarrow: boolean; readonly onShortcuts: () => void }) {
  const { t, i18n } = useTranslation('shell')
  const router = useRouter()
  const me = useMe()
  const signOut = useSignOut()
  const [theme, setTheme] = usePreference('theme')
  return (
    <div className="border-t p-2">
      <Menu
        align="start"
        side="top"
        className="w-56"
        trigger={
          <button
            type="button"
            aria-label={isNarrow ? t('account', { name: me.display_name }) : undefined}
            className={cx(
              'flex w-full items-center gap-2.5 rounded-lg p-1.5 text-start hover:bg-hover',
              isNarrow && 'justify-center',
            )}
          >
            <Avatar name={me.display_name} />
            {!isNarrow && (
              <>
                <span className="min-w-0 flex-1 leading-4">
                  <span className="block truncate font-medium">{me.display_name}</span>
                  <span className="block truncate text-[11px] text-fg3">{me.email}</span>
                  <span className="sr-only">{t('nav.me')}</span>
                </span>
                <ChevronsUpDown size={14} className="shrink-0 text-fg3" aria-hidden />
              </>
            )}
          </button>
        }
        groups={[
          {
            items: [
              { id: 'me', label: t('nav.me'), icon: UserRound, onSelect: () => router.history.push('/me') },
              { id: 'keys', label: t('shortcuts'), icon: Keyboard, onSelect: onShortcuts },
            ],
          },
          {
            label: t('theme'),
            items: THEMES.map(([id, icon]) => ({
              id,
              icon,
              label: t(`themes.${id}`),
              isChecked: theme === id,
              onSelect: () => setTheme(id),
            })),
          },
          {
            label: t('language'),
            items: LANGUAGES.map((id) => ({
              id,
              icon: Languages,
              label: t(`languages.${id}`),
              isChecked: i18n.language === id,
              onSelect: () => {
                store('language', id)
                void changeLanguage(id)
              },
            })),
          },
          { items: [{ id: 'out', label: t('signOut'), icon: LogOut, onSelect: signOut }] },
        ]}
      />
    </div>
  )
}
