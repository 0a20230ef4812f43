import { useTranslation } from 'react-i18next'
import { ORGANISATION_STATUSES, type Overview } from '../../api/platform.ts'
import { useFormat } from '../../components/format.ts'
import { Card } from '../../components/page.tsx'
import { TextLink } from '../../ui/button.tsx'

/** How many organisations are in each state; each leads to them. */
export function OrganisationStates({ counts }: { readonly counts: Overview['organisations'] }) {
  const { t } = useTranslation('platform')
  const format = useFormat()
  return (
    <Card title={t('organisations')}>
      <ul className="flex flex-col divide-y">
        {ORGANISATION_STATUSES.map((status) => (
          <li key={status} className="flex items-center justify-between gap-3 py-2 first:pt-0 last:pb-0">
            <TextLink to="/platform/organisations" search={{ status }}>
              {t(`statuses.${status}`)}
            </TextLink>
            <span className="tabular-nums">{format.number(counts[status])}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
