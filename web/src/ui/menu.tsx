import { Menu as Base } from '@base-ui/react/menu'
import { Check, type LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'
import { cx } from './cx.ts'
import { ITEM, POPUP } from './surface.ts'

export type MenuItem = {
  readonly id: string
  readonly label: string
  readonly icon?: LucideIcon
  readonly onSelect: () => void
  /** Why it cannot be done now. */
  readonly disabledReason?: string | null
  /** Takes something away: stands last and is red. */
  readonly isDangerous?: boolean
  /** One of several that are chosen, or a choice that is on. */
  readonly isChecked?: boolean
  /** The menu stays, for several choices in a row. */
  readonly staysOpen?: boolean
  readonly hint?: string
}

export type MenuGroup = { readonly label?: string; readonly items: readonly MenuItem[] }

/** What can be done with one thing. */
export function Menu(props: {
  readonly trigger: ReactElement
  readonly groups: readonly MenuGroup[]
  readonly align?: 'start' | 'end'
  readonly side?: 'top' | 'bottom'
  readonly className?: string
}) {
  const groups = props.groups.filter((group) => group.items.length > 0)
  return (
    <Base.Root>
      <Base.Trigger render={props.trigger} />
      <Base.Portal>
        <Base.Positioner align={props.align ?? 'end'} side={props.side ?? 'bottom'} sideOffset={4} className="z-60">
          <Base.Popup className={cx(POPUP, props.className)}>
            {groups.map((group, index) => (
              <Base.Group key={group.label ?? group.items[0]?.id}>
                {index > 0 && <Base.Separator className="-mx-1 my-1 h-px bg-line" />}
                {group.label !== undefined && (
                  <Base.GroupLabel className="group-label px-2 py-1">{group.label}</Base.GroupLabel>
                )}
                {group.items.map((item) => (
                  <Entry key={item.id} item={item} />
                ))}
              </Base.Group>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function Entry({ item }: { readonly item: MenuItem }) {
  const Icon = item.icon
  const reason = item.disabledReason ?? null
  const common = {
    disabled: reason !== null,
    closeOnClick: item.staysOpen !== true,
    className: cx(ITEM, item.isDangerous === true && reason === null && 'text-bad'),
  }
  const face = (
    <>
      {Icon !== undefined && <Icon size={15} strokeWidth={1.75} aria-hidden className="shrink-0 opacity-80" />}
      <span className="min-w-0 flex-1">
        <span className="block truncate">{item.label}</span>
        {(reason ?? item.hint) !== undefined && (
          <span className="meta block max-w-64 text-fg3">{reason ?? item.hint}</span>
        )}
      </span>
      {item.isChecked === true && <Check size={14} className="text-accent-text" aria-hidden />}
    </>
  )
  return item.isChecked === undefined ? (
    <Base.Item {...common} onClick={item.onSelect}>
      {face}
    </Base.Item>
  ) : (
    <Base.CheckboxItem {...common} checked={item.isChecked} onCheckedChange={item.onSelect}>
      {face}
    </Base.CheckboxItem>
  )
}
