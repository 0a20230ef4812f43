// What a node runs apps with: the desk where runs are asked for, and the engine that works on them.

import type { OnAppBlocked } from './apps/blocked.ts'
import { originOf } from './audit/append.ts'
import type { Deployment } from './deployment.ts'
import { createEngine, type Engine } from './execution/engine.ts'
import { createToolCaller } from './execution/tool-caller.ts'
import type { RunDesk } from './execution/run-desk.ts'
import { createRunTools, type RunTools } from './execution/run-tools.ts'
import { cancelRunsOf } from './execution/transition.ts'
import { createMemberFacts } from './invocation/member-facts.ts'
import type { Performer } from './invocation/performer.ts'
import { createHints, type Hints } from './kernel/hint.ts'

export type Runs = {
  readonly desk: RunDesk
  readonly engine: Engine
  readonly run_tools: RunTools
  /** Of runs that are due, by the id of their organisation. */
  readonly hints: Hints
}

/**
 * Opens both for a node. The engine takes nothing before its jobs or a hint tell it to; on a node that does not work it
 * takes nothing at all, and tells those that do.
 */
export function openRuns(deployment: Deployment, performer: Performer, works = true): Runs {
  const { config, control, databases, fields, keys, log, node_id, secrets } = deployment
  const egress = { allow_private: config.allow_private_tools }
  const facts = createMemberFacts(control)
  const run_tools = createRunTools(control, keys)
  const tools = createToolCaller(secrets, egress)
  const hints = createHints(control, log)
  const engine = createEngine({
    control,
    databases,
    vault: fields,
    performer,
    facts,
    tools,
    run_tools,
    node_id,
    log,
    tellOthers: hints.tell,
    ...(!works && { capacity: 0 }),
  })
  const desk: RunDesk = {
    control,
    egress,
    vault: fields,
    facts,
    run_tools,
    node_id,
    apps: new Map(),
    kept: new Set(),
    engine,
  }
  return { desk, engine, run_tools, hints }
}

/** Ends the open runs of an app that may be run no more (ruling 10), told to the log as the platform's own act. */
export const endRunsOfApp: OnAppBlocked = (tx, organisation_id, app_id) =>
  cancelRunsOf(
    tx,
    originOf(
      { kind: 'system', organisation_id, name: 'catalogue', use: { via: 'system' } },
      { request_id: null, address: null },
    ),
    { app_id },
    'app_blocked',
  )
