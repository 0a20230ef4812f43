import { useTranslation } from 'react-i18next'
import { TextField } from '../ui/field.tsx'

const COLOUR = /^#[0-9a-f]{6}$/i

/** Whether a text is a colour as the server takes it. */
export const isColour = (text: string): boolean => COLOUR.test(text)

/** The one colour of the deployment: typed, or chosen beside it. */
export function ColourField(props: {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | null
}) {
  const { t } = useTranslation('branding')
  return (
    <div className="flex items-start gap-2">
      <TextField
        className="flex-1"
        label={t('accent')}
        hint={t('accentHint')}
        isMono
        maxLength={7}
        value={props.value}
        onChange={props.onChange}
        error={props.error}
      />
      <input
        type="color"
        aria-label={t('accentChoose')}
        value={isColour(props.value) ? props.value : '#000000'}
        onChange={(event) => props.onChange(event.target.value)}
        className="mt-6.5 size-9 shrink-0 cursor-pointer rounded-md border border-field bg-surface p-1"
      />
    </div>
  )
}
