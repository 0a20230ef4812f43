import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import { OVERLAY } from './surface.ts'

/** A panel from the side of the text's beginning, for navigation on narrow screens. */
export function Drawer(props: {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly label: string
  readonly children: ReactNode
}) {
  return (
    <Base.Root open={props.isOpen} onOpenChange={(open) => (open ? undefined : props.onClose())}>
      <Base.Portal>
        <Base.Backdrop className={OVERLAY} />
        <Base.Popup
          aria-label={props.label}
          className="fixed inset-y-0 start-0 z-50 flex w-[min(280px,85vw)] flex-col border-e bg-bg shadow-pop outline-none transition duration-200 data-[ending-style]:-translate-x-full data-[starting-style]:-translate-x-full"
        >
          {props.children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
