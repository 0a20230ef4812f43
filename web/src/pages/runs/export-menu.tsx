import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'

const FORMATS = ['pdf', 'docx', 'txt', 'json'] as const

/** The result as a file; the log notes each. The browser saves it, the page stays. */
export function ExportMenu({ org, run_id }: { readonly org: string; readonly run_id: string }) {
  const { t } = useTranslation('runs')
  return (
    <Menu
      trigger={
        <Button>
          <Download size={15} aria-hidden />
          {t('export')}
        </Button>
      }
      groups={[
        {
          items: FORMATS.map((format) => ({
            id: format,
            label: t(`formats.${format}`),
            onSelect: () => location.assign(`/api/orgs/${org}/runs/${run_id}/export?format=${format}`),
          })),
        },
      ]}
    />
  )
}
