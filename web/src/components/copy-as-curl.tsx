import { Check, Terminal } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/button.tsx'
import { useCopy } from './copy-id.tsx'

export type ApiTwin = {
  readonly method?: string
  /** With its parameters filled in. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
}

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** The command that asks for the same from a shell, with a key of one's own in `$REEVE_KEY`. */
function curlOf({ method = 'GET', path, query = {}, body }: ApiTwin, origin: string): string {
  const filled = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []))
  const search = new URLSearchParams(filled).toString()
  const url = `${origin}${path}${search === '' ? '' : `?${search}`}`
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${quote(url)}`,
    '-H "Authorization: Bearer $REEVE_KEY"',
    ...(body === undefined ? [] : [`-H 'Content-Type: application/json'`, `-d ${quote(JSON.stringify(body))}`]),
  ].join(' \\\n  ')
}

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
