import { useRouter } from '@tanstack/react-router'
import { Copy, Ellipsis, Link2, SquareArrowOutUpRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { buttonClass } from '../ui/button.tsx'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { toastNoted } from '../ui/toast.tsx'

/** What can be done with a row: Open, Copy link, Copy ID, then its own acts, those that take away last. */
export function RowMenu<Row>(props: {
  readonly row: Row
  readonly rowId: (row: Row) => string
  readonly rowName: (row: Row) => string
  readonly rowHref?: (row: Row) => string
  readonly rowMenu?: (row: Row) => readonly MenuItem[]
}) {
  const { row } = props
  const { t } = useTranslation('words')
  const router = useRouter()
  const copy = (text: string) => void navigator.clipboard.writeText(text).then(() => toastNoted(t('copied')))
  const href = props.rowHref?.(row)
  const acts = props.rowMenu?.(row) ?? []
  const always: MenuItem[] = [
    ...(href === undefined
      ? []
      : [
          { id: 'open', label: t('open'), icon: SquareArrowOutUpRight, onSelect: () => router.history.push(href) },
          { id: 'link', label: t('copyLink'), icon: Link2, onSelect: () => copy(`${location.origin}${href}`) },
        ]),
    { id: 'id', label: t('copyId'), icon: Copy, onSelect: () => copy(props.rowId(row)) },
  ]
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={t('actsFor', { what: props.rowName(row) })}
          className={buttonClass('ghost', 'compact', true)}
        >
          <Ellipsis size={16} aria-hidden />
        </button>
      }
      groups={[
        { items: always },
        { items: acts.filter((act) => act.isDangerous !== true) },
        { items: acts.filter((act) => act.isDangerous === true) },
      ]}
    />
  )
}
