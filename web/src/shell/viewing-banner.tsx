import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Eye } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { stopViewing, type Viewing } from '../api/viewing.ts'
import { organisationQuery } from '../session/facts.ts'
import { Button } from '../ui/button.tsx'

/** Says as whom one looks, that nothing is done meanwhile, and leads out. */
export function ViewingBanner({ viewing }: { readonly viewing: Viewing }) {
  const { t } = useTranslation('roles')
  const client = useQueryClient()
  const router = useRouter()
  const { org, worn, role_name } = viewing
  const { base_role, surface, designation } = worn
  const roles = [
    t(`role.${base_role}`),
    ...(designation === undefined ? [] : [t(`designation.${designation}`)]),
    ...(role_name === undefined ? [] : [role_name]),
    t(`surfaces.${surface}`),
  ]
  const leave = async () => {
    stopViewing()
    await client.fetchQuery({ ...organisationQuery(org), staleTime: 0 })
    router.history.push(`/o/${org}/roles?tab=view_as`)
  }
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b-2 border-accent bg-accent-soft px-4 py-2 text-accent-text md:px-6"
    >
      <Eye size={16} aria-hidden className="shrink-0" />
      <p className="min-w-0 flex-1 basis-52">
        <span className="font-medium">{t('viewingAs', { roles: roles.join(' · ') })}</span>{' '}
        <span className="text-fg2">{t('viewingText')}</span>
      </p>
      <Button size="compact" onClick={() => void leave()}>
        {t('stopViewing')}
      </Button>
    </div>
  )
}
