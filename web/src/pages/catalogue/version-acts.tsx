import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Download, Pencil } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VersionDetail } from '../../api/app-desk.ts'
import { ActsMenu } from '../../components/acts-menu.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { TextAreaField } from '../../ui/field.tsx'
import type { MenuItem } from '../../ui/menu.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { useDesk } from './desk.ts'

type Ending = 'suspend' | 'withdraw'
type Asked = Ending | 'remove' | 'restore' | 'next'

/** What else can be done with a version: change a draft, take a published one out, make the next one. */
export function VersionActs({ version }: { readonly version: VersionDetail }) {
  const { t } = useTranslation('catalogue')
  const { desk, base, draftHref, canReview, canPublish, canManage, isMe, isPlatform } = useDesk()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [asked, setAsked] = useState<Asked | null>(null)
  const isAuthor = isMe(version.author_id) || isPlatform
  const { state } = version
  const act = (id: Asked, isThere: boolean, isDangerous = false): readonly MenuItem[] =>
    isThere ? [{ id, label: t(`acts.${id}`), onSelect: () => setAsked(id), isDangerous }] : []
  const isLive = state === 'published' || state === 'suspended'
  const acts: readonly MenuItem[] = [
    {
      id: 'export',
      label: t('acts.export'),
      icon: Download,
      onSelect: () => location.assign(desk.archiveHref(version.id)),
    },
    ...act('next', canPublish && isAuthor && state !== 'draft'),
    ...act('restore', canReview && state === 'suspended'),
    ...act('suspend', canReview && state === 'published', true),
    ...act('withdraw', (isAuthor || canManage) && isLive, true),
    ...act('remove', canPublish && isAuthor && state === 'draft', true),
  ]
  const again = () => client.invalidateQueries({ queryKey: desk.key })
  const confirm = async () => {
    if (asked === 'restore') await desk.restore(version.id)
    if (asked === 'remove') {
      await desk.remove(version.id)
      await navigate({ to: `${base}/builder` })
    }
    if (asked === 'next') {
      const next = await desk.createVersion(version.app_id)
      await navigate({ to: draftHref(next.id) })
    }
    toastDone(t(`acted.${asked ?? 'restore'}`))
    await again()
  }
  const isConfirmed = asked === 'restore' || asked === 'remove' || asked === 'next'
  return (
    <>
      {state === 'draft' && canPublish && isAuthor && (
        <ButtonLink to={draftHref(version.id)}>
          <Pencil size={15} aria-hidden />
          {t('acts.edit')}
        </ButtonLink>
      )}
      <ActsMenu name={version.name} acts={acts} />
      <ConfirmDialog
        isOpen={isConfirmed}
        onClose={() => setAsked(null)}
        title={t(`ask.${isConfirmed ? asked : 'restore'}`, { name: version.name })}
        confirmLabel={t(`confirm.${isConfirmed ? asked : 'restore'}`)}
        isDangerous={asked === 'remove'}
        onConfirm={confirm}
      >
        {t(`askText.${isConfirmed ? asked : 'restore'}`)}
      </ConfirmDialog>
      <EndWithReason
        key={asked ?? 'none'}
        version={version}
        ending={asked === 'suspend' || asked === 'withdraw' ? asked : null}
        onClose={() => setAsked(null)}
      />
    </>
  )
}

function EndWithReason(props: {
  readonly version: VersionDetail
  readonly ending: Ending | null
  readonly onClose: () => void
}) {
  const { t } = useTranslation('catalogue')
  const { desk } = useDesk()
  const client = useQueryClient()
  const { version } = props
  const ending = props.ending ?? 'suspend'
  const form = useForm({
    initial: { reason: '' },
    check: ({ reason }) => (reason.trim() === '' ? { reason: t('reasonMissing') } : {}),
    send: ({ reason }) =>
      ending === 'suspend' ? desk.suspend(version.id, reason.trim()) : desk.withdraw(version.id, reason.trim()),
    onDone() {
      toastDone(t(`acted.${ending}`))
      props.onClose()
      void client.invalidateQueries({ queryKey: desk.key })
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen={props.ending !== null}
      onClose={props.onClose}
      title={t(`ask.${ending}`, { name: version.name })}
      description={t(`askText.${ending}`)}
      submitLabel={t(`confirm.${ending}`)}
      isDangerous
    >
      <TextAreaField
        label={t('reason')}
        value={form.values.reason}
        onChange={(reason) => form.set('reason', reason)}
        error={form.errorOf('reason')}
      />
    </FormDialog>
  )
}
