import { useQueryClient } from '@tanstack/react-query'
import type { BadgeTone } from '../../ui/badge.tsx'
import type { Connection, SsoDesk } from './desk.ts'

export const STATUS_TONE: Readonly<Record<Connection['status'], BadgeTone>> = {
  draft: 'neutral',
  enabled: 'ok',
  disabled: 'warn',
}

/** What every step of a connection gets. */
export type StepProps = {
  readonly desk: SsoDesk
  readonly connection: Connection
  readonly onNext: () => void
}

/** Reads a connection and what hangs on it again. */
export function useReread(desk: SsoDesk): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: [...desk.key] })
}
