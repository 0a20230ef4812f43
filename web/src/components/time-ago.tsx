import { useSyncExternalStore } from 'react'
import { Tooltip } from '../ui/tooltip.tsx'
import { useFormat } from './format.ts'

const TICK_MS = 30_000
const clock = { now_ms: Date.now(), listeners: new Set<() => void>() }

setInterval(() => {
  clock.now_ms = Date.now()
  for (const listener of clock.listeners) listener()
}, TICK_MS)

function subscribe(listener: () => void): () => void {
  clock.listeners.add(listener)
  return () => void clock.listeners.delete(listener)
}

/** How long ago something was, with the exact time on demand. An instant of the last tick is not in the future. */
export function TimeAgo({ at }: { readonly at: string }) {
  const format = useFormat()
  const now_ms = useSyncExternalStore(subscribe, () => clock.now_ms)
  const at_ms = new Date(at).getTime()
  const shown_ms = at_ms > now_ms && at_ms - now_ms < TICK_MS ? at_ms : now_ms
  return (
    <Tooltip text={`${format.exact(at)} · ${at}`}>
      <time dateTime={at} className="whitespace-nowrap">
        {format.ago(at, shown_ms)}
      </time>
    </Tooltip>
  )
}

/** The date and time of something, with more on demand. */
export function Moment({ at }: { readonly at: string }) {
  const format = useFormat()
  return (
    <Tooltip text={`${format.exact(at)} · ${at}`}>
      <time dateTime={at} className="whitespace-nowrap tabular-nums">
        {format.moment(at)}
      </time>
    </Tooltip>
  )
}

/** The day of something, with the exact time on demand. */
export function Day({ at }: { readonly at: string }) {
  const format = useFormat()
  return (
    <Tooltip text={`${format.exact(at)} · ${at}`}>
      <time dateTime={at} className="whitespace-nowrap tabular-nums">
        {format.day(at)}
      </time>
    </Tooltip>
  )
}
