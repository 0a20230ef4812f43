import { useTranslation } from 'react-i18next'
import { useMemberName } from '../../api/directory.ts'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useOrg } from '../../session/facts.ts'
import { Button, TextLink } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { setLeftover, useLeftover } from './marks.ts'

/** After several were decided together: which of them were left as they are, and why each was. */
export function LeftoverDialog() {
  const { t } = useTranslation('approvals')
  const { t: words } = useTranslation('words')
  const org = useOrg()
  const nameOf = useMemberName()
  const left = useLeftover()
  const close = () => setLeftover(null)
  if (left === null) return null
  return (
    <Dialog
      isOpen
      onClose={close}
      title={t('batch.refused', { count: left.items.length })}
      description={left.done === null ? undefined : t('batch.others', { done: left.done })}
      footer={<Button onClick={close}>{words('close')}</Button>}
    >
      <ul className="divide-y">
        {left.items.map(({ draft, answer }) => (
          <li key={draft.run_id} className="flex flex-col gap-0.5 py-2 first:pt-0">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <TextLink
                to="/o/$org/approvals/$run"
                params={{ org, run: draft.run_id }}
                search={(before) => before}
                onClick={close}
              >
                {draft.app_name}
              </TextLink>
              <span className="meta text-fg3">
                {nameOf(draft.requester_id)} · <TimeAgo at={draft.opened_at} />
              </span>
            </p>
            <p className="text-fg2">
              {t(`batch.because.${answer.code}`, { defaultValue: answer.detail ?? answer.code ?? '' })}
            </p>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
