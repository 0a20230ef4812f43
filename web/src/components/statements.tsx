import { useTranslation } from 'react-i18next'
import { CheckboxField } from '../ui/checkbox.tsx'

/** What whoever acknowledges confirms, one by one. */
export function Statements(props: {
  readonly statements: readonly string[]
  readonly ticked: readonly string[]
  readonly onChange: (ticked: readonly string[]) => void
}) {
  const { t } = useTranslation('approvals')
  const { statements, ticked, onChange } = props
  if (statements.length === 0) return null
  return (
    <fieldset className="flex flex-col gap-2.5">
      <legend className="pb-2 font-medium">{t('statements')}</legend>
      {statements.map((statement) => (
        <CheckboxField
          key={statement}
          label={statement}
          isChecked={ticked.includes(statement)}
          onChange={(isChecked) =>
            onChange(isChecked ? [...ticked, statement] : ticked.filter((each) => each !== statement))
          }
        />
      ))}
    </fieldset>
  )
}
