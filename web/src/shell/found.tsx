import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import {
  Activity,
  FolderKanban,
  KeyRound,
  LayoutGrid,
  type LucideIcon,
  Play,
  UserRound,
  UsersRound,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../api/answer.ts'
import { answerOf, api } from '../api/client.ts'
import { useRested } from '../components/use-rested.ts'
import type { Command, CommandGroup } from '../ui/command-list.tsx'

const ICON = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const
/** Typing rests so long before the server is asked. */
const DEBOUNCE_MS = 120
const MIN_LETTERS = 2

type Found = Answer<'/api/orgs/{org}/search', 'get'>['items'][number]
type Kind = Found['kind']

const KINDS: Readonly<Record<Kind, { readonly icon: LucideIcon; readonly path: (found: Found) => string }>> = {
  person: { icon: UserRound, path: ({ id }) => `people/${id}` },
  team: { icon: UsersRound, path: ({ id }) => `teams/${id}` },
  workspace: { icon: LayoutGrid, path: ({ id }) => `workspaces/${id}` },
  project: { icon: FolderKanban, path: ({ id }) => `projects/${id}` },
  app: { icon: Play, path: ({ id }) => `apps/${id}` },
  execution: { icon: Activity, path: ({ id }) => `executions/${id}` },
  run: { icon: Activity, path: ({ id }) => `runs/${id}` },
  api_key: { icon: KeyRound, path: ({ name }) => `api-keys?q=${encodeURIComponent(name)}` },
}

const searchQuery = (org: string, text: string) =>
  queryOptions({
    queryKey: ['org', org, 'search', text],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/search', { params: { path: { org }, query: { q: text } } })),
    placeholderData: keepPreviousData,
    enabled: org !== '' && text.length >= MIN_LETTERS,
    staleTime: 10_000,
  })

/** What the server finds for what was typed, by kind; it decides what one may see. */
export function useFound(typed: string, closing: (run: () => void) => () => void) {
  const { t } = useTranslation('shell')
  const router = useRouter()
  const { org = '' } = useParams({ strict: false })
  const text = useRested(typed.trim(), DEBOUNCE_MS)
  const isAsked = org !== '' && typed.trim().length >= MIN_LETTERS
  const { data, isFetching } = useQuery(searchQuery(org, text))
  const byKind = Map.groupBy(isAsked ? (data?.items ?? []) : [], ({ kind }) => kind)
  const groups = [...byKind].map(([kind, items]): CommandGroup => {
    const { icon: Icon, path } = KINDS[kind]
    return {
      label: t(`found.${kind}`),
      items: items.map(
        (found): Command => ({
          id: `${kind}-${found.id}`,
          label: found.name,
          hint: found.detail ?? undefined,
          icon: <Icon {...ICON} />,
          run: closing(() => router.history.push(`/o/${org}/${path(found)}`)),
        }),
      ),
    }
  })
  return { groups, isSearching: isAsked && (isFetching || text !== typed.trim()) }
}
