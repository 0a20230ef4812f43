import { ArrowDown, ArrowUp, CircleAlert, Plus, Trash2 } from 'lucide-react'
import { type ReactNode, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/button.tsx'
import { GroupMistake } from '../../ui/field.tsx'
import { Spot, useFindings, Within } from './findings.tsx'
import { withItem, withMoved } from './json-edit.ts'

type ListEditorProps<Item> = {
  readonly title: string
  readonly items: readonly Item[]
  /** Where the list lies below the part that it stands in, as in a pointer. */
  readonly path: string
  /** Where an item lies, unless it is by its number. */
  readonly pathOf?: (item: Item) => string
  readonly nameOf: (item: Item) => string
  readonly noteOf?: (item: Item) => string
  /** They are kept by their names: an order would not outlast saving. */
  readonly isUnordered?: boolean
  readonly onChange: (items: readonly Item[]) => void
  readonly children: (item: Item, onChange: (item: Item) => void, at: number) => ReactNode
  /** How one is added: a button of its own, or a choice of kinds. */
  readonly add: ReactNode
}

/** Things in an order: each opens to its form, moves, and goes. One that was just added stands open. */
export function ListEditor<Item>(props: ListEditorProps<Item>) {
  const { t } = useTranslation('builder')
  const { items } = props
  const { ids, setIds, isAdded } = useIdentities(items.length)
  const section = useRef<HTMLElement>(null)
  const list = useRef<HTMLOListElement>(null)
  const id = useId()
  const mistake = useFindings().mistakeAt(props.path)
  const moveOf = (at: number): Move => ({
    isFirst: at === 0,
    isLast: at === items.length - 1,
    onMove(step) {
      flushSync(() => {
        setIds(withMoved(ids, at, step))
        props.onChange(withMoved(items, at, step))
      })
      // What was moved stays open and is followed, so that the same key moves it on. Lists inside it come before its own buttons.
      const moved = list.current?.children[at + step]
      const buttons = [...(moved?.querySelectorAll<HTMLElement>(`[data-step="${step}"]`) ?? [])]
      buttons.at(-1)?.focus()
    },
  })
  const remove = (at: number) => {
    flushSync(() => {
      setIds(ids.filter((_, index) => index !== at))
      props.onChange(items.filter((_, index) => index !== at))
    })
    const neighbour = list.current?.children[Math.min(at, items.length - 2)]?.querySelector('summary')
    const next = neighbour ?? section.current
    next?.focus()
  }
  return (
    <section
      ref={section}
      aria-label={props.title}
      aria-describedby={mistake === null ? undefined : id}
      tabIndex={-1}
      className="flex flex-col gap-3 outline-none"
    >
      {items.length === 0 && <p className="text-fg2">{t('noneYet')}</p>}
      {mistake !== null && <GroupMistake id={id}>{mistake}</GroupMistake>}
      <ol ref={list} className="flex flex-col gap-2">
        {items.map((item, at) => (
          <ListItem
            key={ids[at]}
            name={props.nameOf(item)}
            note={props.noteOf?.(item) ?? ''}
            path={props.pathOf?.(item) ?? `${props.path}/${at}`}
            isOpen={isAdded(ids[at])}
            move={props.isUnordered === true ? null : moveOf(at)}
            onRemove={() => remove(at)}
          >
            {props.children(item, (next) => props.onChange(withItem(items, at, next)), at)}
          </ListItem>
        ))}
      </ol>
      {props.add}
    </section>
  )
}

/** The things have no identity of their own while they are written: theirs is kept here, so that what is open stays so. */
function useIdentities(count: number) {
  const [first] = useState(count)
  const [ids, setIds] = useState<readonly number[]>(() => Array.from({ length: count }, (_, at) => at))
  const [next, setNext] = useState(count)
  if (ids.length !== count) {
    const more = Array.from({ length: Math.max(0, count - ids.length) }, (_, at) => next + at)
    setIds([...ids.slice(0, count), ...more])
    setNext(next + more.length)
  }
  return { ids, setIds, isAdded: (id: number | undefined): boolean => id !== undefined && id >= first }
}

type Move = { readonly isFirst: boolean; readonly isLast: boolean; readonly onMove: (step: 1 | -1) => void }

function MoveButtons(props: Move & { readonly name: string }) {
  const { t } = useTranslation('builder')
  const { name } = props
  return (
    <>
      <IconButton
        variant="secondary"
        label={t('moveUp', { name })}
        disabledReason={props.isFirst ? t('isFirst') : null}
        data-step={-1}
        onClick={() => props.onMove(-1)}
      >
        <ArrowUp size={15} aria-hidden />
      </IconButton>
      <IconButton
        variant="secondary"
        label={t('moveDown', { name })}
        disabledReason={props.isLast ? t('isLast') : null}
        data-step={1}
        onClick={() => props.onMove(1)}
      >
        <ArrowDown size={15} aria-hidden />
      </IconButton>
    </>
  )
}

function ListItem(props: {
  readonly name: string
  readonly note: string
  readonly path: string
  readonly isOpen: boolean
  readonly move: Move | null
  readonly onRemove: () => void
  readonly children: ReactNode
}) {
  const { t } = useTranslation('builder')
  const mistakes = useFindings().count(props.path)
  const name = props.name === '' ? t('unnamed') : props.name
  return (
    <li className="rounded-lg border bg-surface">
      <Spot path={props.path}>
        <details open={props.isOpen}>
          <summary className="cursor-pointer px-3 py-2.5">
            <span className="font-medium break-words">{name}</span> <span className="meta text-fg3">{props.note}</span>
            {mistakes > 0 && (
              <span className="meta ms-2 inline-flex items-center gap-1 text-bad">
                <CircleAlert size={13} aria-hidden />
                {t('mistakes', { count: mistakes })}
              </span>
            )}
          </summary>
          <div className="border-t px-3 py-4">
            <Within path={props.path}>{props.children}</Within>
            <div className="mt-4 flex flex-wrap gap-2">
              {props.move !== null && <MoveButtons {...props.move} name={name} />}
              <Button variant="ghost" onClick={props.onRemove}>
                <Trash2 size={15} aria-hidden />
                {t('remove', { name })}
              </Button>
            </div>
          </div>
        </details>
      </Spot>
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
