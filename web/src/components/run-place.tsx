// Where a run belongs: in which project and for which use case it counts, and under whose law it is. Asked only where there
// is a choice; what has none is sent as it is. The server decides all the same.

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayRunIn, offeredProjectsQuery, offeredUseCasesQuery } from '../api/offered.ts'
import { placeRulesQuery, type RunPlace } from '../api/run-place.ts'
import { SelectField } from '../ui/select.tsx'
import type { AppContract } from './contract.ts'
import { useFormat } from './format.ts'
import type { Fact } from './page.tsx'

const NONE = 'none'
const TWO_LETTERS = /^[a-z]{2}$/

/** Names the mistake in the form of an app; no field of one can have this name. */
export const PLACE = 'run place'

type Choice = { readonly id: string; readonly name: string }
type Chosen = { readonly project: string | null; readonly useCase: string | null; readonly jurisdiction: string | null }

export type RunPlacing = {
  /** Sent with the quote and with the run. */
  readonly place: RunPlace
  readonly isReady: boolean
  /** Looks whether something must still be chosen; it is said at its field from then on. */
  readonly isIncomplete: () => boolean
  readonly projects: readonly Choice[]
  readonly useCases: readonly Choice[]
  readonly needsUseCase: boolean
  readonly jurisdictions: readonly string[]
  readonly isUseCaseMissing: boolean
  /** False: there is nothing that could be chosen. */
  readonly hasChoice: boolean
  readonly choose: (change: Partial<Chosen>) => void
}

/**
 * Places the runs of an app; without one, only the project is asked for. A given project is not asked for: the run belongs
 * where the chat does. `now` is where they belong so far.
 */
export function useRunPlace(
  org: string,
  contract: AppContract | null,
  project: string | null = null,
  now: RunPlace = {},
): RunPlacing {
  const [chosen, setChosen] = useState<Chosen>({
    project: now.project_id ?? null,
    useCase: now.use_case_id ?? null,
    jurisdiction: now.jurisdiction ?? null,
  })
  const [isLooked, setLooked] = useState(false)
  const rules = useQuery({ ...placeRulesQuery(org), enabled: contract !== null })
  const known = useQuery({ ...offeredProjectsQuery(org), enabled: project === null })
  const projects = (known.data ?? []).filter(mayRunIn)
  const usual = projects.find(({ kind }) => kind === 'default') ?? projects[0]
  const project_id = project ?? projects.find(({ id }) => id === chosen.project)?.id ?? usual?.id
  const asked = useQuery({
    ...offeredUseCasesQuery(org, project_id ?? ''),
    enabled: contract !== null && project_id !== undefined,
  })
  const useCases = asked.data ?? []
  const needsUseCase = rules.data?.needsUseCase === true
  const only = needsUseCase && useCases.length === 1 ? useCases[0]?.id : undefined
  const use_case_id = useCases.find(({ id }) => id === chosen.useCase)?.id ?? only
  const jurisdictions = contract === null ? [] : bothOf(contract.jurisdictions, rules.data?.jurisdictions ?? null)
  const jurisdiction = jurisdictions.find((each) => each === chosen.jurisdiction) ?? jurisdictions[0]
  const isMissing = needsUseCase && useCases.length > 0 && use_case_id === undefined
  return {
    place: {
      ...(project_id !== undefined && { project_id }),
      ...(use_case_id !== undefined && { use_case_id }),
      ...(jurisdiction !== undefined && { jurisdiction }),
    },
    isReady: !rules.isLoading && !known.isLoading && !asked.isLoading,
    isIncomplete() {
      setLooked(true)
      return isMissing
    },
    projects: project === null ? projects : [],
    useCases,
    needsUseCase,
    jurisdictions,
    hasChoice:
      (project === null && projects.length > 1) || jurisdictions.length > 1 || useCases.length > 0 || needsUseCase,
    isUseCaseMissing: isLooked && isMissing,
    choose: (change) => setChosen((before) => ({ ...before, ...change })),
  }
}

