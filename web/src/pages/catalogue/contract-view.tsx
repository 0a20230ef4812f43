import { useTranslation } from 'react-i18next'
import { readContract } from '../../components/contract.ts'
import { type Fact, Facts } from '../../components/page.tsx'
import { RiskBadge } from '../../components/state-badge.tsx'

/** What the contract says, for whoever does not read JSON. */
export function ContractView({ content }: { readonly content: unknown }) {
  const { t } = useTranslation('catalogue')
  const { t: builder } = useTranslation('builder')
  const contract = readContract(content)
  const facts: readonly Fact[] = [
    { label: t('description'), value: contract.description },
    { label: t('category'), value: contract.category },
    { label: t('engine'), value: t(`engines.${contract.engine_type}`, { defaultValue: contract.engine_type }) },
    { label: t('risk'), value: <RiskBadge risk={contract.risk} /> },
    {
      label: t('jurisdictions'),
      value: contract.jurisdictions === null ? t('everywhere') : contract.jurisdictions.join(', '),
    },
  ]
  return (
    <div className="flex flex-col gap-5">
      <Facts facts={facts} />
      <Named
        title={t('asks')}
        items={contract.fields.map(({ name, label, type }) => ({
          id: name,
          text: label,
          note: builder(`fieldTypes.${type}`),
        }))}
      />
      <Named
        title={t('does')}
        isOrdered
        items={contract.pipeline.map(({ id, title, type }) => ({
          id,
          text: title,
          note: builder(`nodeTypes.${type}`, { defaultValue: type }),
        }))}
      />
      <Named
        title={t('gives')}
        items={contract.layout.map(({ pointer, label, format }) => ({ id: pointer, text: label, note: format }))}
      />
      <Named
        title={t('statements')}
        items={contract.statements.map((statement) => ({ id: statement, text: statement, note: '' }))}
      />
    </div>
  )
}

function Named(props: {
  readonly title: string
  readonly isOrdered?: boolean
  readonly items: readonly { readonly id: string; readonly text: string; readonly note: string }[]
}) {
  if (props.items.length === 0) return null
  const List = props.isOrdered === true ? 'ol' : 'ul'
  return (
    <section>
      <h3 className="pb-1 font-medium">{props.title}</h3>
      <List className={props.isOrdered === true ? 'list-decimal ps-5' : 'list-disc ps-5'}>
        {props.items.map(({ id, text, note }) => (
          <li key={id}>
            {text} <span className="meta text-fg3">{note}</span>
          </li>
        ))}
      </List>
    </section>
  )
}
