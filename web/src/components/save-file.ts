/** Has the browser save what an answer holds under a name. */
export function saveFile(file: Blob, name: string): void {
  const href = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = href
  link.download = name
  link.click()
  // The browser has taken the bytes by the next task.
  setTimeout(() => URL.revokeObjectURL(href))
}

/** The name that the server gives a file (RFC 6266), or another one where it gives none. */
export function fileNameOf(response: Response, otherwise: string): string {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  return encoded === undefined ? otherwise : decodeURIComponent(encoded)
}
