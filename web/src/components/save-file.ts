/** The browser reads the bytes at some time after the click, and says nothing when it has. */
const KEPT_MS = 60_000

/** Has the browser save a file under a name. */
export function saveFile(file: Blob, name: string): void {
  const href = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = href
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(href), KEPT_MS)
}

/** The name that the server gives a file (RFC 6266), or another one where it gives none. */
export function fileNameOf(response: Response, otherwise: string): string {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  return encoded === undefined ? otherwise : decodeURIComponent(encoded)
}
