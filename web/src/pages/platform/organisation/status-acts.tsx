import { useQueryClient } from '@tanstack/react-query'
import { Archive, CirclePause, RotateCcw, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../../api/client.ts'
import type { OrganisationStatus, PlatformOrganisation } from '../../../api/platform.ts'
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx'
import { TextAreaField } from '../../../ui/field.tsx'
import type { MenuItem } from '../../../ui/menu.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { keyOf } from './queries.ts'

type Act = 'suspend' | 'archive' | 'restore' | 'delete'

/** From which states each act leads; the server decides by the same table. */
const FROM: Readonly<Record<Act, readonly OrganisationStatus[]>> = {
  restore: ['suspended', 'archived', 'pending_purge'],
  suspend: ['active'],
  archive: ['active', 'suspended'],
  delete: ['active', 'suspended', 'archived', 'awaiting_owner'],
}
const ICONS = { restore: RotateCcw, suspend: CirclePause, archive: Archive, delete: Trash2 } as const
const ACTS = ['restore', 'suspend', 'archive', 'delete'] as const

const MAX_REASON = 500

/** What can be done to the state of an organisation, each act with its reason for the logs of both sides. */
export function useStatusActs(organisation: PlatformOrganisation): {
  readonly items: readonly MenuItem[]
  readonly dialogs: ReactNode
} {
  const { t } = useTranslation('platform')
  const [asked, setAsked] = useState<Act | null>(null)
  const items = ACTS.filter((act) => FROM[act].includes(organisation.status)).map((act) => ({
    id: act,
    label: t(`act.${act}.more`),
    icon: ICONS[act],
    isDangerous: act === 'delete',
    onSelect: () => setAsked(act),
  }))
  const dialogs =
    asked === null ? null : <Question act={asked} organisation={organisation} onClose={() => setAsked(null)} />
  return { items, dialogs }
}

function Question(props: {
  readonly act: Act
  readonly organisation: PlatformOrganisation
  readonly onClose: () => void
}) {
  const { t } = useTranslation('platform')
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const { act, organisation } = props
  const { id, name } = organisation
  const run = async () => {
    await changeStatus(act, id, reason.trim())
    toastDone(t(`act.${act}.done`, { name }))
    await client.invalidateQueries({ queryKey: keyOf(id) })
    for (const topic of ['organisations', 'overview', 'audit']) {
      void client.invalidateQueries({ queryKey: ['platform', topic] })
    }
    void client.invalidateQueries({ queryKey: ['me'] })
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={props.onClose}
      title={t(`act.${act}.title`, { name })}
      confirmLabel={t(`act.${act}.label`)}
      isDangerous={act !== 'restore'}
      {...(act === 'delete' && { typeToConfirm: name })}
      onConfirm={run}
    >
      <div className="flex flex-col gap-4">
        <p>{t(`act.${act}.text`)}</p>
        <TextAreaField
          label={t('reason')}
          note={t('reasonNote')}
          hint={t('reasonHint')}
          rows={2}
          value={reason}
          onChange={(text) => setReason(text.slice(0, MAX_REASON))}
        />
      </div>
    </ConfirmDialog>
  )
}

function changeStatus(act: Act, organisation: string, reason: string): Promise<unknown> {
  const why = reason === '' ? {} : { reason }
  const path = { organisation }
  if (act === 'delete') {
    return answerOf(api.DELETE('/api/platform/organisations/{organisation}', { params: { path, query: why } }))
  }
  return answerOf(api.POST(`/api/platform/organisations/{organisation}/${act}`, { params: { path }, body: why }))
}
