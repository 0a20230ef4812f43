import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '../api/problem.ts'
import { useViewingReason } from '../session/use-viewing.ts'
import { Button } from '../ui/button.tsx'
import { AlertDialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { ProblemBanner } from './problem-banner.tsx'

export type ConfirmDialogProps = {
  readonly isOpen: boolean
  readonly onClose: () => void
  /** Names the object: "Remove Ana Lima?" */
  readonly title: string
  /** What follows from it. */
  readonly children: ReactNode
  /** Repeats the verb of the title. */
  readonly confirmLabel: string
  /** Has to be typed first, for what cannot be taken back and concerns many. */
  readonly typeToConfirm?: string
  readonly isDangerous?: boolean
  /** Why it cannot be confirmed yet. */
  readonly disabledReason?: string | null
  /** The act; the dialog closes when it succeeds and says why when it does not. */
  readonly onConfirm: () => Promise<unknown>
}

/** The question before an act that cannot simply be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation('words')
  const viewingReason = useViewingReason()
  const [typed, setTyped] = useState('')
  const act = useMutation({
    mutationFn: props.onConfirm,
    onSuccess: () => close(),
  })
  const close = () => {
    setTyped('')
    act.reset()
    props.onClose()
  }
  const { typeToConfirm } = props
  const isTyped = typeToConfirm === undefined || typed.trim() === typeToConfirm
  return (
    <AlertDialog
      isOpen={props.isOpen}
      onClose={close}
      title={props.title}
      footer={
        <>
          <Button onClick={close}>{t('cancel')}</Button>
          <Button
            variant={props.isDangerous === false ? 'primary' : 'danger'}
            isBusy={act.isPending}
            disabledReason={viewingReason ?? (isTyped ? (props.disabledReason ?? null) : t('typeFirst'))}
            onClick={() => act.mutate()}
          >
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="text-fg2">{props.children}</div>
        {typeToConfirm !== undefined && (
          <TextField label={t('typeToConfirm', { text: typeToConfirm })} value={typed} onChange={setTyped} />
        )}
        {act.error !== null && <ProblemBanner problem={toProblem(act.error)} />}
      </div>
    </AlertDialog>
  )
}
