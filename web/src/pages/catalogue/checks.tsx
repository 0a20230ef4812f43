import { CircleCheck, CircleDashed, CircleX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { VersionDetail } from '../../api/app-desk.ts'

const ICON = {
  passed: <CircleCheck size={16} aria-hidden className="mt-0.5 shrink-0 text-ok" />,
  failed: <CircleX size={16} aria-hidden className="mt-0.5 shrink-0 text-bad" />,
  pending: <CircleDashed size={16} aria-hidden className="mt-0.5 shrink-0 text-fg3" />,
}

/** The eleven checks as they come out now, each with the places that it complains of. */
export function Checks({
  checks,
  onGo,
}: Pick<VersionDetail, 'checks'> & {
  /** Goes to the place that a finding is about. */
  readonly onGo?: (pointer: string) => void
}) {
  const { t } = useTranslation('catalogue')
  return (
    <ol className="flex flex-col gap-3">
      {checks.map(({ check, says, result, findings }) => (
        <li key={check} className="flex gap-2.5">
          {ICON[result]}
          <div className="min-w-0">
            <p className="font-medium">
              {t(`checks.${check}`)} <span className="meta font-normal text-fg3">{t(`results.${result}`)}</span>
            </p>
            <p className="text-fg2">{t(`checksSay.${check}`, { defaultValue: says })}</p>
            {findings.length > 0 && (
              <ul className="mt-1 flex flex-col gap-1">
                {findings.map(({ pointer, message }, index) => (
                  <li key={index} className="meta break-words text-bad">
                    {onGo === undefined || pointer === '' ? (
                      <>
                        {pointer !== '' && <code className="font-mono">{pointer}</code>} {message}
                      </>
                    ) : (
                      <button type="button" className="text-start hover:underline" onClick={() => onGo(pointer)}>
                        <code className="font-mono break-all">{pointer}</code> {message}
                      </button>
                    )}
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
