import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLane, isTurnedAway, type LaneOptions } from './lane.ts'
import { overloaded } from './problem.ts'

type Question = { readonly name: string; readonly asker: string; readonly rank: 0 | 1 }

const ask = (name: string, asker = 'one', rank: 0 | 1 = 1): Question => ({ name, asker, rank })
const many = (count: number, asker = 'one', rank: 0 | 1 = 1) =>
  Array.from({ length: count }, (_, index) => ask(`${asker}${index}`, asker, rank))

const OPTIONS: Omit<LaneOptions<Question, string>, 'run'> = {
  class_of: (question) => question.rank,
  asker_of: (question) => question.asker,
  max_batch: 8,
  max_share: 3,
  min_gap_ms: 0,
  max_waiting: 50,
  max_wait_ms: 10_000,
}

/** A lane whose first statement hangs until `open()`, so that a test decides what waits meanwhile. */
function startGated(options: Partial<LaneOptions<Question, string>> = {}) {
  const batches: string[][] = []
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const lane = createLane<Question, string>({
    ...OPTIONS,
    async run(batch) {
      batches.push(batch.map((question) => question.name))
      await gate
      return batch.map((question) => `${question.name}!`)
    },
    ...options,
  })
  return { lane, batches, open }
}

test('a lone question is sent at once', async () => {
  const { lane, batches, open } = startGated()
  const answer = lane.ask(ask('a'))
  expect(batches).toEqual([['a']])
  open()
  expect(await answer).toBe('a!')
})

test('what arrives while a statement is under way goes together, in order of arrival', async () => {
  const { lane, batches, open } = startGated()
  const answers = ['a', 'b', 'c', 'd'].map((name) => lane.ask(ask(name)))
  open()
  expect(await Promise.all(answers)).toEqual(['a!', 'b!', 'c!', 'd!'])
  expect(batches).toEqual([['a'], ['b', 'c', 'd']])
})

test('one statement is under way at a time, and every question gets its own answer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ rank: fc.constantFrom(0, 1), turns: fc.nat(3) })), async (arrivals) => {
      let underWay = 0
      const lane = createLane<Question, string>({
        ...OPTIONS,
        max_waiting: Infinity,
        async run(batch) {
          expect(++underWay).toBe(1)
          expect(batch.length).toBeLessThanOrEqual(OPTIONS.max_batch)
          await new Promise(setImmediate)
          underWay--
          return batch.map((question) => `${question.name}!`)
        },
      })
      const answers: Promise<string>[] = []
      for (const [index, { rank, turns }] of arrivals.entries()) {
        for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate)
        answers.push(lane.ask(ask(String(index), 'one', rank === 0 ? 0 : 1)))
      }
      expect(await Promise.all(answers)).toEqual(arrivals.map((_, index) => `${index}!`))
    }),
  )
})

test('class 0 goes before class 1, whenever it came', async () => {
  const { lane, batches, open } = startGated({ max_batch: 2 })
  const answers = [ask('running'), ask('a'), ask('b'), ask('c'), ask('end', '', 0)].map((each) => lane.ask(each))
  open()
  await Promise.all(answers)
  expect(batches).toEqual([['running'], ['end', 'a'], ['b', 'c']])
})

test('class 0 is never turned away for its number', async () => {
  const { lane, open } = startGated({ max_waiting: 2 })
  const answers = [ask('running'), ...many(100, 'end', 0)].map((each) => lane.ask(each))
  await expect(lane.ask(ask('late'))).rejects.toMatchObject({ code: 'overloaded' })
  open()
  expect(await Promise.all(answers)).toHaveLength(101)
})

test('class 0 is never turned away for the time it waits', async () => {
  const { lane, open } = startGated({ max_wait_ms: 5 })
  const running = lane.ask(ask('running'))
  const end = lane.ask(ask('end', '', 0))
  // Class 1 came after it and has waited too long already.
  await expect(lane.ask(ask('late'))).rejects.toMatchObject({ code: 'overloaded' })
  open()
  expect(await Promise.all([running, end])).toEqual(['running!', 'end!'])
})

test('class 0 fills a batch whoever asks', async () => {
  const { lane, batches, open } = startGated()
  const answers = [ask('running'), ...many(12, 'end', 0)].map((each) => lane.ask(each))
  open()
  await Promise.all(answers)
  expect(batches.map((batch) => batch.length)).toEqual([1, 8, 4])
})

test('nobody gets more than their share of a batch that others wait for', async () => {
  const { lane, batches, open } = startGated()
  const answers = [ask('running'), ...many(9, 'greedy'), ...many(9, 'other'), ...many(9, 'third')].map((each) =>
    lane.ask(each),
  )
  open()
  await Promise.all(answers)
  const counted = batches.slice(1, 3).map((batch) => Object.groupBy(batch, (name) => name.replace(/\d+/, '')))
  expect(counted.map((groups) => [groups['greedy']?.length, groups['other']?.length, groups['third']?.length])).toEqual(
    [
      [3, 3, 2],
      [3, 3, 2],
    ],
  )
  expect(batches.flat().filter((name) => name.startsWith('greedy'))).toEqual(many(9, 'greedy').map((each) => each.name))
})

