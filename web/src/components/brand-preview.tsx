import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../ui/cx.ts'
import { ToggleGroup } from '../ui/toggle-group.tsx'
import { Brand, type Look } from './brand.tsx'

const PLACES = ['login', 'app'] as const
const MODES = ['light', 'dark'] as const

export type PreviewLook = Look & {
  /** A colour as #rrggbb. */
  readonly accent: string
  readonly headline: string
  readonly tagline: string
}

/** Where a brand would show, before anybody else sees it. */
export function BrandPreview({ look }: { readonly look: PreviewLook }) {
  const { t } = useTranslation('branding')
  const [place, setPlace] = useState<(typeof PLACES)[number]>('login')
  const [mode, setMode] = useState<(typeof MODES)[number]>('light')
  return (
    <div role="group" aria-label={t('preview')} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <ToggleGroup
          label={t('place')}
          value={place}
          options={PLACES.map((value) => ({ value, label: t(`places.${value}`) }))}
          onChange={setPlace}
        />
        <ToggleGroup
          label={t('mode')}
          value={mode}
          options={MODES.map((value) => ({ value, label: t(`modes.${value}`) }))}
          onChange={setMode}
        />
      </div>
      <Scope accent={look.accent} isDark={mode === 'dark'} className="overflow-hidden rounded-xl border bg-bg text-fg">
        {place === 'login' ? (
          <LoginSketch look={look} isDark={mode === 'dark'} />
        ) : (
          <AppSketch look={look} isDark={mode === 'dark'} />
        )}
      </Scope>
      <Tones accent={look.accent} />
    </div>
  )
}

/** Everything inside has this accent and this mode, whatever the page around it has. */
function Scope(props: {
  readonly accent: string
  readonly isDark: boolean
  readonly className?: string
  readonly children?: ReactNode
}) {
  return (
    <div
      ref={(element) => element?.style.setProperty('--brand', props.accent)}
      data-brand=""
      data-mode={props.isDark ? 'dark' : 'light'}
      className={props.className}
    >
      {props.children}
    </div>
  )
}

const Line = ({ className }: { readonly className: string }) => (
  <span aria-hidden className={cx('block h-2 rounded-full bg-hover2', className)} />
)

type SketchProps = { readonly look: PreviewLook; readonly isDark: boolean }

function LoginSketch({ look, isDark }: SketchProps) {
  const { t } = useTranslation('branding')
  return (
    <div className="flex min-h-72 flex-col">
      <div className="flex px-4 py-3">
        <Brand look={look} isDark={isDark} />
      </div>
      <div className="mx-auto flex w-full max-w-72 flex-col px-4 pt-5 pb-8">
        <p className="text-[20px] leading-7 font-semibold tracking-[-0.02em]">{look.headline}</p>
        <p className="text-fg2">{look.tagline}</p>
        <div className="mt-4 flex flex-col gap-3 rounded-xl border bg-surface p-4">
          <span aria-hidden className="block h-8 rounded-md border border-field" />
          <SketchButton text={t('sketch.goOn')} />
        </div>
      </div>
    </div>
  )
}

function AppSketch({ look, isDark }: SketchProps) {
  const { t } = useTranslation('branding')
  return (
    <div className="flex min-h-72">
      <div className="flex w-36 shrink-0 flex-col gap-3 border-e p-3">
        <Brand look={look} isDark={isDark} />
        <span className="rounded-md bg-accent-soft px-2 py-1 font-medium text-accent-text">{t('sketch.home')}</span>
        <Line className="mx-2 w-20" />
        <Line className="mx-2 w-24" />
        <Line className="mx-2 w-16" />
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-3 overflow-hidden p-3">
        <p className="text-title font-semibold">{t('sketch.home')}</p>
        <div className="flex flex-col gap-2.5 rounded-xl border bg-surface p-4">
          <Line className="w-4/5" />
          <Line className="w-3/5" />
          <span className="text-accent-text underline">{t('sketch.link')}</span>
        </div>
        <div className="flex">
          <SketchButton text={t('sketch.act')} />
        </div>
      </div>
    </div>
  )
}

const SketchButton = ({ text }: { readonly text: string }) => (
  <span className="grid h-8 place-items-center rounded-md bg-accent px-3 font-medium whitespace-nowrap text-accent-fg">
    {text}
  </span>
)

/** What the colour becomes, so that text on it and in it stays readable. */
function Tones({ accent }: { readonly accent: string }) {
  const { t } = useTranslation('branding')
  const tone = (isDark: boolean) => (
    <Scope accent={accent} isDark={isDark} className="flex">
      <span aria-hidden className="size-4 rounded-s border-y border-s bg-accent" />
      <span aria-hidden className="size-4 rounded-e border-y border-e bg-accent-text" />
    </Scope>
  )
  return (
    <div className="meta flex flex-wrap items-center gap-x-4 gap-y-1.5 text-fg3">
      <p className="basis-full">{t('tones')}</p>
      <span className="flex items-center gap-1.5">
        {tone(false)} {t('modes.light')}
      </span>
      <span className="flex items-center gap-1.5">
        {tone(true)} {t('modes.dark')}
      </span>
    </div>
  )
}
