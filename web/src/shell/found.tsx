import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import {
  Activity,
  Building2,
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
import { useMe } from '../session/facts.ts'
import { useViewing } from '../session/use-viewing.ts'
import type { Command, CommandGroup } from '../ui/command-list.tsx'
import { useOpenEntries } from './open-entries.ts'

const ICON = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const
/** Typing rests so long before the server is asked. */
const DEBOUNCE_MS = 120
const MIN_LETTERS = 2

type Found =
  | Answer<'/api/orgs/{org}/search', 'get'>['items'][number]
  | Answer<'/api/platform/search', 'get'>['items'][number]
type Kind = Found['kind']

/** Where each kind is: in an organisation behind its address, on the platform behind `/platform/`. */
const KINDS: Readonly<Record<Kind, { readonly icon: LucideIcon; readonly path: (found: Found) => string }>> = {
  person: { icon: UserRound, path: ({ id }) => `people/${id}` },
  team: { icon: UsersRound, path: ({ id }) => `teams/${id}` },
  workspace: { icon: LayoutGrid, path: ({ id }) => `workspaces/${id}` },
  project: { icon: FolderKanban, path: ({ id }) => `projects/${id}` },
  app: { icon: Play, path: ({ id }) => `apps/${id}` },
  execution: { icon: Activity, path: ({ id }) => `executions/${id}` },
  run: { icon: Activity, path: ({ id }) => `runs/${id}` },
  api_key: { icon: KeyRound, path: ({ name }) => `api-keys?q=${encodeURIComponent(name)}` },
  organisation: { icon: Building2, path: ({ id }) => `organisations/${id}` },
  account: { icon: UserRound, path: ({ id }) => `people/${id}` },
}

/** Asks the organisation one is in, or for a super-admin outside of one the platform. */
const searchQuery = (org: string | null, text: string) =>
  queryOptions({
    queryKey: [...(org === null ? ['platform'] : ['org', org]), 'search', text],
    async queryFn(): Promise<readonly Found[]> {
      const query = { q: text }
      const found =
        org === null
          ? await answerOf(api.GET('/api/platform/search', { params: { query } }))
          : await answerOf(api.GET('/api/orgs/{org}/search', { params: { path: { org }, query } }))
      return found.items
    },
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })

/** What the server finds for what was typed, by kind; it decides what one may see. */
export function useFound(typed: string, closing: (run: () => void) => () => void) {
  const { t } = useTranslation('shell')
  const router = useRouter()
  const { org = null } = useParams({ strict: false })
  const { is_superadmin } = useMe()
  const text = useRested(typed.trim(), DEBOUNCE_MS)
  const canAsk = org !== null || is_superadmin
  const isAsked = canAsk && typed.trim().length >= MIN_LETTERS
  const { data, isFetching } = useQuery({ ...searchQuery(org, text), enabled: canAsk && text.length >= MIN_LETTERS })
  // The server finds what the viewer may see: what belongs to a page that the role does not have is left out.
  const isLooking = useViewing() !== null
  const entries = useOpenEntries()
  const isThere = (found: Found) => {
    const [page] = KINDS[found.kind].path(found).split(/[/?]/)
    return !isLooking || entries.some(({ path }) => path === `/o/$org/${page}`)
  }
  const byKind = Map.groupBy(isAsked ? (data ?? []).filter(isThere) : [], ({ kind }) => kind)
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
          run: closing(() => router.history.push(`${org === null ? '/platform' : `/o/${org}`}/${path(found)}`)),
        }),
      ),
    }
  })
  return { groups, isSearching: isAsked && (isFetching || text !== typed.trim()) }
}
