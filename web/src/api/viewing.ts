// Looking at an organisation as somebody with other roles would see it. It only narrows what this tab shows and keeps it from
// acting: what is asked stays asked by whoever is signed in, and the server decides by them alone.

import { ApiProblem } from './problem.ts'

export const BASE_ROLES = ['owner', 'admin', 'member'] as const
export const SURFACES = ['studio', 'hub'] as const
export const DESIGNATIONS = ['manager', 'reviewer', 'compliance_officer', 'expert'] as const

/** The roles that are looked through. */
export type Worn = {
  readonly base_role: (typeof BASE_ROLES)[number]
  readonly surface: (typeof SURFACES)[number]
  readonly designation?: (typeof DESIGNATIONS)[number]
  readonly role_id?: string
}

export type Viewing = {
  readonly org: string
  readonly worn: Worn
  /** The organisation's own role among them, by its name. */
  readonly role_name?: string
}

/** A tab looks, not a browser: it lasts until the tab is closed. */
const KEPT = 'reeve.viewing'

const listeners = new Set<() => void>()
let current = read()

/** What this tab looks as; null when it looks as whoever is signed in. */
export const currentViewing = (): Viewing | null => current

/** Calls when it changes; returns how to stop that. */
export function onViewingChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const startViewing = (viewing: Viewing): void => change(viewing)
export const stopViewing = (): void => change(null)

function change(viewing: Viewing | null): void {
  current = viewing
  try {
    if (viewing === null) sessionStorage.removeItem(KEPT)
    else sessionStorage.setItem(KEPT, written(viewing))
  } catch {
    // Storage may be forbidden: then it lasts until the page is loaded again.
  }
  for (const listener of listeners) listener()
}

function written({ org, worn, role_name }: Viewing): string {
  const { base_role, surface, designation, role_id } = worn
  const given = { org, base_role, surface, designation, role_id, role_name }
  return new URLSearchParams(
    Object.entries(given).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]])),
  ).toString()
}

function read(): Viewing | null {
  try {
    const kept = new URLSearchParams(sessionStorage.getItem(KEPT) ?? '')
    const org = kept.get('org')
    const base_role = BASE_ROLES.find((each) => each === kept.get('base_role'))
    const surface = SURFACES.find((each) => each === kept.get('surface'))
    const designation = DESIGNATIONS.find((each) => each === kept.get('designation'))
    const role_id = kept.get('role_id')
    const role_name = kept.get('role_name')
    if (org === null || base_role === undefined || surface === undefined) return null
    const worn = { base_role, surface, ...(designation && { designation }), ...(role_id !== null && { role_id }) }
    return { org, worn, ...(role_name !== null && { role_name }) }
  } catch {
    return null
  }
}

/** Throws `viewing_as` for an act in the organisation that is only looked at. */
export function requireNotViewing({ method, url }: Request): void {
  if (current === null || method === 'GET') return
  const { pathname } = new URL(url)
  if (pathname !== `/api/orgs/${current.org}` && !pathname.startsWith(`/api/orgs/${current.org}/`)) return
  throw new ApiProblem({ status: 0, code: 'viewing_as', title: 'Nothing is done while you look as somebody else' })
}
