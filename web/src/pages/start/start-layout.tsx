import { Moon, Sun } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DeploymentBrand, useDeploymentName } from '../../components/brand.tsx'
import { changeLanguage, LANGUAGES, languageOf } from '../../i18n.ts'
import { store, usePreference } from '../../session/preferences.ts'
import { IconButton } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'

/** The frame of every page without a session: the sign, one task, and the choice of language and colours. */
export function StartLayout(props: {
  readonly title: string
  readonly purpose?: ReactNode
  readonly children: ReactNode
  readonly footer?: ReactNode
  readonly aside?: ReactNode
}) {
  const { t, i18n } = useTranslation('shell')
  const deployment = useDeploymentName()
  const [, setTheme] = usePreference('theme')
  const flip = () => setTheme(document.documentElement.dataset['mode'] === 'dark' ? 'light' : 'dark')
  return (
    <div className="flex min-h-dvh flex-col">
      <title>{`${props.title} · ${deployment}`}</title>
      <header className="flex items-center gap-2.5 px-5 py-4">
        <div className="flex min-w-0 flex-1">
          <DeploymentBrand />
        </div>
        <Select
          isCompact
          label={t('language')}
          value={languageOf(i18n.language)}
          options={LANGUAGES.map((value) => ({ value, label: t(`languages.${value}`) }))}
          onChange={(language) => {
            store('language', language)
            void changeLanguage(language)
          }}
        />
        <IconButton label={t('flipTheme')} onClick={flip}>
          <Sun size={16} className="dark:hidden" aria-hidden />
          <Moon size={16} className="hidden dark:block" aria-hidden />
        </IconButton>
      </header>
      <main id="main" tabIndex={-1} className="flex flex-1 justify-center px-4 pt-[6vh] pb-12 outline-none">
        <div className="w-full max-w-[440px]">
          {props.aside}
          <h1 tabIndex={-1} className="text-[28px] leading-9 font-semibold tracking-[-0.02em] outline-none">
            {props.title}
          </h1>
          {props.purpose !== undefined && <p className="mt-1 text-[14px] leading-[22px] text-fg2">{props.purpose}</p>}
          <div className="mt-6 rounded-xl border bg-surface p-5">{props.children}</div>
          {props.footer !== undefined && (
            <div className="mt-4 text-center text-fg2 [&_a]:underline">{props.footer}</div>
          )}
        </div>
      </main>
    </div>
  )
}