/** What an app offers and policy allows. Where they have nothing in common, the server says who forbids it. */
function bothOf(offered: readonly string[] | null, allowed: readonly string[] | null): readonly string[] {
  if (offered === null || allowed === null) return offered ?? allowed ?? []
  const both = offered.filter((each) => allowed.includes(each))
  return both.length > 0 ? both : offered.slice(0, 1)
}

/** The choices there are; nothing where there is none. */
export function RunPlaceFields({ placing }: { readonly placing: RunPlacing }) {
  const { t } = useTranslation('apps')
  const { language } = useFormat()
  const { place, projects, jurisdictions, choose } = placing
  if (!placing.hasChoice) return null
  return (
    <fieldset className="flex flex-col gap-4">
      <legend className="pb-3 text-sm font-medium">{t('place.title')}</legend>
      {projects.length > 1 && (
        <SelectField
          label={t('place.project')}
          hint={t('place.projectHint')}
          value={place.project_id ?? NONE}
          options={projects.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(project) => choose({ project, useCase: null })}
        />
      )}
      {(placing.useCases.length > 0 || placing.needsUseCase) && <UseCaseField placing={placing} />}
      {jurisdictions.length > 1 && (
        <SelectField
          label={t('place.jurisdiction')}
          hint={t('place.jurisdictionHint')}
          value={place.jurisdiction ?? NONE}
          options={jurisdictions.map((each) => ({ value: each, label: nameOf(each, language) }))}
          onChange={(jurisdiction) => choose({ jurisdiction })}
        />
      )}
    </fieldset>
  )
}

function UseCaseField({ placing }: { readonly placing: RunPlacing }) {
  const { t } = useTranslation('apps')
  const { place, useCases, needsUseCase, choose } = placing
  if (useCases.length === 0) return <p className="text-warn">{t('place.noUseCase')}</p>
  return (
    <SelectField
      label={t('place.useCase')}
      hint={t(needsUseCase ? 'place.useCaseNeeded' : 'place.useCaseHint')}
      {...(!needsUseCase && { note: t('form.optional') })}
      error={placing.isUseCaseMissing ? t('form.missing') : null}
      value={place.use_case_id ?? NONE}
      options={[
        ...(needsUseCase && place.use_case_id !== undefined ? [] : [{ value: NONE, label: t('form.choose') }]),
        ...useCases.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(next) => choose({ useCase: next === NONE ? null : next })}
    />
  )
}

/** A jurisdiction in the reader's words, its code beside it; the code alone for what is no region of the world. */
function nameOf(code: string, language: string): string {
  const name = TWO_LETTERS.test(code)
    ? new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }).of(code.toUpperCase())
    : undefined
  return name === undefined ? code : `${name} (${code})`
}

/** Where a run or a schedule belongs, as far as it says more than "here", in names that the reader may know. */
export function usePlaceFacts(
  org: string,
  at: { readonly project_id: string; readonly use_case_id: string | null; readonly jurisdiction: string | null },
): readonly Fact[] {
  const { t } = useTranslation('apps')
  const { language } = useFormat()
  const { project_id, use_case_id, jurisdiction } = at
  const { data: projects = [] } = useQuery(offeredProjectsQuery(org))
  const project = projects.find(({ id, my_role }) => id === project_id && my_role !== null)
  const { data: useCases = [] } = useQuery({
    ...offeredUseCasesQuery(org, project_id),
    enabled: project !== undefined && use_case_id !== null,
  })
  const useCase = useCases.find(({ id }) => id === use_case_id)
  return [
    ...(project === undefined || projects.length === 1 ? [] : [{ label: t('place.project'), value: project.name }]),
    ...(useCase === undefined ? [] : [{ label: t('place.useCase'), value: useCase.name }]),
    ...(jurisdiction === null ? [] : [{ label: t('place.jurisdiction'), value: nameOf(jurisdiction, language) }]),
  ]
}
