import { Check, Minus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PermissionFact } from '../../session/facts.ts'
import { SearchBox } from '../../components/filter-bar.tsx'
import { Card } from '../../components/page.tsx'
import { Badge } from '../../ui/badge.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'

const VIEWS = ['held', 'lacking', 'all'] as const

/** Every permission somebody holds or lacks, and what gives or takes it. */
export function PermissionTable({ permissions }: { readonly permissions: readonly PermissionFact[] }) {
  const { t } = useTranslation('people')
  const [view, setView] = useState<(typeof VIEWS)[number]>('held')
  const [text, setText] = useState<string | undefined>(undefined)
  const shown = permissions
    .filter(({ held }) => view === 'all' || held === (view === 'held'))
    .filter(({ permission }) => text === undefined || permission.includes(text.toLowerCase()))
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <ToggleGroup
          label={t('permissions')}
          value={view}
          onChange={setView}
          options={VIEWS.map((value) => ({ value, label: t(`views.${value}`) }))}
        />
        <SearchBox label={t('findPermission')} value={text} onChange={setText} />
      </div>
      <Card isFlush>
        {shown.length === 0 ? (
          <p className="p-6 text-center text-fg2">{t('noPermission')}</p>
        ) : (
          <ul className="divide-y">
            {shown.map((fact) => (
              <li key={fact.permission} className="flex items-center gap-3 px-4 py-2">
                {fact.held ? (
                  <Check size={15} className="text-ok" aria-label={t('views.held')} />
                ) : (
                  <Minus size={15} className="text-fg3" aria-label={t('views.lacking')} />
                )}
                <code className="min-w-0 flex-1 truncate font-mono text-[12px]">{fact.permission}</code>
                <Source fact={fact} />
              </li>
            ))}
          </ul>
        )}
      </Card>
    </div>
  )
}

function Source({ fact }: { readonly fact: PermissionFact }) {
  const { t } = useTranslation('people')
  if (fact.held && fact.from !== null) {
    const from = t(`from.${fact.from}`, { defaultValue: fact.from })
    const name = fact.name === null ? null : t(`sourceName.${fact.name}`, { defaultValue: fact.name })
    return <Badge tone={fact.from === 'grant' ? 'info' : 'neutral'}>{name === null ? from : `${from}: ${name}`}</Badge>
  }
  if (fact.lost_to !== null && fact.lost_to !== 'never_given')
    return <Badge tone="warn">{t(`lostTo.${fact.lost_to}`, { defaultValue: fact.lost_to })}</Badge>
  return <span className="meta text-fg3">{t('notGiven')}</span>
}
