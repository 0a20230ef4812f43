/** What a text says as JSON, or what is wrong with it. */
export function parseJson(text: string): { readonly value?: unknown; readonly mistake: string | null } {
  try {
    const value: unknown = JSON.parse(text)
    return { value, mistake: null }
  } catch (error) {
    return { mistake: error instanceof Error ? error.message : String(error) }
  }
}
