import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { Card } from '../../components/page.tsx'
import { changeLanguage, LANGUAGES, languageOf } from '../../i18n.ts'
import { store, usePreference } from '../../session/preferences.ts'
import { RadioCards } from '../../ui/radio-cards.tsx'
import { SelectField } from '../../ui/select.tsx'
import { SwitchField } from '../../ui/switch.tsx'

const THEMES = ['system', 'light', 'dark'] as const
const DENSITIES = ['compact', 'normal', 'comfortable'] as const

/** How the portal looks in this browser; the language is remembered with the account. */
export function Preferences() {
  const { t, i18n } = useTranslation('me')
  const [theme, setTheme] = usePreference('theme')
  const [density, setDensity] = usePreference('density')
  const [clock, setClock] = usePreference('clock')
  const [shortcuts, setShortcuts] = usePreference('shortcuts')
  return (
    <Card title={t('preferences')} purpose={t('preferencesPurpose')}>
      <div className="flex flex-col gap-5">
        <RadioCards
          label={t('theme')}
          columns={3}
          value={theme}
          onChange={setTheme}
          options={THEMES.map((value) => ({ value, label: t(`themes.${value}`) }))}
        />
        <RadioCards
          label={t('density')}
          columns={3}
          value={density}
          onChange={setDensity}
          options={DENSITIES.map((value) => ({ value, label: t(`densities.${value}`) }))}
        />
        <SelectField
          label={t('language')}
          value={languageOf(i18n.language)}
          options={LANGUAGES.map((value) => ({ value, label: t(`languages.${value}`) }))}
          onChange={(language) => {
            store('language', language)
            void changeLanguage(language)
            void api.PATCH('/api/me', { body: { locale: language } })
          }}
        />
        <SwitchField
          label={t('utc')}
          hint={t('utcHint')}
          isOn={clock === 'utc'}
          onChange={(isOn) => setClock(isOn ? 'utc' : 'local')}
        />
        <SwitchField
          label={t('singleKeys')}
          hint={t('singleKeysHint')}
          isOn={shortcuts === 'on'}
          onChange={(isOn) => setShortcuts(isOn ? 'on' : 'off')}
        />
      </div>
    </Card>
  )
}
