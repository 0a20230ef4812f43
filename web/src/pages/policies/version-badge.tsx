import { useTranslation } from 'react-i18next'
import { Badge } from '../../ui/badge.tsx'

/** Which version of a policy is in force; before the first there is none. */
export function VersionBadge({ version }: { readonly version: number }) {
  const { t } = useTranslation('policies')
  return <Badge>{version === 0 ? t('versionNone') : t('version', { version })}</Badge>
}
