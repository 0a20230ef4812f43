import { Check, Terminal } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type ApiTwin, curlOf } from '../api/curl.ts'
import { IconButton } from '../ui/button.tsx'
import { useCopy } from './copy-id.tsx'

/** What this screen shows can be had from the API: copies the call, with the filters as they are. */
export function CopyAsCurl(props: ApiTwin) {
  const { t } = useTranslation('words')
  const [isCopied, copy] = useCopy()
  return (
    <IconButton
      variant="secondary"
      label={isCopied ? t('copied') : t('copyAsCurl')}
      onClick={() => copy(curlOf(props, location.origin))}
    >
      {isCopied ? <Check size={15} className="text-ok" aria-hidden /> : <Terminal size={15} aria-hidden />}
    </IconButton>
  )
}
