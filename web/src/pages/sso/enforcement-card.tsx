import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMemberName } from '../../api/directory.ts'
import { answerOf, api } from '../../api/client.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Card, Facts } from '../../components/page.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import type { Connection } from './desk.ts'
import { EnforceForm } from './enforce-form.tsx'
import { type Enforcement, enforcementQuery } from './queries.ts'

const SOON_MS = 7 * 86_400_000

/** Whether people must come through a connection, who could not any more, and which owner may break the glass. */
export function EnforcementCard(props: { readonly org: string; readonly connections: readonly Connection[] }) {
  const { t } = useTranslation('sso')
  const { org } = props
  const client = useQueryClient()
  const { data, error, refetch } = useQuery(enforcementQuery(org))
  const [asked, setAsked] = useState<'enforce' | 'stop' | null>(null)
  if (data === undefined) {
    return (
      <Card title={t('enforcement')}>
        {error === null ? <Skeleton /> : <ErrorState error={error} onRetry={() => void refetch()} />}
      </Card>
    )
  }
  const stop = async () => {
    const body = { is_enforced: false, break_glass: null }
    const after = await answerOf(api.PUT('/api/orgs/{org}/sso/enforcement', { params: { path: { org } }, body }))
    client.setQueryData(enforcementQuery(org).queryKey, after)
    toastDone(t('noLongerEnforced'))
  }
  const isReady = props.connections.some(({ status, is_tested }) => status === 'enabled' && is_tested)
  const { is_enforced } = data
  return (
    <>
      {is_enforced && <GlassAlarm enforcement={data} onArm={() => setAsked('enforce')} />}
      <Card
        title={t('enforcement')}
        purpose={t('enforcementText')}
        actions={
          is_enforced ? (
            <div className="flex flex-wrap gap-2">
              <Button onClick={() => setAsked('enforce')}>{t('armMore')}</Button>
              <Button onClick={() => setAsked('stop')}>{t('stopEnforcing')}</Button>
            </div>
          ) : (
            <Button disabledReason={isReady ? null : t('testFirst')} onClick={() => setAsked('enforce')}>
              {t('enforceMore')}
            </Button>
          )
        }
      >
        <EnforcementFacts enforcement={data} />
      </Card>
      {asked === 'enforce' && <EnforceForm org={org} enforcement={data} onClose={() => setAsked(null)} />}
      <ConfirmDialog
        isOpen={asked === 'stop'}
        onClose={() => setAsked(null)}
        title={t('stopTitle')}
        confirmLabel={t('stopEnforcing')}
        onConfirm={stop}
      >
        {t('stopText')}
      </ConfirmDialog>
    </>
  )
}

/** Nobody may come in past the provider, or not for much longer. */
function GlassAlarm({ enforcement, onArm }: { readonly enforcement: Enforcement; readonly onArm: () => void }) {
  const { t } = useTranslation('sso')
  const { break_glass } = enforcement
  const left_ms = break_glass === null || !break_glass.is_able ? 0 : new Date(break_glass.until).getTime() - Date.now()
  if (left_ms > SOON_MS) return null
  const isOver = left_ms <= 0
  return (
    <Banner
      tone={isOver ? 'bad' : 'warn'}
      title={t(isOver ? 'glassOver' : 'glassSoon')}
      action={
        <Button size="compact" onClick={onArm}>
          {t('armMore')}
        </Button>
      }
    >
      {t('glassText')}
    </Banner>
  )
}

function EnforcementFacts({ enforcement }: { readonly enforcement: Enforcement }) {
  const { t } = useTranslation('sso')
  const nameOf = useMemberName()
  const { is_enforced, enforced_at, break_glass, impact } = enforcement
  return (
    <Facts
      facts={[
        {
          label: t('status'),
          value: (
            <span className="flex flex-wrap items-center gap-2">
              <Badge tone={is_enforced ? 'ok' : 'neutral'}>{t(is_enforced ? 'enforced' : 'notEnforced')}</Badge>
              {enforced_at !== null && (
                <span className="text-fg2">
                  {t('since')} <Moment at={enforced_at} />
                </span>
              )}
            </span>
          ),
        },
        { label: t('linked'), value: t('linkedOf', { count: impact.linked_members, of: impact.active_members }) },
        { label: t('you'), value: t(impact.you_are_linked ? 'youLinked' : 'youNotLinked') },
        {
          label: t('breakGlass'),
          value:
            break_glass === null ? (
              t('nobodyArmed')
            ) : (
              <>
                {nameOf(break_glass.member_id)}, {t('until')} <Moment at={break_glass.until} />
                {!break_glass.is_able && <Badge tone="bad">{t('notAble')}</Badge>}
              </>
            ),
        },
      ]}
    />
  )
}
