import { Check, Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/button.tsx'
import { useCopy } from './copy-id.tsx'

/** Something to be pasted elsewhere, shown whole. */
export function CopyLine({ label, text }: { readonly label: string; readonly text: string }) {
  const { t } = useTranslation('words')
  const [isCopied, copy] = useCopy()
  return (
    <div>
      <p className="meta text-fg3">{label}</p>
      <div className="mt-0.5 flex items-center gap-1 rounded-md border bg-sunken ps-2.5">
        <code className="min-w-0 flex-1 py-1.5 font-mono text-[12px] break-all">{text}</code>
        <IconButton
          size="compact"
          label={isCopied ? t('copied') : t('copyThis', { what: label })}
          onClick={() => copy(text)}
        >
          {isCopied ? <Check size={14} className="text-ok" aria-hidden /> : <Copy size={14} aria-hidden />}
        </IconButton>
      </div>
    </div>
  )
}
