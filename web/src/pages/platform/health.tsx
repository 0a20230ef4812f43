import { useTranslation } from 'react-i18next'
import type { Overview } from '../../api/platform.ts'
import { Card, type Fact, Facts } from '../../components/page.tsx'
import { Badge } from '../../ui/badge.tsx'
import { TextLink } from '../../ui/button.tsx'

/** What runs, and what stands still. */
export function Health({ overview }: { readonly overview: Overview }) {
  const { t } = useTranslation('platform')
  const { health, models, people } = overview
  const mail = health.has_mail_server ? (
    <Badge tone={health.mails_failed > 0 ? 'bad' : 'ok'}>
      {health.mails_failed > 0 ? t('health.mailsFailed', { count: health.mails_failed }) : t('health.works')}
    </Badge>
  ) : (
    <Badge tone="warn">{t('health.noMail')}</Badge>
  )
  const facts: readonly Fact[] = [
    { label: t('health.nodes'), value: <Badge tone="ok">{t('health.nodeCount', { count: health.nodes })}</Badge> },
    {
      label: t('health.secrets'),
      value:
        health.secrets_failure === null ? (
          <Badge tone="ok">{t('health.works')}</Badge>
        ) : (
          <span className="text-bad">{health.secrets_failure}</span>
        ),
    },
    {
      label: t('health.mail'),
      value: <TextLink to="/platform/mail">{mail}</TextLink>,
    },
    { label: t('health.spares'), value: t('health.spareCount', { count: health.spare_databases }) },
    { label: t('health.imports'), value: t('health.running', { count: health.imports_running }) },
    ...(models.keyless_providers === 0
      ? []
      : [
          {
            label: t('health.providers'),
            value: <Badge tone="warn">{t('health.keyless', { count: models.keyless_providers })}</Badge>,
          },
        ]),
    ...(people.unprotected_superadmins === 0
      ? []
      : [
          {
            label: t('health.superadmins'),
            value: <Badge tone="warn">{t('health.unprotected', { count: people.unprotected_superadmins })}</Badge>,
          },
        ]),
  ]
  return (
    <Card title={t('health.title')}>
      <Facts facts={facts} />
    </Card>
  )
}
