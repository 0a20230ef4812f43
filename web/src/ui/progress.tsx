import { Progress as Base } from '@base-ui/react/progress'

/** How far something is that runs by itself. `text` says it in words. */
export function Progress(props: {
  readonly label: string
  readonly value: number
  readonly max: number
  readonly text: string
}) {
  return (
    <Base.Root
      value={Math.min(props.value, props.max)}
      max={Math.max(props.max, 1)}
      getAriaValueText={() => props.text}
      className="grid grid-cols-[1fr_auto] items-baseline gap-x-3 gap-y-2"
    >
      <Base.Label className="font-medium">{props.label}</Base.Label>
      <span className="text-fg2 tabular-nums">{props.text}</span>
      <Base.Track className="col-span-2 h-2 overflow-hidden rounded-full bg-hover2">
        <Base.Indicator className="h-full rounded-full bg-accent transition-[width] duration-200" />
      </Base.Track>
    </Base.Root>
  )
}
