import { Tooltip as Base } from '@base-ui/react/tooltip'
import { type ReactElement, type ReactNode, useId, useState } from 'react'

/** Once around the page: the second tooltip of a row of buttons comes at once. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return <Base.Provider delay={400}>{children}</Base.Provider>
}

export type TooltipProps = {
  readonly text: string
  /** The text is the trigger's own name, which is read out anyway. */
  readonly isName?: boolean
  readonly children: ReactElement
}

/** A short text beside what it explains, read out with it. It never holds what cannot be found elsewhere. */
export function Tooltip({ text, isName = false, children }: TooltipProps) {
  const id = useId()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Base.Root open={isOpen} onOpenChange={setIsOpen}>
      <Base.Trigger render={children} {...(isOpen && !isName && { 'aria-describedby': id })} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className="z-60">
          <Base.Popup
            id={id}
            role="tooltip"
            className="meta max-w-72 rounded-md bg-fg px-2 py-1 text-bg shadow-pop transition-opacity duration-100 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0"
          >
            {text}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
