// The deployment as people see it: its name, its logo, its colour, its icon. What is not set is Reeve's.

import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { deploymentQuery } from '../api/deployment.ts'
import { store } from '../session/preferences.ts'
import { cx } from '../ui/cx.ts'

const PRODUCT = 'Reeve'
const PRODUCT_ICON = '/favicon.svg'

export const pictureAddress = (name: string): string => `/api/pictures/${name}`

/** What the deployment is called. */
export const useDeploymentName = (): string => useQuery(deploymentQuery).data?.deployment_name ?? PRODUCT

/** Puts the deployment's colour and icon on the page. Once per page. */
export function useBrandOnPage(): void {
  const { data } = useQuery(deploymentQuery)
  useEffect(() => {
    if (data === undefined) return
    document.documentElement.style.setProperty('--brand', data.accent_color)
    // `theme.js` has it before the first paint of the next visit.
    store('brand', data.accent_color)
    const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]')
    if (icon === null) return
    icon.type = data.favicon === null ? 'image/svg+xml' : ''
    icon.href = data.favicon === null ? PRODUCT_ICON : pictureAddress(data.favicon)
  }, [data])
}

export type Look = {
  readonly name: string
  /** The names of its pictures; null where there is none. */
  readonly logo: string | null
  readonly logo_inverse: string | null
}

/** Logo, or sign and name. On dark ground the inverse logo, where there is one. */
export function Brand({ look, isDark }: { readonly look: Look; readonly isDark?: boolean }) {
  const { name, logo } = look
  const inverse = look.logo_inverse ?? logo
  if (logo === null && inverse === null) {
    return (
      <span className="flex min-w-0 items-center gap-2.5">
        <Mark />
        <span className="truncate text-[15px] font-semibold tracking-[-0.01em]">{name}</span>
      </span>
    )
  }
  const light = logo ?? inverse ?? ''
  const dark = inverse ?? light
  const picture = (source: string, className: string) => (
    <img
      src={pictureAddress(source)}
      alt={name}
      className={cx('h-7 w-auto max-w-44 object-contain object-left rtl:object-right', className)}
    />
  )
  if (isDark !== undefined) return picture(isDark ? dark : light, '')
  return light === dark ? (
    picture(light, '')
  ) : (
    <>
      {picture(light, 'dark:hidden')}
      {picture(dark, 'hidden dark:block')}
    </>
  )
}

/** The deployment's own, before a session and above the sidebar. */
export function DeploymentBrand() {
  const { data } = useQuery(deploymentQuery)
  const { deployment_name = PRODUCT, logo = null, logo_inverse = null } = data ?? {}
  return <Brand look={{ name: deployment_name, logo, logo_inverse }} />
}

/** Whether the deployment has a face of its own: Reeve's takes no room in the sidebar. */
export function useIsBranded(): boolean {
  const { data } = useQuery(deploymentQuery)
  if (data === undefined) return false
  return data.deployment_name !== PRODUCT || data.logo !== null || data.logo_inverse !== null
}

/** The sign of Reeve. */
export function Mark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden className="shrink-0">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path
        d="M10 23V9h7.2a4.6 4.6 0 0 1 1.3 9L22.5 23M10 18.1h7"
        fill="none"
        stroke="var(--accent-fg)"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
