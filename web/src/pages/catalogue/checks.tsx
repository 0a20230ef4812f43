import { CircleCheck, CircleDashed, CircleX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { VersionDetail } from '../../api/app-desk.ts'

const ICON = {
  passed: <CircleCheck size={16} aria-hidden className="mt-0.5 shrink-0 text-ok" />,
  failed: <CircleX size={16} aria-hidden className="mt-0.5 shrink-0 text-bad" />,
  pending: <CircleDashed size={16} aria-hidden className="mt-0.5 shrink-0 text-fg3" />,
}

/** The eleven checks as they come out now, each with the places that it complains of. */
export function Checks({ version }: { readonly version: Pick<VersionDetail, 'checks'> }) {
  const { t } = useTranslation('catalogue')
  return (
    <ol className="flex flex-col gap-3">
      {version.checks.map(({ check, says, result, findings }) => (
        <li key={check} className="flex gap-2.5">
          {ICON[result]}
          <div className="min-w-0">
            <p className="font-medium">
              {t(`checks.${check}`)} <span className="meta font-normal text-fg3">{t(`results.${result}`)}</span>
            </p>
            <p className="text-fg2">{says}</p>
            {findings.length > 0 && (
              <ul className="mt-1 flex flex-col gap-1">
                {findings.map(({ pointer, message }, index) => (
                  <li key={index} className="meta break-words text-bad">
                    {pointer !== '' && <code className="font-mono">{pointer}</code>} {message}
                  </li>
                ))}
              </ul>
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}
