import { useTranslation } from 'react-i18next'
import { JsonView } from './json-view.tsx'

type Json = Readonly<Record<string, unknown>>
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const written = (value: unknown): string =>
  value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value)

/** What an entry carries: what it changed side by side, and everything else as it is. */
export function ChangeView({ data }: { readonly data: unknown }) {
  const { t } = useTranslation('words')
  if (!isJson(data) || Object.keys(data).length === 0) return null
  const { before, after, ...rest } = data
  return (
    <>
      {(isJson(before) || isJson(after)) && (
        <Changes before={isJson(before) ? before : {}} after={isJson(after) ? after : {}} />
      )}
      {Object.keys(rest).length > 0 && (
        <section className="flex flex-col gap-1.5">
          <h3 className="font-medium">{t('change.details')}</h3>
          <JsonView label={t('change.details')} value={rest} />
        </section>
      )}
    </>
  )
}

function Changes({ before, after }: { readonly before: Json; readonly after: Json }) {
  const { t } = useTranslation('words')
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return (
    <table className="w-full table-fixed overflow-hidden rounded-lg border text-start">
      <caption className="sr-only">{t('change.title')}</caption>
      <thead className="bg-sunken">
        <tr>
          {(['field', 'before', 'after'] as const).map((name) => (
            <th key={name} scope="col" className="meta px-3 py-1.5 text-start font-medium text-fg2">
              {t(`change.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field} className="border-t align-top">
            <th scope="row" className="px-3 py-1.5 text-start font-normal break-words text-fg2">
              {field}
            </th>
            <td className="px-3 py-1.5 break-words text-bad line-through decoration-1">{written(before[field])}</td>
            <td className="px-3 py-1.5 break-words text-ok">{written(after[field])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
