import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { directoryQuery } from '../api/directory.ts'
import { useOrg } from '../session/facts.ts'
import { ComboboxField } from '../ui/combobox.tsx'
import type { FieldProps } from '../ui/field.tsx'

/** One of the people of the organisation, found by name. */
export function PersonPicker(
  props: FieldProps & { readonly value: string | null; readonly onChange: (member_id: string | null) => void },
) {
  const { t } = useTranslation('words')
  const org = useOrg()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<{ readonly id: string; readonly name: string } | null>(null)
  const { data } = useQuery(directoryQuery(org, chosen?.name === text ? '' : text.trim()))
  const found = data?.items ?? []
  const shown = chosen === null || found.some(({ id }) => id === chosen.id) ? found : [chosen, ...found]
  return (
    <ComboboxField
      {...props}
      placeholder={t('typeName')}
      options={shown.map(({ id, name }) => ({ value: id, label: name }))}
      onSearch={setText}
      onChange={(id) => {
        setChosen(shown.find((each) => each.id === id) ?? null)
        props.onChange(id)
      }}
    />
  )
}
