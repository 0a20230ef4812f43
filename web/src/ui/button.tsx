import { Button as BaseButton } from '@base-ui/react/button'
import { createLink, type LinkComponent } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { cx } from './cx.ts'
import { Tooltip } from './tooltip.tsx'

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger'
export type ButtonSize = 'compact' | 'normal' | 'large'

const VARIANT: Readonly<Record<ButtonVariant, string>> = {
  primary: 'bg-accent text-accent-fg hover:bg-accent-hover',
  secondary: 'border bg-surface text-fg hover:border-line2 hover:bg-hover',
  ghost: 'text-fg2 hover:bg-hover hover:text-fg',
  danger: 'bg-bad-fill text-white hover:brightness-110',
}

const SIZE: Readonly<Record<ButtonSize, readonly [text: string, icon: string]>> = {
  compact: ['h-7 px-2.5', 'size-7'],
  normal: ['h-8 px-3 pointer-coarse:h-10', 'size-8 pointer-coarse:size-10'],
  large: ['h-9 px-4 pointer-coarse:h-10', 'size-9 pointer-coarse:size-10'],
}

/** What a button looks like, for elements that act as one. */
export const buttonClass = (variant: ButtonVariant, size: ButtonSize = 'normal', isIcon = false): string =>
  cx(
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors duration-120 select-none',
    'disabled:pointer-events-none disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50',
    SIZE[size][isIcon ? 1 : 0],
    VARIANT[variant],
  )

export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> & {
  readonly variant?: ButtonVariant
  readonly size?: ButtonSize
  /** Why it cannot be used now: it stays reachable and says so. */
  readonly disabledReason?: string | null | undefined
  /** Its act is running. */
  readonly isBusy?: boolean
  readonly ref?: Ref<HTMLButtonElement>
}

/** One act, named by a verb and its object. */
export function Button({
  variant = 'secondary',
  size,
  disabledReason,
  isBusy = false,
  className,
  ...rest
}: ButtonProps) {
  const isOff = disabledReason != null || isBusy
  const button = (
    <BaseButton
      type="button"
      disabled={isOff}
      focusableWhenDisabled
      aria-busy={isBusy || undefined}
      className={cx(buttonClass(variant, size), className)}
      {...rest}
    />
  )
  return disabledReason == null ? button : <Tooltip text={disabledReason}>{button}</Tooltip>
}

export type IconButtonProps = Omit<ButtonProps, 'children'> & { readonly label: string; readonly children: ReactNode }

/** A button that is only an icon; its label is read out and shown as a tooltip. */
export function IconButton({
  label,
  variant = 'ghost',
  size,
  disabledReason,
  isBusy,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={disabledReason ?? label} isName={disabledReason == null}>
      <BaseButton
        type="button"
        aria-label={label}
        disabled={disabledReason != null || isBusy === true}
        focusableWhenDisabled
        className={cx(buttonClass(variant, size, true), className)}
        {...rest}
      />
    </Tooltip>
  )
}

type AnchorProps = AnchorHTMLAttributes<HTMLAnchorElement> & {
  readonly variant?: ButtonVariant
  readonly size?: ButtonSize
  readonly ref?: Ref<HTMLAnchorElement>
}

function Anchor({ variant = 'secondary', size = 'normal', className, children, ...rest }: AnchorProps) {
  return (
    <a {...rest} className={cx(buttonClass(variant, size), className)}>
      {children}
    </a>
  )
}

/** A link that looks like a button: it leads somewhere. */
export const ButtonLink: LinkComponent<typeof Anchor> = createLink(Anchor)

function TextAnchor({
  className,
  children,
  ...rest
}: AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> }) {
  return (
    <a {...rest} className={cx('rounded-xs text-accent-text underline-offset-2 hover:underline', className)}>
      {children}
    </a>
  )
}

/** A link in running text or in the first column of a table. */
export const TextLink: LinkComponent<typeof TextAnchor> = createLink(TextAnchor)
