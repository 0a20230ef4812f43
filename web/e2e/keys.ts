// What somebody does who has no mouse.

import type { Locator } from 'playwright-core'

const MOST_TABS = 90

/** Tabs on until the focus is on the first of these. */
export async function tabTo(goal: Locator): Promise<void> {
  const page = goal.page()
  const reached = goal.first().and(page.locator(':focus'))
  await goal.first().waitFor()
  for (let n = 0; n < MOST_TABS; n++) {
    if ((await reached.count()) > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${String(goal)}`)
}

/** Tabs there and presses a key: Enter for buttons and links, Space for boxes. */
export async function pressOn(goal: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(goal)
  await goal.page().keyboard.press(key)
}

/** Goes through the items of the menu that is open to this one, and chooses it. */
export async function chooseByKeys(menuItem: Locator): Promise<void> {
  const { keyboard } = menuItem.page()
  await menuItem.waitFor()
  const reached = menuItem.and(menuItem.page().locator(':focus'))
  for (let n = 0; n < MOST_TABS && (await reached.count()) === 0; n++) await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
}
