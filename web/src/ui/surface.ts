// The classes that several wrappers share: what floats, what is typed into, what is listed.

export const OVERLAY =
  'fixed inset-0 z-40 bg-black/40 transition-opacity duration-150 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0 dark:bg-black/60'
export const POPUP =
  'max-h-[var(--available-height)] min-w-40 overflow-y-auto rounded-lg border bg-raised p-1 shadow-pop outline-none transition duration-100 data-[ending-style]:scale-[.98] data-[ending-style]:opacity-0 data-[starting-style]:scale-[.98] data-[starting-style]:opacity-0'
export const ITEM =
  'flex min-h-8 cursor-default items-center gap-2 rounded px-2 py-1 outline-none select-none data-[disabled]:text-fg3 data-[highlighted]:bg-hover2'
const TYPED_INTO =
  'rounded-md border bg-surface placeholder:text-fg3 disabled:bg-sunken disabled:text-fg3 data-[invalid]:border-bad pointer-coarse:h-10 [&[readonly]]:bg-sunken'
export const INPUT = `${TYPED_INTO} h-9 w-full border-field px-3`
/** In a bar of filters, where the border only divides. */
export const COMPACT_INPUT = `${TYPED_INTO} h-8 px-2.5`
export const LABEL = 'block font-medium'
export const HINT = 'meta text-fg3'
export const ERROR = 'meta flex gap-1 text-bad'
