import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { type PlatformSettings, settingsQuery } from '../../api/platform.ts'
import { toProblem } from '../../api/problem.ts'
import { BrandPreview } from '../../components/brand-preview.tsx'
import { ColourField, isColour } from '../../components/colour-field.tsx'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Form, SaveBar, useForm, useLeaveGuard } from '../../components/form.tsx'
import { Card, Columns, Page, PageHeader } from '../../components/page.tsx'
import { PictureField } from '../../components/picture-field.tsx'
import { problemText } from '../../components/problem-text.ts'
import { TextField } from '../../ui/field.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import { type BrandDraft, brandOf, draftOf, lookOf } from './brand.ts'

const PICTURES = ['logo', 'logo_inverse', 'favicon'] as const

/** The face of the deployment: in the sidebar, on the pages before the sign-in, and in mails. */
export function BrandingPage() {
  const { t } = useTranslation('branding')
  const { data: settings } = useSuspenseQuery(settingsQuery)
  return (
    <Page kind="detail">
      <PageHeader title={t('title')} purpose={t('purpose')} actions={<CopyAsCurl path="/api/platform/settings" />} />
      <BrandForm key={JSON.stringify(draftOf(settings))} settings={settings} />
    </Page>
  )
}

/** Puts settings in force everywhere in this tab. */
function useChange(): (body: Partial<PlatformSettings>) => Promise<unknown> {
  const client = useQueryClient()
  return async (body) => {
    await answerOf(api.PATCH('/api/platform/settings', { body }))
    for (const topic of ['settings', 'overview']) void client.invalidateQueries({ queryKey: ['platform', topic] })
    void client.invalidateQueries({ queryKey: ['deployment'] })
  }
}

function BrandForm({ settings }: { readonly settings: PlatformSettings }) {
  const { t } = useTranslation('branding')
  const { t: words } = useTranslation('words')
  const { t: start } = useTranslation('start')
  const change = useChange()
  const initial = draftOf(settings)
  const form = useForm<BrandDraft, unknown>({
    initial,
    check: ({ deployment_name, accent_color, support_address }) => ({
      ...(deployment_name.trim() === '' && { deployment_name: t('nameMissing') }),
      ...(!isColour(accent_color) && { accent_color: t('colourWrong') }),
      ...(support_address !== '' && !support_address.includes('@') && { support_address: t('addressWrong') }),
    }),
    send: (values) => change(brandOf(values, initial)),
    onDone: (_result, values) =>
      toastDone(t('saved'), {
        label: t('undo'),
        run: () =>
          void change(brandOf(initial, values)).then(
            () => toastDone(t('undone')),
            (error: unknown) => toastProblem(t('notUndone'), problemText(words, toProblem(error))),
          ),
      }),
  })
  const guard = useLeaveGuard(form.isDirty)
  const field = (name: 'deployment_name' | 'support_address' | 'login_headline' | 'login_tagline') => ({
    value: form.values[name],
    onChange: (value: string) => form.set(name, value),
    error: form.errorOf(name),
  })
  const look = lookOf(form.values, { headline: start('loginTitle'), tagline: start('loginPurpose') })
  return (
    <Form form={form} className="gap-5">
      <Columns
        side={
          <Card title={t('preview')} purpose={t('previewText')}>
            <BrandPreview look={look} />
          </Card>
        }
      >
        <Card title={t('name')}>
          <div className="flex flex-col gap-4">
            <TextField label={t('deploymentName')} maxLength={60} {...field('deployment_name')} />
            <TextField label={t('support')} hint={t('supportHint')} type="email" {...field('support_address')} />
            <ColourField
              value={form.values.accent_color}
              onChange={(value) => form.set('accent_color', value)}
              error={form.errorOf('accent_color')}
            />
          </div>
        </Card>
        <Card title={t('pictures')} purpose={t('picturesText')}>
          <div className="flex flex-col gap-5">
            {PICTURES.map((use) => (
              <PictureField
                key={use}
                use={use}
                value={form.values[use]}
                onChange={(name) => form.set(use, name)}
                error={form.errorOf(use)}
              />
            ))}
          </div>
        </Card>
        <Card title={t('login')} purpose={t('loginText')}>
          <div className="flex flex-col gap-4">
            <TextField label={t('headline')} note={t('optional')} maxLength={80} {...field('login_headline')} />
            <TextField label={t('tagline')} note={t('optional')} maxLength={200} {...field('login_tagline')} />
          </div>
        </Card>
      </Columns>
      <SaveBar form={form} />
      {guard.question}
    </Form>
  )
}
