import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'
import { problemText } from '../../components/problem-text.ts'
import { fileNameOf, saveFile } from '../../components/save-file.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { toastProblem } from '../../ui/toast.tsx'

const FORMATS = ['pdf', 'docx', 'txt', 'json'] as const
type Format = (typeof FORMATS)[number]

/** The result as a file; the log notes each, and who takes it has proved who they are just now. The page stays. */
export function ExportMenu({ org, run_id }: { readonly org: string; readonly run_id: string }) {
  const { t } = useTranslation('runs')
  const { t: word } = useTranslation('words')
  const path = { org, run: run_id }
  const save = async (format: Format) => {
    const asked = api.GET('/api/orgs/{org}/runs/{run}/export', { params: { path, query: { format } }, parseAs: 'blob' })
    const file = await answerOf(asked)
    saveFile(file, fileNameOf((await asked).response, `${run_id}.${format}`))
  }
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
            onSelect: () => {
              save(format).catch((error: unknown) => toastProblem(problemText(word, toProblem(error))))
            },
          })),
        },
      ]}
    />
  )
}
