// A result as a document to keep (requirements 1.10). What people added to the machine's output is marked as theirs
// wherever it stands (1.5, Human Layer). `export.ts` writes it down.

export const REPORT_FORMATS = ['json', 'txt', 'docx', 'pdf'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

/** What a person added to a part of the output. */
export type ReportNote = {
  readonly kind: 'note' | 'edit' | 'flag' | 'override'
  readonly by: string
  readonly at: Date
  /** What it says; for an edit or override the value that stands instead. */
  readonly text: string
  /** What the machine had written there. */
  readonly before: string | null
}

export type ReportSection = {
  readonly title: string
  /** Where it stands in the output (RFC 6901). */
  readonly pointer: string
  /** As it stands now, after edits: any JSON value. */
  readonly value: unknown
  readonly notes: readonly ReportNote[]
}

export type Report = {
  readonly title: string
  /** Anything that is not final says so on every page. */
  readonly is_final: boolean
  readonly facts: readonly (readonly [label: string, value: string])[]
  readonly sections: readonly ReportSection[]
  /** Who decided what, in order. */
  readonly decisions: readonly {
    readonly act: string
    readonly by: string
    readonly at: Date
    readonly comment: string | null
  }[]
}

/** A part of a value as it is written down: a line under a heading, an item of a list, or a table. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string; readonly depth: number }
  | { readonly kind: 'item'; readonly text: string; readonly depth: number }
  | { readonly kind: 'label'; readonly text: string; readonly depth: number }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
