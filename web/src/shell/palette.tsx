import { useParams, useRouter } from '@tanstack/react-router'
import { Building2, Keyboard, Languages, LogOut, Moon, Sun, Terminal } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { lastActs } from '../api/acts.ts'
import { curlsOf } from '../api/curl.ts'
import { changeLanguage, LANGUAGES } from '../i18n.ts'
import { entryOf, pathOf, PLATFORM_ICON } from '../navigation.ts'
import { useMe } from '../session/facts.ts'
import { store, usePreference } from '../session/preferences.ts'
import { type Command, type CommandGroup, CommandList } from '../ui/command-list.tsx'
import { toastNoted } from '../ui/toast.tsx'
import { useFound } from './found.tsx'
import { useAllPageActions } from './page-actions.ts'
import { useOpenEntries } from './open-entries.ts'
import { useSignOut } from './user-menu.tsx'
import { useOrganisationActs } from './organisation-acts.tsx'
import { useVisits } from './visits.ts'

const ICON = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

const norm = (text: string): string => text.toLocaleLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '')

/** Every word that was typed begins a word of the label or of the keywords. */
function matches(command: Command, text: string): boolean {
  const words = norm([command.label, ...(command.keywords ?? [])].join(' ')).split(/[\s·/_-]+/)
  return norm(text)
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)))
}

type PaletteProps = {
  readonly isOpen: boolean
  readonly onOpenChange: (isOpen: boolean) => void
  readonly onShortcuts: () => void
}

/** Search, places and acts in one list, read from the same registry as the sidebar. */
export function Palette(props: PaletteProps) {
  const { t } = useTranslation('shell')
  const [text, setText] = useState('')
  const change = (isOpen: boolean) => {
    setText('')
    props.onOpenChange(isOpen)
  }
  const groups = useCommands(props.onShortcuts, () => change(false))
  const visited = useVisited(() => change(false))
  const found = useFound(text, (run) => () => {
    change(false)
    run()
  })
  const shown = useMemo(() => {
    const typed = text.trim()
    const offered =
      typed === ''
        ? groups.toSpliced(1, 0, visited)
        : groups.map(({ label, items }) => ({ label, items: items.filter((each) => matches(each, typed)) }))
    return offered.filter(({ items }) => items.length > 0)
  }, [groups, visited, text])
  return (
    <CommandList
      isOpen={props.isOpen}
      onOpenChange={change}
      label={t('searchOrRun')}
      placeholder={t('palettePlaceholder')}
      emptyText={t('paletteEmpty', { text })}
      text={text}
      onTextChange={setText}
      groups={[...shown, ...found.groups]}
      isSearching={found.isSearching}
    />
  )
}

function useCommands(onShortcuts: () => void, close: () => void): readonly CommandGroup[] {
  const { t } = useTranslation('shell')
  const page = useAllPageActions()
  const closing = (run: () => void) => () => {
    close()
    run()
  }
  return [
    { label: t('thisPage'), items: page.map((action) => ({ ...action, run: closing(action.run) })) },
    { label: t('goToGroup'), items: usePlaces(closing) },
    {
      label: t('actions'),
      items: [...useOrganisationActs(closing), ...useLastActs(closing), ...useOwnActs(onShortcuts, closing)],
    },
  ]
}

type Closing = (run: () => void) => () => void

/** What was opened here before; namesakes, such as two runs of an app, are told apart by the end of their address. */
function useVisited(close: () => void): CommandGroup {
  const { t } = useTranslation('shell')
  const router = useRouter()
  const { org = null } = useParams({ strict: false })
  const entries = useOpenEntries()
  const visits = useVisits(org)
  const items = visits.flatMap(({ name, path, page }): readonly Command[] => {
    const entry = entries.find(({ id }) => id === page)
    if (entry === undefined) return []
    const Icon = entry.icon
    const hasNamesake = visits.some((each) => each.path !== path && each.name === name)
    return [
      {
        id: path,
        label: name,
        hint: `${t(`nav.${page}`)}${hasNamesake ? ` …${path.slice(-8)}` : ''}`,
        icon: <Icon {...ICON} />,
        run() {
          close()
          router.history.push(path)
        },
      },
    ]
  })
  return { label: t('visited'), items }
}

function usePlaces(closing: Closing): readonly Command[] {
  const { t } = useTranslation('shell')
  const router = useRouter()
  const me = useMe()
  const { org } = useParams({ strict: false })
  const go = (href: string) => closing(() => router.history.push(href))
  const pages = [...useOpenEntries(), entryOf('me')].map((entry): Command => {
    const Icon = entry.icon
    const shortcut = entry.key === undefined ? undefined : `g ${entry.key}`
    const { id, keywords } = entry
    return {
      id,
      keywords,
      shortcut,
      label: t(`nav.${id}`),
      icon: <Icon {...ICON} />,
      run: go(pathOf(entry, org ?? null)),
    }
  })
  const others = me.organisations
    .filter(({ id }) => id !== org)
    .map(
      ({ id, name }): Command => ({
        id,
        label: name,
        hint: t('organisation'),
        keywords: ['organisation', 'switch'],
        icon: <Building2 {...ICON} />,
        run: go(`/o/${id}/home`),
      }),
    )
  const platform: Command = {
    id: 'platform',
    label: t('platform'),
    keywords: ['admin', 'superadmin'],
    icon: <PLATFORM_ICON {...ICON} />,
    run: go('/platform'),
  }
  return [...pages, ...others, ...(me.is_superadmin && org !== undefined ? [platform] : [])]
}

/** What was done last in this tab, as commands for a shell. */
function useLastActs(closing: Closing): readonly Command[] {
  const { t } = useTranslation('shell')
  const { t: words } = useTranslation('words')
  const acts = lastActs()
  const command = curlsOf(acts, location.origin)
  if (command === null) return []
  const copy = () => void navigator.clipboard.writeText(command).then(() => toastNoted(words('copied')))
  return [
    {
      id: 'last-acts',
      label: t('copyLastActs', { count: acts.length }),
      hint: acts.map(({ method, path }) => `${method} ${path.replaceAll(ID, '…')}`).at(-1),
      keywords: ['curl', 'api', 'command', 'shell'],
      icon: <Terminal {...ICON} />,
      run: closing(copy),
    },
  ]
}

function useOwnActs(onShortcuts: () => void, closing: Closing): readonly Command[] {
  const { t } = useTranslation('shell')
  const [, setTheme] = usePreference('theme')
  const signOut = useSignOut()
  return [
    {
      id: 'light',
      label: t('useLight'),
      keywords: ['theme', 'colour'],
      icon: <Sun {...ICON} />,
      run: closing(() => setTheme('light')),
    },
    {
      id: 'dark',
      label: t('useDark'),
      keywords: ['theme', 'colour'],
      icon: <Moon {...ICON} />,
      run: closing(() => setTheme('dark')),
    },
    ...LANGUAGES.map(
      (language): Command => ({
        id: language,
        label: t('useLanguage', { language: t(`languages.${language}`) }),
        keywords: ['language', 'sprache'],
        icon: <Languages {...ICON} />,
        run: closing(() => {
          store('language', language)
          void changeLanguage(language)
        }),
      }),
    ),
    {
      id: 'shortcuts',
      label: t('shortcuts'),
      keywords: ['keys', 'help'],
      shortcut: '?',
      icon: <Keyboard {...ICON} />,
      run: closing(onShortcuts),
    },
    {
      id: 'out',
      label: t('signOut'),
      keywords: ['log out', 'exit'],
      icon: <LogOut {...ICON} />,
      run: closing(signOut),
    },
  ]
}
