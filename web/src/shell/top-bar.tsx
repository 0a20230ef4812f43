import { Menu as MenuIcon, Moon, Search, Sun } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { usePreference } from '../session/preferences.ts'
import { IconButton } from '../ui/button.tsx'
import { Breadcrumbs } from './breadcrumbs.tsx'
import { MOD } from './shortcuts.ts'

export function TopBar(props: { readonly onMenu: (() => void) | null; readonly onPalette: () => void }) {
  const { t } = useTranslation('shell')
  const [, setTheme] = usePreference('theme')
  const flip = () => setTheme(document.documentElement.dataset['mode'] === 'dark' ? 'light' : 'dark')
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b bg-surface px-4 md:gap-3 md:px-6">
      {props.onMenu !== null && (
        <IconButton label={t('menu')} onClick={props.onMenu} className="-ms-2">
          <MenuIcon size={18} aria-hidden />
        </IconButton>
      )}
      <Breadcrumbs />
      <button
        type="button"
        onClick={props.onPalette}
        className="flex h-8 items-center gap-2 rounded-md px-2 text-fg3 hover:text-fg2 md:w-56 md:border md:bg-bg md:px-2.5 md:hover:border-line2 lg:w-64"
      >
        <Search size={14} aria-hidden />
        <span className="sr-only md:not-sr-only md:min-w-0 md:flex-1 md:text-start">
          <span className="md:block md:truncate">{t('searchOrRun')}</span>
        </span>
        <kbd aria-hidden className="hidden rounded border bg-surface px-1 font-sans text-[11px] leading-4 md:block">
          {MOD}K
        </kbd>
      </button>
      <IconButton label={t('flipTheme')} onClick={flip}>
        <Sun size={16} className="dark:hidden" aria-hidden />
        <Moon size={16} className="hidden dark:block" aria-hidden />
      </IconButton>
    </header>
  )
}
