// What this page asks of the API, as a command for a shell.

export type ApiTwin = {
  readonly method?: string
  /** With its parameters filled in. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
  /** The body are the bytes of a file, which the command names and does not hold. */
  readonly hasFile?: boolean
}

/** One word of a shell, whatever is in it: only a quote ends what stands in quotes. */
const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** Keys belong to organisations: the platform and the own account open to who has signed in. */
const credentialFor = (path: string): string =>
  /^\/api\/(?:platform|me|organisations)(?:\/|$)/.test(path)
    ? '--cookie "__Host-reeve_session=$REEVE_SESSION"'
    : '-H "Authorization: Bearer $REEVE_KEY"'

/** The command that asks for the same, with a key of one's own in `$REEVE_KEY` or the session in `$REEVE_SESSION`. */
export function curlOf(twin: ApiTwin, origin: string): string {
  const { method = 'GET', path, query = {}, body } = twin
  const filled = Object.entries(query).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []))
  const search = new URLSearchParams(filled).toString()
  const url = `${origin}${path}${search === '' ? '' : `?${search}`}`
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${quote(url)}`,
    credentialFor(path),
    ...(body === undefined ? [] : [`-H 'Content-Type: application/json'`, `-d ${quote(JSON.stringify(body))}`]),
    ...(twin.hasFile === true ? [`-H 'Content-Type: application/octet-stream'`, `--data-binary '@<file>'`] : []),
  ].join(' \\\n  ')
}

/** The commands for what was done together, one below the other; null where nothing was. */
export const curlsOf = (twins: readonly ApiTwin[], origin: string): string | null =>
  twins.length === 0 ? null : twins.map((twin) => curlOf(twin, origin)).join('\n\n')
