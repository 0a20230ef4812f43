import { useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Card, Page, PageHeader } from '../../components/page.tsx'
import { Day } from '../../components/time-ago.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { toastDone } from '../../ui/toast.tsx'

const CONSEQUENCES = ['people', 'keys', 'records', 'grace'] as const

/** Where an owner deletes the organisation: by its name, with a grace period in which a super-admin restores it. */
export function DangerPage() {
  const { t } = useTranslation('settings')
  const org = useOrg()
  const { organisation } = useAccess()
  const client = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const remove = async () => {
    const after = await answerOf(api.DELETE('/api/orgs/{org}', { params: { path: { org } } }))
    toastDone(t('deleted', { name: after.name }))
    await client.invalidateQueries({ queryKey: ['me'] })
    await client.invalidateQueries({ queryKey: ['org', org] })
  }
  const isDeleted = organisation.status === 'pending_purge'
  return (
    <Page kind="form">
      <PageHeader
        title={t('danger')}
        purpose={organisation.name}
        actions={<CopyAsCurl method="DELETE" path={`/api/orgs/${org}`} />}
      />
      {isDeleted ? (
        <Banner tone="bad" title={t('isDeleted')}>
          {organisation.purge_after !== null && (
            <>
              {t('purgedAfter')} <Day at={organisation.purge_after} />. {t('restoreBy')}
            </>
          )}
        </Banner>
      ) : (
        <Card title={t('whatHappens')}>
          <ul className="list-disc space-y-1.5 ps-5 text-fg2">
            {CONSEQUENCES.map((each) => (
              <li key={each}>{t(`consequence.${each}`)}</li>
            ))}
          </ul>
          <div className="mt-5">
            <Button variant="danger" onClick={() => setAsking(true)}>
              <Trash2 size={15} aria-hidden />
              {t('deleteMore')}
            </Button>
          </div>
        </Card>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('deleteTitle', { name: organisation.name })}
        confirmLabel={t('delete')}
        typeToConfirm={organisation.name}
        onConfirm={remove}
      >
        {t('deleteText')}
      </ConfirmDialog>
    </Page>
  )
}
