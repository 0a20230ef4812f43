import { Check, Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/button.tsx'
import { useCopy } from './copy-id.tsx'

/** Data as the API gave them: text, never markup. */
export function JsonView({ value, label }: { readonly value: unknown; readonly label: string }) {
  const { t } = useTranslation('words')
  const [isCopied, copy] = useCopy()
  const text = JSON.stringify(value, null, 2) ?? 'null'
  return (
    <div className="relative">
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        className="max-h-96 overflow-auto rounded-lg border bg-sunken p-3 pe-11 font-mono text-[12px] leading-[18px]"
      >
        {text}
      </pre>
      <IconButton
        label={isCopied ? t('copied') : t('copyJson')}
        size="compact"
        className="absolute end-2 top-2"
        onClick={() => copy(text)}
      >
        {isCopied ? <Check size={14} className="text-ok" aria-hidden /> : <Copy size={14} aria-hidden />}
      </IconButton>
    </div>
  )
}
