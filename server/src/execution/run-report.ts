// A run as a document to keep: what it made, part by part as its app lays it out, with what people wrote over it marked as
// theirs, and who decided what (requirements 1.5 and 1.10).

import type { Actor } from '../access/actor.ts'
import { appendEntry, type Origin } from '../audit/append.ts'
import type { AppContract } from '../apps/contract.ts'
import { readFrozenContract } from '../apps/runnable.ts'
import { renderReport } from '../files/export.ts'
import type { Report, ReportFormat, ReportNote, ReportSection } from '../files/report.ts'
import type { ControlDatabase, OrganisationTx } from '../kernel/database.ts'
import { applyHumanLayer, type HumanLayer, valueAt } from '../supervision/human-layer.ts'
import { listDirectory } from '../tenancy/member.ts'
import { getPanel, type PanelNeeds, type PanelPlace } from './panel.ts'
import { runStateRefused } from './problems.ts'
import { getRun, openRunContent } from './run-record.ts'

type Reader = { readonly actor: Actor; readonly origin: Origin }
type Panel = Awaited<ReturnType<typeof getPanel>>
type Run = Awaited<ReturnType<typeof getRun>>
/** How to call a member in a document that is read elsewhere. */
type NameOf = (member_id: string | null) => string

const ACTS: Readonly<Record<string, string>> = {
  acknowledge: 'Acknowledged',
  approve: 'Approved',
  sign_off: 'Signed off',
  return: 'Returned',
  reject: 'Rejected',
}

/**
 * Writes a run down in a format; the log tells of it. Whoever may open its content may: `not_found` for all others,
 * `run_state_refused` while there is no draft yet.
 */
export async function exportRun(
  needs: PanelNeeds,
  place: PanelPlace,
  control: ControlDatabase,
  reader: Reader,
  run_id: string,
  format: ReportFormat,
): Promise<{ readonly bytes: Buffer; readonly content_type: string; readonly file_name: string }> {
  const { database } = place
  const content = await openRunContent(needs.vault, place, reader.actor, reader.origin, run_id)
  const panel = await getPanel(needs, place, reader.actor, run_id)
  const { run, contract } = await database.transaction((tx) => readRun(tx, reader.actor, run_id))
  if (content.output === null) throw runStateRefused({ state: run.state })
  const people = [
    run.requester_id,
    ...panel.decisions.map((each) => each.member_id),
    ...panel.human_layer.map((each) => each.by),
  ]
  const ids = [...new Set(people)].filter((id) => id !== null)
  const { items } = await listDirectory(control, database, { ids, limit: 200 })
  const names = new Map(items.map(({ id, name }) => [id, name]))
  const nameOf: NameOf = (id) => (id === null ? 'the platform' : (names.get(id) ?? id))
  const report = reportOf(run, contract, panel, content.output, nameOf)
  const { bytes, content_type } = await renderReport(report, format)
  await database.transaction((tx) =>
    appendEntry(tx, reader.origin, {
      event: 'execution.exported',
      target: { type: 'run', id: run_id },
      execution_id: run_id,
      data: { format, is_final: report.is_final, revision: panel.revision },
    }),
  )
  const state = report.is_final ? 'final' : `draft-${panel.revision}`
  return {
    bytes,
    content_type,
    file_name: `${run.app_name} ${run.admitted_at.toISOString().slice(0, 10)} ${state}.${format}`,
  }
}

async function readRun(tx: OrganisationTx, actor: Actor, run_id: string) {
  const run = await getRun(tx, actor, run_id)
  return { run, contract: await readFrozenContract(tx, Buffer.from(run.contract_sha256, 'hex')) }
}

function reportOf(run: Run, contract: AppContract, panel: Panel, output: unknown, nameOf: NameOf): Report {
  const is_final = run.ended_as === 'finalised'
  return {
    title: contract.result.title ?? run.app_name,
    is_final,
    facts: [
      ['App', `${run.app_name} ${run.app_version}`],
      ['Run', run.id],
      ['Requested by', nameOf(run.requester_id)],
      ['Risk', run.risk],
      ['Started', run.admitted_at.toISOString()],
      ...(run.sealed_at === null ? [] : [['Finalised', run.sealed_at.toISOString()] as const]),
      ['SHA-256 of the output', panel.output_sha256 ?? '–'],
      ['SHA-256 of what people wrote over it', panel.human_layer_sha256 ?? 'nothing was written over it'],
    ],
    sections: sectionsOf(contract, panel.human_layer, output, nameOf),
    decisions: panel.decisions.map(({ act, level, member_id, decided_at, comment, counts }) => ({
      act: `${ACTS[act] ?? act} (level ${level})${counts ? '' : ', void since'}`,
      by: nameOf(member_id),
      at: decided_at,
      comment,
    })),
  }
}

function sectionsOf(
  contract: AppContract,
  layer: HumanLayer,
  output: unknown,
  nameOf: NameOf,
): readonly ReportSection[] {
  const layout = contract.result.layout ?? [{ pointer: '', label: 'Result' }]
  const { value, before } = applyHumanLayer(output, layer)
  const noted = (pointer: string, isWhole: boolean): readonly ReportNote[] =>
    layer
      .filter((record) =>
        isWhole ? !layout.some((part) => covers(part.pointer, record.pointer)) : covers(pointer, record.pointer),
      )
      .map((record) => ({
        kind: record.kind,
        by: nameOf(record.by),
        at: new Date(record.at),
        text: `${record.pointer === pointer ? '' : `${record.pointer}: `}${saidBy(record)}`,
        before: before.has(record.id) ? written(before.get(record.id)) : null,
      }))
  const rest = noted('', true)
  return [
    ...layout.map(({ pointer, label }) => ({
      title: label,
      pointer,
      value: valueAt(value, pointer).value ?? null,
      notes: noted(pointer, false),
    })),
    ...(rest.length === 0 ? [] : [{ title: 'Notes', pointer: '', value: null, notes: rest }]),
  ]
}

const covers = (whole: string, part: string): boolean => part === whole || part.startsWith(`${whole}/`)
const written = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? '–'))

function saidBy({ value, text }: HumanLayer[number]): string {
  const parts = [...(value === undefined ? [] : [written(value)]), ...(text ? [text] : [])]
  return parts.join(' – ')
}
