/**
 * A past for one organisation: copies of executions it really ran, with their transfers and log entries, under new ids and
 * earlier times. Copying whatever columns there are keeps this true as the tables change.
 */
import pg from 'pg'

/** The tables a call writes to, and the column that names its execution. */
const COPIED = [
  { table: 'execution.execution', key: 'id' },
  { table: 'ledger.transfer', key: 'execution_id' },
  { table: 'audit.entry', key: 'execution_id' },
] as const

/** Executions that are copied: the newest, which are real. */
const MODELS = 1000

/** Copies made in one transaction. */
const BATCH = 20_000

/** How far back the copies reach. */
const PAST_DAYS = 90

async function countExecutions(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: string | number }>('select count(*) from execution.execution')
  return Number(rows[0]?.count ?? 0)
}

/** The select list that copies a row: new ids, times moved by the copy's shift, no idempotency key, the rest as it is. */
async function createCopyList(client: pg.Client, table: string, key: string): Promise<{ into: string; from: string }> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, null) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  )
  const copy = ({ name, type }: { name: string; type: string }) => {
    if (name === key) return 'c.copy_id'
    // A row that bears the id of its execution goes on doing so.
    if (name === 'id') return `case when o.id = o.${key} then c.copy_id else uuidv7(-c.shift) end`
    if (name === 'idempotency_hash' || name === 'fingerprint') return 'null'
    if (type === 'timestamp with time zone' || type === 'date') return `(o.${name} - c.shift)::${type}`
    return `o.${name}`
  }
  return { into: rows.map(({ name }) => name).join(', '), from: rows.map(copy).join(', ') }
}

/**
 * Brings the organisation in `database_url` to at least `executions` past executions. Refuses when it has none to copy. The
 * role must be allowed to insert into the organisation's tables; PostgreSQL 18 is needed for its time-ordered ids.
 */
export async function seedHistory(database_url: string, executions: number): Promise<void> {
  const client = new pg.Client({ connectionString: database_url })
  await client.connect()
  try {
    await client.query(
      `create temporary table model as select id, row_number() over () - 1 as n
         from (select id from execution.execution where state <> 'running' order by id desc limit $1) as newest`,
      [MODELS],
    )
    await client.query('create temporary table copy (model_id uuid, copy_id uuid, shift interval)')
    for (let missing = executions - (await countExecutions(client)); missing > 0; missing -= BATCH) {
      await copyBatch(client, Math.min(missing, BATCH))
    }
    if ((await countExecutions(client)) < executions) throw new Error('the organisation has no execution to copy')
    for (const { table } of COPIED) await client.query(`vacuum (analyze) ${table}`)
  } finally {
    await client.end()
  }
}

async function copyBatch(client: pg.Client, copies: number): Promise<void> {
  await client.query('begin')
  await client.query('truncate copy')
  await client.query(
    `insert into copy select m.id, uuidv7(-s.shift), s.shift
     from (select n, random() * $2 * interval '1 day' as shift from generate_series(1, $1::int) as n) as s
     join model as m on m.n = s.n % (select count(*) from model) order by s.shift desc`,
    [copies, PAST_DAYS],
  )
  for (const { table, key } of COPIED) {
    const { into, from } = await createCopyList(client, table, key)
    await client.query(
      `insert into ${table} (${into}) select ${from} from ${table} as o join copy as c on c.model_id = o.${key}`,
    )
  }
  await client.query('commit')
}
