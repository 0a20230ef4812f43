import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { cloneOrganisationDatabase } from '../../test/harness.ts'
import { buildWorld, type Heart, openHeart, resetWorld } from '../../test/heart-world.ts'
import { history, play } from '../../test/ledger-history.ts'

let heart: Heart

beforeAll(async () => {
  const database = await cloneOrganisationDatabase()
  heart = await openHeart(await buildWorld(database.url, { members: 4, scopes: 2 }))
  return async () => {
    await heart.close()
    await database.drop()
  }
})

test('whatever happens, the ledger answers and keeps what the model says', async () => {
  const property = fc.asyncProperty(history, async (acts) => {
    await resetWorld(heart)
    await play(heart, acts)
  })
  await expect(fc.assert(property, { numRuns: 20, endOnFailure: true })).resolves.toBeUndefined()
}, 120_000)
