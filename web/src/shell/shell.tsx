import { Outlet, useLocation, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIsNarrow } from '../components/use-is-narrow.ts'
import { useMe } from '../session/facts.ts'
import { usePreference } from '../session/preferences.ts'
import { useViewing } from '../session/use-viewing.ts'
import { Notices } from './notices.tsx'
import { PendingPage } from './route-states.tsx'
import { useShortcuts } from './shortcuts.ts'
import { Rail } from './rail.tsx'
import { TopBar } from './top-bar.tsx'
import { ON_PLATFORM, useLiveUpdates } from './live-updates.ts'

// Not needed for the first look at a page.
const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))
const ViewingBanner = lazy(async () => ({ default: (await import('./viewing-banner.tsx')).ViewingBanner }))
const RailSheet = lazy(async () => ({ default: (await import('./rail-sheet.tsx')).RailSheet }))
const ShortcutSheet = lazy(async () => ({ default: (await import('./shortcut-sheet.tsx')).ShortcutSheet }))

/** Whose changes are followed: the organisation's, the platform's by those who may open it, or nobody's. */
function usePlace(): string | null {
  const { org } = useParams({ strict: false })
  const isOnPlatform = useLocation({ select: ({ pathname }) => /^\/platform(?:\/|$)/.test(pathname) })
  const { is_superadmin, is_factor_due } = useMe()
  if (org !== undefined) return org
  return isOnPlatform && is_superadmin && !is_factor_due ? ON_PLATFORM : null
}

/** The frame of every signed-in screen. */
export function Shell() {
  const { t } = useTranslation('shell')
  const { org } = useParams({ strict: false })
  const isNarrow = useIsNarrow()
  const [rail, setRail] = usePreference('rail')
  const viewing = useViewing()
  const [isMenuOpen, setMenuOpen] = useState(false)
  const [isPaletteOpen, setPaletteOpen] = useState(false)
  const [isSheetOpen, setSheetOpen] = useState(false)
  useLiveUpdates(usePlace())
  useShortcuts({
    org: org ?? null,
    openPalette: () => setPaletteOpen((isOpen) => !isOpen),
    openSheet: () => setSheetOpen(true),
    toggleRail: () => setRail(rail === 'open' ? 'narrow' : 'open'),
  })
  return (
    <div className="flex h-dvh">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-60 focus:m-2 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2 focus:shadow-pop"
      >
        {t('skip')}
      </a>
      {!isNarrow && <Rail isNarrow={rail === 'narrow'} onShortcuts={() => setSheetOpen(true)} />}
      <div className="flex min-w-0 flex-1 flex-col">
        <TopBar onMenu={isNarrow ? () => setMenuOpen(true) : null} onPalette={() => setPaletteOpen(true)} />
        {viewing !== null && (
          <Suspense>
            <ViewingBanner viewing={viewing} />
          </Suspense>
        )}
        <Notices />
        <main id="main" tabIndex={-1} className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto outline-none">
          <Suspense fallback={<PendingPage />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Suspense>
        {isNarrow && (
          <RailSheet isOpen={isMenuOpen} onClose={() => setMenuOpen(false)} onShortcuts={() => setSheetOpen(true)} />
        )}
        {isPaletteOpen && <Palette isOpen onOpenChange={setPaletteOpen} onShortcuts={() => setSheetOpen(true)} />}
        {isSheetOpen && <ShortcutSheet isOpen onClose={() => setSheetOpen(false)} />}
      </Suspense>
    </div>
  )
}
