import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { permissionsQuery } from '../../api/permissions.ts'
import { useAllows } from '../../components/permission-picker.tsx'
import { Card } from '../../components/page.tsx'
import { useOrg } from '../../session/facts.ts'
import { IconButton } from '../../ui/button.tsx'
import { ComboboxField } from '../../ui/combobox.tsx'
import { Select } from '../../ui/select.tsx'

const WAYS = ['granted', 'denied'] as const

export type Exceptions = { readonly grants: readonly string[]; readonly denies: readonly string[] }

/** What one person may or may not do other than their roles say: single permissions, granted or denied. */
export function SinglePermissions(props: {
  readonly value: Exceptions
  readonly onChange: (value: Exceptions) => void
}) {
  const { t } = useTranslation('people')
  const say = useAllows()
  const { data } = useQuery(permissionsQuery(useOrg()))
  const { grants, denies } = props.value
  const set = (permission: string, way: (typeof WAYS)[number] | null) => {
    const others = (list: readonly string[]) => list.filter((each) => each !== permission)
    props.onChange({
      grants: way === 'granted' ? [...others(grants), permission] : others(grants),
      denies: way === 'denied' ? [...others(denies), permission] : others(denies),
    })
  }
  const chosen = [...grants, ...denies].toSorted()
  const offered = (data?.items ?? []).filter((row) => row.single && !chosen.includes(row.permission))
  return (
    <Card title={t('exceptions')} purpose={t('exceptionsPurpose')}>
      <div className="flex flex-col gap-3">
        {chosen.length > 0 && (
          <ul className="divide-y rounded-lg border">
            {chosen.map((permission) => (
              <li key={permission} className="flex flex-wrap items-center gap-2 px-3 py-2">
                <code className="min-w-0 flex-1 basis-40 truncate font-mono text-[12px]">{permission}</code>
                <Select
                  isCompact
                  label={t('exceptionOf', { permission })}
                  value={grants.includes(permission) ? 'granted' : 'denied'}
                  options={WAYS.map((value) => ({ value, label: t(`exceptionWay.${value}`) }))}
                  onChange={(way) => set(permission, way)}
                />
                <IconButton
                  size="compact"
                  label={t('removeException', { permission })}
                  onClick={() => set(permission, null)}
                >
                  <X size={14} aria-hidden />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
        <ComboboxField
          key={chosen.length}
          label={t('addException')}
          value={null}
          options={offered.map((row) => ({ value: row.permission, label: row.permission, hint: say(row) }))}
          onChange={(permission) => {
            if (permission !== null) set(permission, 'granted')
          }}
        />
      </div>
    </Card>
  )
}
