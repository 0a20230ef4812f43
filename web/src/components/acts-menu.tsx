import { Ellipsis } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/button.tsx'
import { Menu, type MenuItem } from '../ui/menu.tsx'

/** The further acts of the thing a screen shows, those that take away last. Nothing when there are none. */
export function ActsMenu({ name, acts }: { readonly name: string; readonly acts: readonly MenuItem[] }) {
  const { t } = useTranslation('words')
  if (acts.length === 0) return null
  return (
    <Menu
      trigger={
        <IconButton variant="secondary" label={t('actsFor', { what: name })}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      }
      groups={[
        { items: acts.filter((act) => act.isDangerous !== true) },
        { items: acts.filter((act) => act.isDangerous === true) },
      ]}
    />
  )
}
