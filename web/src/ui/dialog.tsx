import { AlertDialog as BaseAlert } from '@base-ui/react/alert-dialog'
import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { buttonClass } from './button.tsx'
import { cx } from './cx.ts'
import { OVERLAY } from './surface.ts'

export type DialogProps = {
  readonly isOpen: boolean
  /** Asked to close by Esc, the backdrop or the cross; whoever holds a dirty form asks first. */
  readonly onClose: () => void
  readonly title: string
  readonly description?: ReactNode
  readonly children?: ReactNode
  readonly footer?: ReactNode
  readonly width?: 'normal' | 'wide'
  readonly initialFocus?: RefObject<HTMLElement | null>
}

const PANEL =
  'fixed z-50 flex flex-col border bg-raised shadow-pop outline-none transition duration-150 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0'
const CENTRE =
  'left-1/2 top-[8vh] max-h-[84vh] w-[min(var(--dialog),calc(100vw-24px))] -translate-x-1/2 rounded-xl data-[ending-style]:scale-[.98] data-[starting-style]:scale-[.98]'
const WIDTH = { normal: '[--dialog:480px]', wide: '[--dialog:720px]' } as const

function Head({ title, description }: Pick<DialogProps, 'title' | 'description'>) {
  const { t } = useTranslation('words')
  return (
    <div className="relative p-5 pb-4">
      <Base.Title className="pe-8 text-base leading-6 font-semibold">{title}</Base.Title>
      {description !== undefined && <Base.Description className="mt-0.5 text-fg2">{description}</Base.Description>}
      <Base.Close aria-label={t('close')} className={cx(buttonClass('ghost', 'normal', true), 'absolute end-3 top-3')}>
        <X size={16} aria-hidden />
      </Base.Close>
    </div>
  )
}

function Body({ children, footer }: Pick<DialogProps, 'children' | 'footer'>) {
  return (
    <>
      {children !== undefined && <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>}
      {footer !== undefined && <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</div>}
    </>
  )
}

/** A short, focused task. */
export function Dialog({
  isOpen,
  onClose,
  title,
  description,
  children,
  footer,
  width = 'normal',
  initialFocus,
}: DialogProps) {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={OVERLAY} />
        <Base.Popup className={cx(PANEL, CENTRE, WIDTH[width])} {...(initialFocus && { initialFocus })}>
          <Head title={title} description={description} />
          <Body footer={footer}>{children}</Body>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** A longer form, or the detail of a row, beside the list it belongs to. */
export function Sheet({ isOpen, onClose, title, description, children, footer, width = 'normal' }: DialogProps) {
  const wide = width === 'wide' ? '[--dialog:760px]' : '[--dialog:520px]'
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={OVERLAY} />
        <Base.Popup
          className={cx(
            PANEL,
            wide,
            'inset-y-0 end-0 w-[min(var(--dialog),100vw)] duration-200 data-[ending-style]:translate-x-4 data-[starting-style]:translate-x-4',
          )}
        >
          <Head title={title} description={description} />
          <Body footer={footer}>{children}</Body>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** A question that must be answered: nothing outside of it is reachable, and the backdrop does not close it. */
export function AlertDialog({ isOpen, onClose, title, description, children, footer }: DialogProps) {
  return (
    <BaseAlert.Root open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <BaseAlert.Portal>
        <BaseAlert.Backdrop className={cx(OVERLAY, 'z-50')} />
        <BaseAlert.Popup className={cx(PANEL, CENTRE, WIDTH.normal)}>
          <div className="p-5 pb-4">
            <BaseAlert.Title className="text-base leading-6 font-semibold">{title}</BaseAlert.Title>
            {description !== undefined && (
              <BaseAlert.Description render={<div />} className="mt-1 text-fg2">
                {description}
              </BaseAlert.Description>
            )}
          </div>
          <Body footer={footer}>{children}</Body>
        </BaseAlert.Popup>
      </BaseAlert.Portal>
    </BaseAlert.Root>
  )
}
