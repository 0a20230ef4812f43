import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Power } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '../../api/problem.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Card } from '../../components/page.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { Button } from '../../ui/button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { type StepProps, useReread } from './step.ts'

/** Takes a connection into use, out of use, or away. */
export function UseStep({ desk, connection, onNext }: StepProps) {
  const { t } = useTranslation('sso')
  const router = useRouter()
  const reread = useReread(desk)
  const [asked, setAsked] = useState<'disable' | 'delete' | null>(null)
  const { id, name, status, secret_mask } = connection
  const isOn = status === 'enabled'
  const enable = useMutation({
    mutationFn: () => desk.change(id, { status: 'enabled' }),
    async onSuccess() {
      toastDone(t('switchedOn', { name }))
      await reread()
      onNext()
    },
  })
  const run = async () => {
    if (asked === 'delete') {
      await desk.remove(id)
      toastDone(t('deleted', { name }))
      router.history.push(desk.home)
    } else await desk.change(id, { status: 'disabled' })
    void reread()
  }
  return (
    <>
      <Card title={t('step.use')} purpose={t(isOn ? 'isOnText' : 'isOffText')}>
        <div className="flex flex-col items-start gap-3">
          {enable.error !== null && <ProblemBanner problem={toProblem(enable.error)} />}
          {isOn ? (
            <Button onClick={() => setAsked('disable')}>{t('switchOffMore')}</Button>
          ) : (
            <Button
              variant="primary"
              isBusy={enable.isPending}
              disabledReason={secret_mask === null ? t('secretFirst') : null}
              onClick={() => enable.mutate()}
            >
              <Power size={15} aria-hidden />
              {t('switchOn')}
            </Button>
          )}
        </div>
      </Card>
      <Card title={t('delete')} purpose={t('deleteText')}>
        <Button variant="danger" onClick={() => setAsked('delete')}>
          {t('deleteMore')}
        </Button>
      </Card>
      <ConfirmDialog
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        title={t(asked === 'delete' ? 'deleteTitle' : 'switchOffTitle', { name })}
        confirmLabel={t(asked === 'delete' ? 'deleteNow' : 'switchOff')}
        {...(asked === 'delete' && { typeToConfirm: name })}
        onConfirm={run}
      >
        {t(asked === 'delete' ? 'deleteConfirm' : 'switchOffText')}
      </ConfirmDialog>
    </>
  )
}
