import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { LoaderCircle, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { ITEM, OVERLAY } from './surface.ts'

export type Command = {
  readonly id: string
  readonly label: string
  /** What it is found by; never shown. */
  readonly keywords?: readonly string[]
  readonly hint?: string | undefined
  readonly icon?: ReactNode
  readonly shortcut?: string | undefined
  readonly run: () => void
}

export type CommandGroup = { readonly label: string; readonly items: readonly Command[] }

/** A dialog in which one types and picks. What matches is decided by the caller. */
export function CommandList(props: {
  readonly isOpen: boolean
  readonly onOpenChange: (isOpen: boolean) => void
  readonly label: string
  readonly placeholder: string
  readonly emptyText: string
  readonly text: string
  readonly onTextChange: (text: string) => void
  readonly groups: readonly CommandGroup[]
  readonly isSearching: boolean
}) {
  return (
    <Dialog.Root open={props.isOpen} onOpenChange={(isOpen) => props.onOpenChange(isOpen)}>
      <Dialog.Portal>
        <Dialog.Backdrop className={OVERLAY} />
        <Dialog.Popup
          aria-label={props.label}
          className="fixed top-[12vh] left-1/2 z-50 w-[min(600px,calc(100vw-24px))] -translate-x-1/2 overflow-hidden rounded-xl border bg-raised shadow-pop outline-none transition duration-150 data-[ending-style]:opacity-0 data-[starting-style]:scale-[.98] data-[starting-style]:opacity-0"
        >
          <Autocomplete.Root
            open
            inline
            items={props.groups}
            filter={null}
            value={props.text}
            onValueChange={(text) => props.onTextChange(text)}
            autoHighlight="always"
            keepHighlight
            itemToStringValue={(item: Command) => item.label}
          >
            <div className="flex items-center gap-2.5 border-b px-4">
              {props.isSearching ? (
                <LoaderCircle size={16} className="animate-spin text-fg3" aria-hidden />
              ) : (
                <Search size={16} className="text-fg3" aria-hidden />
              )}
              <Autocomplete.Input
                aria-label={props.label}
                placeholder={props.placeholder}
                className="h-12 min-w-0 flex-1 bg-transparent text-[15px] outline-none placeholder:text-fg3"
              />
              <kbd className="rounded border bg-sunken px-1 font-sans text-[11px] leading-4 text-fg3">Esc</kbd>
            </div>
            <Autocomplete.Empty className="p-8 text-center text-fg3 empty:p-0">{props.emptyText}</Autocomplete.Empty>
            <Autocomplete.List className="max-h-[min(400px,60vh)] overflow-y-auto p-2 empty:p-0">
              {(group: CommandGroup) => (
                <Autocomplete.Group key={group.label} items={group.items} className="mb-1 last:mb-0">
                  <Autocomplete.GroupLabel className="group-label px-2 py-1">{group.label}</Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(item: Command) => <Entry key={item.id} item={item} />}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Entry({ item }: { readonly item: Command }) {
  return (
    <Autocomplete.Item value={item} onClick={item.run} className={cx(ITEM, 'min-h-9')}>
      {item.icon !== undefined && <span className="shrink-0 text-fg3">{item.icon}</span>}
      <span className="min-w-0 flex-1 truncate">
        {item.label}
        {item.hint !== undefined && <span className="ms-2 text-fg3">{item.hint}</span>}
      </span>
      {item.shortcut !== undefined && (
        <kbd className="rounded border bg-sunken px-1 font-sans text-[11px] leading-4 text-fg3">{item.shortcut}</kbd>
      )}
    </Autocomplete.Item>
  )
}
