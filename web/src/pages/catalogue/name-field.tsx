import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../../ui/field.tsx'

/**
 * The name of one of several things that an object holds under their names. An object cannot hold two of a name: such a name
 * stays as it is typed, is not taken over, and is forgotten when the field is left.
 */
export function NameField(props: {
  readonly label: string
  readonly name: string
  /** The names of the others. */
  readonly taken: readonly string[]
  readonly error?: string | null
  readonly onChange: (name: string) => void
}) {
  const { t } = useTranslation('builder')
  const [typed, setTyped] = useState<string | null>(null)
  const isTaken = typed !== null && props.taken.includes(typed)
  return (
    <div onBlur={() => setTyped(null)}>
      <TextField
        label={props.label}
        isMono
        value={typed ?? props.name}
        error={typed === '' ? t('nameMissing') : isTaken ? t('nameTaken') : (props.error ?? null)}
        onChange={(next) => {
          setTyped(next)
          if (next !== '' && !props.taken.includes(next)) props.onChange(next)
        }}
      />
    </div>
  )
}
