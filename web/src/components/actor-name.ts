import { useTranslation } from 'react-i18next'
import type { Entry } from '../api/audit.ts'

export type NameOf = (id: string | null) => string | null

/** Who acted, as a reader knows them; `nameOf` names the people of the organisation or the accounts of the platform. */
export function useActorName(nameOf: NameOf): (entry: Pick<Entry, 'actor_type' | 'actor_id' | 'actor_role'>) => string {
  const { t } = useTranslation('words')
  return ({ actor_type, actor_id, actor_role }) => {
    if (actor_type === 'user' && actor_id !== null) return nameOf(actor_id) ?? actor_id
    if (actor_type === 'api_key' && actor_id !== null) return t('actor.key', { id: actor_id.slice(-8) })
    if (actor_type === 'system') return t('actor.system', { name: actor_role ?? '' })
    return t(`actor.${actor_type}`, { defaultValue: actor_type })
  }
}
