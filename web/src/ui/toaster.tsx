import { Toast as Base } from '@base-ui/react/toast'
import { Check, CircleAlert, CircleCheck, Terminal, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { buttonClass, IconButton } from './button.tsx'
import { cx } from './cx.ts'

type ToastData = {
  /** Does the same from a shell. */
  readonly command: string | null
}

const manager = Base.createToastManager<ToastData>()

export type ToastOptions = Parameters<typeof manager.add>[0]

/** Toasts that come before there is a place for them; null once there is. */
const state: { waiting: ToastOptions[] | null } = { waiting: [] }

export function addToast(toast: ToastOptions): void {
  if (state.waiting === null) manager.add(toast)
  else state.waiting.push(toast)
}

function CopyCommand({ command }: { readonly command: string }) {
  const { t } = useTranslation('words')
  const [isCopied, setCopied] = useState(false)
  return (
    <IconButton
      size="compact"
      label={isCopied ? t('copied') : t('copyAsCurl')}
      className="-my-1"
      onClick={() => void navigator.clipboard.writeText(command).then(() => setCopied(true))}
    >
      {isCopied ? <Check size={14} className="text-ok" aria-hidden /> : <Terminal size={14} aria-hidden />}
    </IconButton>
  )
}

function List() {
  const { toasts } = Base.useToastManager<ToastData>()
  const { t } = useTranslation('words')
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      data-toast
      className="absolute end-0 bottom-0 w-full translate-y-[calc(var(--toast-index)*-112%)] rounded-lg border bg-raised shadow-pop transition duration-150 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0"
    >
      <Base.Content className="flex items-start gap-2.5 p-3">
        {toast.type === 'problem' ? (
          <CircleAlert size={16} className="mt-0.5 shrink-0 text-bad" aria-hidden />
        ) : (
          <CircleCheck size={16} className="mt-0.5 shrink-0 text-ok" aria-hidden />
        )}
        <div className="min-w-0 flex-1">
          <Base.Title className="font-medium" />
          <Base.Description className="meta text-fg2" />
        </div>
        <Base.Action className="rounded-sm font-medium text-accent-text hover:underline" />
        {toast.data?.command != null && <CopyCommand command={toast.data.command} />}
        {/* Base UI hides it from assistive technology while it can have the focus. */}
        <Base.Close
          aria-label={t('dismiss')}
          aria-hidden={false}
          className={cx(buttonClass('ghost', 'compact', true), '-my-1 -me-1')}
        >
          <X size={14} aria-hidden />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ))
}

/** Where toasts appear; once per page. */
export function Toaster() {
  // After the provider below listens.
  useEffect(() => {
    for (const toast of state.waiting ?? []) manager.add(toast)
    state.waiting = null
    return () => {
      state.waiting = []
    }
  }, [])
  return (
    <Base.Provider toastManager={manager} limit={3}>
      <Base.Portal>
        <Base.Viewport className="fixed end-4 bottom-4 z-70 w-[min(380px,calc(100vw-32px))]">
          <List />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}
