import { Check, Copy, Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCopy } from '../components/copy-id.tsx'
import { saveFile } from '../components/save-file.ts'
import { Button } from '../ui/button.tsx'
import { AlertDialog } from '../ui/dialog.tsx'

/** The codes for the day when a factor is gone: shown this once, and put away on purpose. */
export function RecoveryCodes(props: { readonly codes: readonly string[] | null; readonly onClose: () => void }) {
  const { t } = useTranslation('proof')
  const [isCopied, copy] = useCopy()
  const codes = props.codes ?? []
  return (
    <AlertDialog
      isOpen={props.codes !== null}
      onClose={() => undefined}
      title={t('recoveryTitle')}
      description={t('recoveryText')}
      footer={
        <>
          <Button onClick={() => copy(codes.join('\n'))}>
            {isCopied ? <Check size={15} className="text-ok" aria-hidden /> : <Copy size={15} aria-hidden />}
            {t('copyCodes')}
          </Button>
          <Button
            onClick={() =>
              saveFile(new Blob([`${codes.join('\n')}\n`], { type: 'text/plain' }), 'reeve-recovery-codes.txt')
            }
          >
            <Download size={15} aria-hidden />
            {t('downloadCodes')}
          </Button>
          <Button variant="primary" onClick={props.onClose}>
            {t('codesKept')}
          </Button>
        </>
      }
    >
      <ul className="grid grid-cols-2 gap-x-6 gap-y-1 rounded-lg border bg-sunken p-3 font-mono text-[13px]">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </AlertDialog>
  )
}
