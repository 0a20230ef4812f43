import { useTranslation } from 'react-i18next'
import { type Permission, useAccess } from '../session/facts.ts'

/** Why an act is not open to somebody who could be granted it, and who can grant it; null to whoever may do it. */
export function useRefusal(permission: Permission): string | null {
  const { t } = useTranslation('words')
  return useAccess().can(permission) ? null : t('needsPermission', { permission })
}
