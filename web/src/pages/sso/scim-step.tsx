import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Ban, KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { wholeList } from '../../api/list.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { CopyLine } from '../../components/copy-line.tsx'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { Card } from '../../components/page.tsx'
import { ShownOnce } from '../../components/shown-once.tsx'
import { EmptyState } from '../../components/states.tsx'
import { Day, TimeAgo } from '../../components/time-ago.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/select.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { type Connection, type ScimToken, scimTokensQuery, type SsoDesk } from './desk.ts'

const DAYS = ['90', '180', '365', '730'] as const
const USUAL: { readonly days: (typeof DAYS)[number] } = { days: '365' }

/** Where and with what the provider provisions people (SCIM 2.0). */
export function ScimStep({ desk, connection }: { readonly desk: SsoDesk; readonly connection: Connection }) {
  const { t } = useTranslation('sso')
  const client = useQueryClient()
  const query = useQuery(scimTokensQuery(desk, connection.id))
  const [isMaking, setMaking] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const [revoking, setRevoking] = useState<ScimToken | null>(null)
  const reread = () => client.invalidateQueries(scimTokensQuery(desk, connection.id))
  const revoke = async ({ id, mask }: ScimToken) => {
    await desk.revokeToken(connection.id, id)
    toastDone(t('tokenRevoked', { mask }))
    await reread()
  }
  const make = (
    <Button onClick={() => setMaking(true)}>
      <Plus size={15} aria-hidden />
      {t('makeToken')}
    </Button>
  )
  return (
    <>
      <Card
        title={t('step.scim')}
        purpose={t(desk.org === null ? 'platformScimText' : 'scimText')}
        actions={query.data?.length === 0 ? undefined : make}
      >
        <CopyLine label={t('scimUrl')} text={connection.scim_base_url} />
      </Card>
      <DataTable
        label={t('tokens')}
        list={wholeList(query.data, query)}
        columns={useColumns()}
        rowId={(row) => row.id}
        rowName={(row) => row.mask}
        rowMenu={(row) =>
          row.revoked_at === null
            ? [{ id: 'revoke', label: t('revokeMore'), icon: Ban, isDangerous: true, onSelect: () => setRevoking(row) }]
            : []
        }
        empty={
          <EmptyState icon={KeyRound} title={t('noTokens')} action={make}>
            {t('noTokensText')}
          </EmptyState>
        }
      />
      <MakeToken
        desk={desk}
        connection={connection.id}
        isOpen={isMaking}
        onClose={() => setMaking(false)}
        onMade={(token) => {
          setSecret(token)
          void reread()
        }}
      />
      <ShownOnce
        secret={secret}
        onClose={() => setSecret(null)}
        title={t('tokenTitle')}
        text={t('tokenText')}
        label={t('token')}
      />
      {revoking !== null && (
        <ConfirmDialog
          isOpen
          onClose={() => setRevoking(null)}
          title={t('revokeTitle', { mask: revoking.mask })}
          confirmLabel={t('revoke')}
          onConfirm={() => revoke(revoking)}
        >
          {t('revokeText')}
        </ConfirmDialog>
      )}
    </>
  )
}

function MakeToken(props: {
  readonly desk: SsoDesk
  readonly connection: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onMade: (token: string | null) => void
}) {
  const { t } = useTranslation('sso')
  const { desk, connection } = props
  const form = useForm({
    initial: USUAL,
    send: ({ days }) => desk.makeToken(connection, Number(days)),
    onDone({ token }) {
      form.reset(USUAL)
      props.onClose()
      props.onMade(token)
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={t('makeToken')}
      description={t('makeTokenText')}
      submitLabel={t('makeToken')}
    >
      <SelectField
        label={t('goodFor')}
        value={form.values.days}
        options={DAYS.map((value) => ({ value, label: t('days', { count: Number(value) }) }))}
        onChange={(days) => form.set('days', days)}
      />
    </FormDialog>
  )
}

function useColumns(): readonly Column<ScimToken>[] {
  const { t } = useTranslation('sso')
  return [
    {
      id: 'token',
      header: t('token'),
      width: 'minmax(140px, 2fr)',
      cell: (row) => <code className="font-mono text-[12px]">{row.mask}</code>,
    },
    {
      id: 'state',
      header: t('status'),
      width: '110px',
      cell: (row) => <TokenState token={row} />,
    },
    {
      id: 'used',
      header: t('lastUsed'),
      width: 'minmax(110px, 1fr)',
      isNumber: true,
      cell: (row) => (row.last_used_at === null ? t('never') : <TimeAgo at={row.last_used_at} />),
    },
    {
      id: 'until',
      header: t('expires'),
      width: 'minmax(110px, 1fr)',
      isNumber: true,
      cell: (row) => <Day at={row.expires_at} />,
    },
  ]
}

function TokenState({ token }: { readonly token: ScimToken }) {
  const { t } = useTranslation('sso')
  if (token.revoked_at !== null) return <Badge>{t('revoked')}</Badge>
  const isOver = new Date(token.expires_at).getTime() <= Date.now()
  return <Badge tone={isOver ? 'bad' : 'ok'}>{t(isOver ? 'expired' : 'live')}</Badge>
}
