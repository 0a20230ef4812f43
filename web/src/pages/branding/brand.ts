// The face of the deployment as its form holds it, and as the API takes it.

import type { PlatformSettings } from '../../api/platform.ts'
import type { PreviewLook } from '../../components/brand-preview.tsx'

const NAMES = [
  'deployment_name',
  'support_address',
  'accent_color',
  'logo',
  'logo_inverse',
  'favicon',
  'login_headline',
  'login_tagline',
] as const

type Brand = Pick<PlatformSettings, (typeof NAMES)[number]>

export type BrandDraft = Omit<Brand, 'support_address' | 'login_headline' | 'login_tagline'> & {
  readonly support_address: string
  readonly login_headline: string
  readonly login_tagline: string
}

export const draftOf = (settings: PlatformSettings): BrandDraft => ({
  deployment_name: settings.deployment_name,
  support_address: settings.support_address ?? '',
  accent_color: settings.accent_color,
  logo: settings.logo,
  logo_inverse: settings.logo_inverse,
  favicon: settings.favicon,
  login_headline: settings.login_headline ?? '',
  login_tagline: settings.login_tagline ?? '',
})

const textOf = (typed: string): string | null => typed.trim() || null

const wholeOf = (draft: BrandDraft): Brand => ({
  ...draft,
  deployment_name: draft.deployment_name.trim(),
  accent_color: draft.accent_color.toLowerCase(),
  support_address: textOf(draft.support_address),
  login_headline: textOf(draft.login_headline),
  login_tagline: textOf(draft.login_tagline),
})

/** What differs from before, as the API takes it. */
export function brandOf(draft: BrandDraft, before: BrandDraft): Partial<Brand> {
  const [next, was] = [wholeOf(draft), wholeOf(before)]
  return Object.fromEntries(NAMES.filter((name) => next[name] !== was[name]).map((name) => [name, next[name]]))
}

/** What a draft would look like; where it says nothing, the product's own words stand. */
export const lookOf = (
  draft: BrandDraft,
  product: { readonly headline: string; readonly tagline: string },
): PreviewLook => ({
  name: draft.deployment_name.trim(),
  logo: draft.logo,
  logo_inverse: draft.logo_inverse,
  accent: draft.accent_color,
  headline: draft.login_headline.trim() || product.headline,
  tagline: draft.login_tagline.trim() || product.tagline,
})
