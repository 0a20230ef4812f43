// What the server's checks found in what is typed, brought to the controls that it is about.

import { createContext, type ReactNode, use, useMemo } from 'react'
import type { VersionDetail } from '../../api/app-desk.ts'

export type Finding = VersionDetail['checks'][number]['findings'][number]

type Place = { readonly findings: readonly Finding[]; readonly pointer: string }

const Here = createContext<Place>({ findings: [], pointer: '' })

/** A name as a step of a JSON pointer (RFC 6901). */
export const pointerStep = (name: string | number): string => String(name).replaceAll('~', '~0').replaceAll('/', '~1')

const isWithin = (pointer: string, whole: string): boolean => pointer === whole || pointer.startsWith(`${whole}/`)

/** The controls inside are told what was found. */
export function Findings({
  findings,
  children,
}: {
  readonly findings: readonly Finding[]
  readonly children: ReactNode
}) {
  return <Here value={useMemo(() => ({ findings, pointer: '' }), [findings])}>{children}</Here>
}

/** The controls inside belong to this part. `path` is written as in a pointer: `fields/0`. */
export function Within({ path, children }: { readonly path: string; readonly children: ReactNode }) {
  const { findings, pointer } = use(Here)
  const place = useMemo(() => {
    const whole = `${pointer}/${path}`
    return { findings: findings.filter((each) => isWithin(each.pointer, whole)), pointer: whole }
  }, [findings, pointer, path])
  return <Here value={place}>{children}</Here>
}

/** What was found around here. */
export function useFindings() {
  const { findings, pointer } = use(Here)
  const whole = (path: string): string => (path === '' ? pointer : `${pointer}/${path}`)
  return {
    /** What is wrong with a member and everything in it; null when nothing is. */
    mistakeIn: (path: string): string | null =>
      findings.find((each) => isWithin(each.pointer, whole(path)))?.message ?? null,
    /** What is wrong with the very member, whose parts speak for themselves. */
    mistakeAt: (path: string): string | null => findings.find((each) => each.pointer === whole(path))?.message ?? null,
    /** What is wrong in a member, but not in these of its parts. */
    mistakeBeside: (path: string, parts: readonly string[]): string | null => {
      const found = findings.find(
        ({ pointer: each }) =>
          isWithin(each, whole(path)) && !parts.some((part) => isWithin(each, whole(`${path}/${part}`))),
      )
      return found === undefined ? null : `${found.pointer.slice(whole(path).length + 1)} ${found.message}`.trim()
    },
    count: (path: string): number => findings.filter((each) => isWithin(each.pointer, whole(path))).length,
  }
}

/** Where a pointer leads to. */
export function Spot({ path, children }: { readonly path: string; readonly children: ReactNode }) {
  const { pointer } = use(Here)
  return <div data-pointer={`${pointer}/${path}`}>{children}</div>
}

/** Opens what is closed around the control that a pointer is about, or the nearest around it, and gives it the focus. */
export function goToSpot(pointer: string): void {
  const around = [...document.querySelectorAll<HTMLElement>('[data-pointer]')].filter(({ dataset }) =>
    isWithin(pointer, dataset['pointer'] ?? ''),
  )
  // In the order of the document the innermost comes last.
  const spot = around.at(-1)
  for (const spotAround of around) {
    const details = spotAround.querySelector(':scope > details')
    if (details instanceof HTMLDetailsElement) details.open = true
  }
  spot?.querySelector<HTMLElement>('input, textarea, button, summary')?.focus()
}
