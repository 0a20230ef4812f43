import { useQuery } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import { Eye, KeyRound, Plus, Settings } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { accessOf, organisationQuery } from '../session/facts.ts'
import type { Command } from '../ui/command-list.tsx'

const ICON = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const

/**
 * The shortcuts of those who run the organisation (the administration overview, "Site Search Shortcuts"), each by its
 * permission. The fourth of them, the audit log, is a page.
 */
export function useOrganisationActs(closing: (run: () => void) => () => void): readonly Command[] {
  const { t } = useTranslation('shell')
  const router = useRouter()
  const { org } = useParams({ strict: false })
  const { data: organisation } = useQuery({ ...organisationQuery(org ?? ''), enabled: false })
  if (org === undefined || organisation === undefined) return []
  const { can } = accessOf(organisation)
  const go = (path: string) => closing(() => router.history.push(`/o/${org}/${path}`))
  return [
    ...(can('org.settings')
      ? [
          {
            id: 'organisation-settings',
            label: t('organisationSettings'),
            icon: <Settings {...ICON} />,
            run: go('settings'),
          },
        ]
      : []),
    ...(can('worker_key.view')
      ? [
          {
            id: 'worker-key',
            label: t('workerKey'),
            keywords: ['git', 'public'],
            icon: <KeyRound {...ICON} />,
            run: go('settings?show=worker-key'),
          },
        ]
      : []),
    ...(can('user.view')
      ? [
          {
            id: 'view-as',
            label: t('viewAs'),
            keywords: ['role', 'preview', 'permissions'],
            icon: <Eye {...ICON} />,
            run: go('roles?tab=view_as'),
          },
        ]
      : []),
    ...(can('workspace.create')
      ? [
          {
            id: 'create-workspace',
            label: t('createWorkspace'),
            icon: <Plus {...ICON} />,
            run: go('workspaces?new=yes'),
          },
        ]
      : []),
  ]
}
