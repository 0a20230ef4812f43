import type { ControlDatabase } from '../kernel/database.ts'
import { firstIdAt } from '../kernel/id.ts'
import type { Job } from '../kernel/job.ts'
import type { Sweep } from '../kernel/sweep.ts'
import type { Mailer } from '../mail/message.ts'
import type { ImportHints } from './import/hints.ts'
import { runOwnImport } from './import/own-import.ts'
import { runPlatformImport } from './import/platform-run.ts'
import { forgetOldImports } from './import/result.ts'
import { settleAgain } from './scim/platform-settle.ts'
import { alarmUnbreakableGlass } from './sso/glass-alarm.ts'
import { mendDirectory } from './directory.ts'
import { deliverEntries } from './entry-delivery.ts'
import { listAwaiting, openAwaiting } from './invitation-acceptance.ts'
import { type OwnerNoticeNeeds, tellOwners } from './owner-notice.ts'
import { type CreationNeeds, listUndecided, undoCreation } from './organisation-creation.ts'

const DAY_MS = 86_400_000
/** Clocks of nodes differ, and an entry may be committed a moment after its id was made. */
const OVERLAP_MS = 60_000
const MEND_EVERY_MS = 600_000

/** What tenancy does by itself: it finishes or undoes what a node that died has left half done. */
export function tenancyJobs(needs: CreationNeeds): readonly Job[] {
  return [
    undoCreations(needs),
    deliverPlatformEntries(needs),
    mendDirectories(needs),
    openOrganisations(needs),
    {
      name: 'alarm where nobody can break the glass',
      every_ms: 600_000,
      run: async () => void (await alarmUnbreakableGlass(needs)),
    },
    { name: 'settle what providers of the platform said', every_ms: 15_000, run: () => settleAgain(needs) },
  ]
}

function undoCreations(needs: CreationNeeds): Job {
  return {
    name: 'undo undecided organisations',
    every_ms: 15_000,
    async run() {
      await forEach(await listUndecided(needs.control), (id) => undoCreation(needs, id))
    },
  }
}

/** Works at what was started: imports of super-admins, and those of organisations where one is said to wait. */
export function importJob(needs: CreationNeeds & { readonly mailer: Mailer; readonly imports: ImportHints }): Job {
  const { mailer, imports } = needs
  return {
    name: 'import people',
    every_ms: 1000,
    async run() {
      while (await runPlatformImport({ ...needs, vault: mailer.vault }));
      await forEach(imports.take(), async (id) => {
        while (await runOwnImport(needs, id));
      })
    },
  }
}

/** Mails owners what they must not learn from the log alone. */
export function ownerNoticeJob(needs: OwnerNoticeNeeds): Job {
  return {
    name: 'tell owners by mail',
    every_ms: 1000,
    async run() {
      while ((await tellOwners(needs)) > 0);
    },
  }
}

/** Forgets files that nobody started, and passwords that nobody took. */
export function oldImportJob(control: ControlDatabase): Job {
  return {
    name: 'forget old imports',
    every_ms: 3_600_000,
    run: () => control.transaction(forgetOldImports),
  }
}

/** Notes for that job where an import waits. */
export const importSweep = (imports: ImportHints): Sweep => ({
  due: "exists (select from tenancy.import where state = 'running')",
  run: async (_database, organisation_id) => imports.add(organisation_id),
})

/** An owner accepted, and the node died before it could say so in control. */
function openOrganisations({ control, databases }: CreationNeeds): Job {
  return {
    name: 'open organisations whose owner has come',
    every_ms: 60_000,
    async run() {
      await forEach(await listAwaiting(control), async (id) => openAwaiting(control, await databases.of(id), id))
    },
  }
}

function deliverPlatformEntries({ control, databases }: CreationNeeds): Job {
  let since_ms = Date.now() - DAY_MS
  return {
    name: 'deliver platform entries',
    every_ms: 5000,
    async run() {
      const started_ms = Date.now()
      const undelivered = await deliverEntries(control, databases, firstIdAt(new Date(since_ms)))
      since_ms = Math.max(undelivered.length === 0 ? started_ms - OVERLAP_MS : since_ms, started_ms - DAY_MS)
      if (undelivered.length > 0) {
        throw new AggregateError(
          undelivered.map((each) => each.cause),
          `Entries wait for ${undelivered.length} organisations that cannot be reached`,
        )
      }
    },
  }
}

function mendDirectories({ control, databases }: CreationNeeds): Job {
  const doubtful = new Map<string, ReadonlySet<string>>()
  return {
    name: 'mend the member directory',
    every_ms: MEND_EVERY_MS,
    async run() {
      const organisations = await control.transaction((tx) =>
        tx.selectFrom('tenancy.organisation').select('id').where('status', '<>', 'creating').execute(),
      )
      await forEach(
        organisations.map((each) => each.id),
        async (id) => {
          const before = doubtful.get(id) ?? new Set()
          doubtful.delete(id)
          doubtful.set(id, (await mendDirectory(control, databases, id, before)).doubtful)
        },
      )
    },
  }
}

/** One after the other; one that fails does not keep the others waiting, and all failures are told at the end. */
async function forEach(ids: readonly string[], work: (id: string) => Promise<unknown>): Promise<void> {
  const causes: unknown[] = []
  for (const id of ids) {
    try {
      await work(id)
    } catch (cause) {
      causes.push(cause)
    }
  }
  if (causes.length > 0)
    throw new AggregateError(causes, `It failed for ${causes.length} of ${ids.length} organisations`)
}
