import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/button.tsx'
import { withItem, withMoved } from './json-edit.ts'

/** Things in an order: each opens to its form, moves, and goes. */
export function ListEditor(props: {
  readonly title: string
  readonly items: readonly unknown[]
  readonly nameOf: (item: unknown) => string
  readonly noteOf?: (item: unknown) => string
  readonly onChange: (items: readonly unknown[]) => void
  readonly children: (item: unknown, onChange: (item: unknown) => void) => ReactNode
  /** How one is added: a button of its own, or a choice of kinds. */
  readonly add: ReactNode
}) {
  const { t } = useTranslation('builder')
  const { items } = props
  const list = useRef<HTMLOListElement>(null)
  // The place is what a thing is known by: things have no identity of their own while they are written.
  const [open, setOpen] = useState<readonly number[]>([])
  const focusAt = (at: number, part: string) =>
    [...(list.current?.children[at]?.querySelectorAll<HTMLElement>(part) ?? [])].at(-1)?.focus()
  const move = (at: number, step: 1 | -1) => {
    const to = at + step
    flushSync(() => {
      setOpen(open.map((place) => (place === at ? to : place === to ? at : place)))
      props.onChange(withMoved(items, at, step))
    })
    // What was moved stays open and is followed, so that the same key moves it on.
    focusAt(to, `[data-step="${step}"]`)
  }
  const remove = (at: number) => {
    flushSync(() => {
      setOpen(open.flatMap((place) => (place === at ? [] : place > at ? place - 1 : place)))
      props.onChange(items.filter((_, index) => index !== at))
    })
    list.current?.children[Math.min(at, items.length - 2)]?.querySelector('summary')?.focus()
  }
  return (
    <section aria-label={props.title} className="flex flex-col gap-3">
      {items.length === 0 && <p className="text-fg2">{t('noneYet')}</p>}
      <ol ref={list} className="flex flex-col gap-2">
        {items.map((item, at) => (
          <Item
            key={at}
            name={props.nameOf(item)}
            note={props.noteOf?.(item)}
            isOpen={open.includes(at)}
            isFirst={at === 0}
            isLast={at === items.length - 1}
            onOpen={(isOpen) =>
              setOpen((before) => [...before.filter((place) => place !== at), ...(isOpen ? [at] : [])])
            }
            onMove={(step) => move(at, step)}
            onRemove={() => remove(at)}
          >
            {props.children(item, (next) => props.onChange(withItem(items, at, next)))}
          </Item>
        ))}
      </ol>
      {props.add}
    </section>
  )
}

function Item(props: {
  readonly name: string
  readonly note: string | undefined
  readonly isOpen: boolean
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly onMove: (step: 1 | -1) => void
  readonly onRemove: () => void
  readonly children: ReactNode
}) {
  const { t } = useTranslation('builder')
  const { name } = props
  return (
    <li className="rounded-lg border bg-surface pe-2">
      <details open={props.isOpen} onToggle={(event) => props.onOpen(event.currentTarget.open)}>
        <summary className="cursor-pointer px-3 py-2.5">
          <span className="font-medium">{name === '' ? t('unnamed') : name}</span>{' '}
          <span className="meta text-fg3">{props.note}</span>
        </summary>
        <div className="border-t px-3 py-4">
          {props.children}
          <div className="mt-4 flex flex-wrap gap-2">
            <IconButton
              variant="secondary"
              data-step={-1}
              label={t('moveUp', { name })}
              disabledReason={props.isFirst ? t('isFirst') : null}
              onClick={() => props.onMove(-1)}
            >
              <ArrowUp size={15} aria-hidden />
            </IconButton>
            <IconButton
              variant="secondary"
              data-step={1}
              label={t('moveDown', { name })}
              disabledReason={props.isLast ? t('isLast') : null}
              onClick={() => props.onMove(1)}
            >
              <ArrowDown size={15} aria-hidden />
            </IconButton>
            <Button variant="ghost" onClick={props.onRemove}>
              <Trash2 size={15} aria-hidden />
              {t('remove', { name })}
            </Button>
          </div>
        </div>
      </details>
    </li>
  )
}

export function AddButton({ label, onAdd }: { readonly label: string; readonly onAdd: () => void }) {
  return (
    <Button className="self-start" onClick={onAdd}>
      <Plus size={15} aria-hidden />
      {label}
    </Button>
  )
}
