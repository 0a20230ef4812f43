import { useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Drawer } from '../ui/drawer.tsx'
import { RailContents } from './rail.tsx'

/** The sidebar on a phone, behind a button. */
export function RailSheet(props: {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onShortcuts: () => void
}) {
  const { t } = useTranslation('shell')
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const { onClose } = props
  useEffect(() => onClose(), [pathname])
  return (
    <Drawer isOpen={props.isOpen} onClose={onClose} label={t('main')}>
      <RailContents isNarrow={false} onShortcuts={props.onShortcuts} />
    </Drawer>
  )
}
