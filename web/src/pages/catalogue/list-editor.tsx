import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
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
  return (
    <section aria-label={props.title} className="flex flex-col gap-3">
      {items.length === 0 && <p className="text-fg2">{t('noneYet')}</p>}
      <ol className="flex flex-col gap-2">
        {items.map((item, at) => {
          const name = props.nameOf(item)
          return (
            // The place is what it is: the things have no identity of their own while they are written.
            <li key={at} className="rounded-lg border bg-surface">
              <div className="flex items-center gap-1 pe-2">
                <details className="min-w-0 flex-1">
                  <summary className="cursor-pointer px-3 py-2.5">
                    <span className="font-medium">{name === '' ? t('unnamed') : name}</span>{' '}
                    <span className="meta text-fg3">{props.noteOf?.(item)}</span>
                  </summary>
                  <div className="border-t px-3 py-4">
                    {props.children(item, (next) => props.onChange(withItem(items, at, next)))}
                    <div className="mt-4 flex flex-wrap gap-2">
                      <IconButton
                        variant="secondary"
                        label={t('moveUp', { name })}
                        disabledReason={at === 0 ? t('isFirst') : null}
                        onClick={() => props.onChange(withMoved(items, at, -1))}
                      >
                        <ArrowUp size={15} aria-hidden />
                      </IconButton>
                      <IconButton
                        variant="secondary"
                        label={t('moveDown', { name })}
                        disabledReason={at === items.length - 1 ? t('isLast') : null}
                        onClick={() => props.onChange(withMoved(items, at, 1))}
                      >
                        <ArrowDown size={15} aria-hidden />
                      </IconButton>
                      <Button variant="ghost" onClick={() => props.onChange(items.filter((_, index) => index !== at))}>
                        <Trash2 size={15} aria-hidden />
                        {t('remove', { name })}
                      </Button>
                    </div>
                  </div>
                </details>
              </div>
            </li>
          )
        })}
      </ol>
      {props.add}
    </section>
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
