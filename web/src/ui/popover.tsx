import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'
import { cx } from './cx.ts'
import { POPUP } from './surface.ts'

/** A small panel beside its button, for filters and explanations. */
export function Popover(props: {
  readonly trigger: ReactElement
  readonly label: string
  readonly children: ReactNode
  readonly isOpen?: boolean
  readonly onOpenChange?: (isOpen: boolean) => void
  readonly align?: 'start' | 'end'
  readonly className?: string
}) {
  return (
    <Base.Root
      {...(props.isOpen !== undefined && { open: props.isOpen })}
      onOpenChange={(isOpen) => props.onOpenChange?.(isOpen)}
    >
      <Base.Trigger render={props.trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={props.align ?? 'start'} className="z-50">
          <Base.Popup aria-label={props.label} className={cx(POPUP, 'p-3', props.className)}>
            {props.children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