test('places that nobody else wants are not left empty', async () => {
  const { lane, batches, open } = startGated()
  const answers = [ask('running'), ...many(20, 'lone')].map((each) => lane.ask(each))
  open()
  await Promise.all(answers)
  expect(batches.map((batch) => batch.length)).toEqual([1, 8, 8, 4])
})

test('beyond the number that may wait a question is refused, and the lane knows that it was never sent', async () => {
  const { lane, batches, open } = startGated({ max_waiting: 3 })
  const answers = many(4).map((each) => lane.ask(each))
  const refused: unknown = await lane.ask(ask('too many')).catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 'overloaded', status: 503, retry_after_s: 1 })
  expect(isTurnedAway(refused)).toBe(true)
  open()
  expect(await Promise.all(answers)).toHaveLength(4)
  expect(batches.flat()).not.toContain('too many')
})

test('a question does not wait longer than allowed behind a statement that hangs', async () => {
  const { lane, batches, open } = startGated({ max_wait_ms: 5 })
  const running = lane.ask(ask('hanging'))
  const refused: unknown = await lane.ask(ask('waiting')).catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 'overloaded' })
  expect(isTurnedAway(refused)).toBe(true)
  open()
  expect(await running).toBe('hanging!')
  await lane.idle()
  expect(batches).toEqual([['hanging']])
})

describe('when a statement fails', () => {
  const startFailing = (fails: (batch: readonly string[], attempt: number) => Error | null, isUnknown = false) => {
    const batches: string[][] = []
    const { promise: gate, resolve: open } = Promise.withResolvers<void>()
    const lane = createLane<Question, string>({
      ...OPTIONS,
      max_batch: 64,
      is_unknown_outcome: () => isUnknown,
      async run(batch) {
        await gate
        const names = batch.map((question) => question.name)
        batches.push(names)
        const error = names.includes('first') ? null : fails(names, batches.length)
        if (error !== null) throw error
        return names
      },
    })
    const askAll = async (names: readonly string[]) => {
      const answers = ['first', ...names].map((name) => lane.ask(ask(name)))
      open()
      return (await Promise.allSettled(answers)).slice(1)
    }
    return { batches, askAll, lane }
  }

  test('a poison question is told apart from its neighbours, wherever it stands', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 40 }), fc.nat(), async (count, at) => {
        const poison = `q${at % count}`
        const { askAll } = startFailing((names) => (names.includes(poison) ? new Error('poison') : null))
        const names = Array.from({ length: count }, (_, index) => `q${index}`)
        const results = await askAll(names)
        expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual(
          names.map((name) => (name === poison ? 'failed' : name)),
        )
      }),
      { numRuns: 50 },
    )
  })

  test('an unknown outcome is repeated once, as it was', async () => {
    const { askAll, batches } = startFailing((_names, attempt) => (attempt === 2 ? new Error('lost') : null), true)
    const results = await askAll(['a', 'b', 'c'])
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
    expect(batches).toEqual([['first'], ['a', 'b', 'c'], ['a', 'b', 'c']])
  })

  test('what stays unknown is given up at once and not tried in pieces', async () => {
    const { askAll, batches } = startFailing(() => overloaded(), true)
    const results = await askAll(['a', 'b', 'c', 'd'])
    expect(batches).toHaveLength(3)
    for (const result of results) {
      expect(result.status).toBe('rejected')
      // Even the same Problem, if it comes from the statement, does not say that nothing was sent.
      expect(isTurnedAway(result.status === 'rejected' ? result.reason : null)).toBe(false)
    }
  })

  test('the lane goes on', async () => {
    const { askAll, lane } = startFailing((names) => (names.includes('bad') ? new Error('bad') : null))
    await askAll(['bad'])
    expect(await lane.ask(ask('good'))).toBe('good')
  })

  test('answers that are too few are an error of all', async () => {
    const lane = createLane<Question, string>({ ...OPTIONS, run: async () => [] })
    await expect(lane.ask(ask('a'))).rejects.toThrow('got 0 answers')
  })
})

test('a lane is idle only when nothing waits and nothing is under way', async () => {
  const { lane, open, batches } = startGated({ max_batch: 2, min_gap_ms: 1 })
  await lane.idle()
  const answered: string[] = []
  const answers = many(6).map((each) => lane.ask(each).then((answer) => answered.push(answer)))
  const idle = lane.idle()
  open()
  await idle
  expect(batches.flat()).toHaveLength(6)
  await Promise.all(answers)
  expect(answered).toHaveLength(6)
})
