import { Check, Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { AlertDialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { useCopy } from './copy-id.tsx'

/** A secret that the server shows this once: it stays until it is put away on purpose. */
export function ShownOnce(props: {
  readonly secret: string | null
  readonly onClose: () => void
  readonly title: string
  readonly text: string
  readonly label: string
}) {
  const { t } = useTranslation('words')
  const [isCopied, copy] = useCopy()
  const { secret } = props
  return (
    <AlertDialog
      isOpen={secret !== null}
      onClose={props.onClose}
      title={props.title}
      description={props.text}
      footer={
        <Button variant="primary" onClick={props.onClose}>
          {t('putAway')}
        </Button>
      }
    >
      <div className="flex items-end gap-2">
        <TextField
          label={props.label}
          value={secret ?? ''}
          onChange={() => undefined}
          isReadOnly
          isMono
          className="flex-1"
        />
        <Button size="large" onClick={() => copy(secret ?? '')}>
          {isCopied ? <Check size={15} className="text-ok" aria-hidden /> : <Copy size={15} aria-hidden />}
          {isCopied ? t('copied') : t('copy')}
        </Button>
      </div>
    </AlertDialog>
  )
}
