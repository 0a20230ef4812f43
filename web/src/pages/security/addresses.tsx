import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { useMemberName } from '../../api/directory.ts'
import { toProblem } from '../../api/problem.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { useFormat } from '../../components/format.ts'
import { Form, SaveBar, useForm, useLeaveGuard } from '../../components/form.tsx'
import { Card } from '../../components/page.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { useOrg } from '../../session/facts.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { TextAreaField, TextField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { securityKey, type SecurityRules, tryAddress } from './queries.ts'

/** So many of those who would be shut out are named. */
const NAMED = 8

const linesOf = (text: string): readonly string[] =>
  text
    .split(/[\n,;]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** From where the organisation can be entered; whoever would be shut out is shown before it is saved. */
export function Addresses({ rules }: { readonly rules: SecurityRules }) {
  const { t } = useTranslation('security')
  const org = useOrg()
  const client = useQueryClient()
  const saved = () => {
    toastDone(t('addressesSaved'))
    void client.invalidateQueries({ queryKey: securityKey(org) })
  }
  const save = (text: string, accept_lockout: boolean) =>
    answerOf(
      api.PUT('/api/orgs/{org}/security/addresses', {
        params: { path: { org } },
        body: { addresses: [...linesOf(text)], ...(accept_lockout && { accept_lockout }) },
      }),
    )
  const form = useForm({
    initial: { addresses: rules.addresses.join('\n') },
    version: rules.version,
    send: ({ addresses }) => save(addresses, false),
    onDone: saved,
  })
  const guard = useLeaveGuard(form.isDirty)
  const [isAccepting, setAccepting] = useState(false)
  return (
    <Form form={form}>
      <Card title={t('addresses')} purpose={t('addressesPurpose')}>
        <div className="flex flex-col gap-4">
          <TextAreaField
            label={t('allowed')}
            hint={t('allowedHint')}
            rows={5}
            isMono
            placeholder={'203.0.113.0/24\n198.51.100.7-198.51.100.20\n2001:db8::/48'}
            value={form.values.addresses}
            onChange={(value) => form.set('addresses', value)}
            error={form.errorOf('addresses')}
          />
          <p className="meta text-fg3">{t('yourAddress', { address: rules.your_address })}</p>
          <Simulator own={rules.your_address} proposed={linesOf(form.values.addresses)} />
          {form.problem?.code === 'lockout_unconfirmed' && (
            <Button variant="danger" className="self-start" onClick={() => setAccepting(true)}>
              {t('saveAnyway')}
            </Button>
          )}
        </div>
      </Card>
      <SaveBar form={form} />
      <ConfirmDialog
        isOpen={isAccepting}
        onClose={() => setAccepting(false)}
        title={t('acceptTitle')}
        confirmLabel={t('saveAnywayNow')}
        onConfirm={async () => {
          await save(form.values.addresses, true)
          form.reset(form.values)
          saved()
        }}
      >
        {t('acceptText')}
      </ConfirmDialog>
      {guard.question}
    </Form>
  )
}

/** Asks the server what a list would do, before it is saved. */
function Simulator({ own, proposed }: { readonly own: string; readonly proposed: readonly string[] }) {
  const { t } = useTranslation('security')
  const org = useOrg()
  const [address, setAddress] = useState(own)
  const act = useMutation({ mutationFn: () => tryAddress(org, address.trim(), proposed) })
  return (
    <div className="flex flex-col gap-3 rounded-lg border bg-sunken p-3">
      <div className="flex flex-wrap items-end gap-2">
        <TextField
          label={t('tryAddress')}
          isMono
          value={address}
          onChange={setAddress}
          className="min-w-0 flex-1 basis-48"
        />
        <Button size="large" isBusy={act.isPending} onClick={() => act.mutate()}>
          {t('tryList')}
        </Button>
      </div>
      {act.error !== null && <ProblemBanner problem={toProblem(act.error)} />}
      {act.data !== undefined && <Verdict verdict={act.data} />}
    </div>
  )
}

function Verdict({ verdict }: { readonly verdict: Awaited<ReturnType<typeof tryAddress>> }) {
  const { t } = useTranslation('security')
  const { address, is_allowed, entry, you_are_allowed, locked_out } = verdict
  const nameOf = useMemberName()
  const format = useFormat()
  const people = locked_out.member_ids.length
  const keys = locked_out.api_key_ids.length
  const namesOf = (ids: readonly string[]) => {
    const names = ids.slice(0, NAMED).map((id) => nameOf(id) ?? id)
    return format.list(ids.length > NAMED ? [...names, t('andMore', { count: ids.length - NAMED })] : names)
  }
  const isSafe = you_are_allowed && people === 0 && keys === 0
  const first = is_allowed ? t('getsIn', { address }) : t('staysOut', { address })
  return (
    <Banner tone={isSafe ? (is_allowed ? 'info' : 'warn') : 'bad'} title={first}>
      <ul className="list-disc ps-4">
        {entry !== null && <li>{t('byEntry', { entry })}</li>}
        {!you_are_allowed && <li>{t('youOut')}</li>}
        {people > 0 && (
          <li>
            {t('peopleOut', { count: people })} {namesOf(locked_out.member_ids)}
          </li>
        )}
        {keys > 0 && <li>{t('keysOut', { count: keys })}</li>}
        {isSafe && <li>{t('nobodyOut')}</li>}
      </ul>
    </Banner>
  )
}
