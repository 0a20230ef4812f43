// The ways in: password, second factors, passkeys, links. The authenticator is Chromium's virtual one (WebDriver extension
// of WebAuthn Level 3, section 11).

import { TOTP } from 'otpauth'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPortal, type Portal, signIn } from './portal.ts'

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})
afterAll(() => portal.stop())

const STEP_MS = 30_000
const BOUND_MS = 90_000

test(
  'somebody sets up an app, and from then on its code or a recovery code is asked for',
  async () => {
    const member = portal.person('member')
    const page = await portal.openAs(member, '/me?tab=security')
    await page.getByText('Authenticator app').first().waitFor()
    await portal.inspect(page, 'me-security')
    await ageSessions()
    await page.getByRole('button', { name: 'Set up…' }).click()
    await stepUpWith(page, member.password)
    const dialog = page.getByRole('dialog', { name: 'Set up authenticator app' })
    await dialog.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
    await portal.inspect(page, 'me-totp')
    const secret =
      (await dialog.getByRole('button', { name: /type this key/ }).innerText()).match(/[A-Z2-7]{16,}/)?.[0] ?? ''
    const app = new TOTP({ secret })
    await dialog.getByLabel('Code that the app shows').fill('000000')
    await dialog.getByRole('button', { name: 'Turn on the app' }).click()
    await dialog.getByText('not the code the app shows').waitFor()
    await dialog.getByLabel('Code that the app shows').fill(app.generate())
    await dialog.getByRole('button', { name: 'Turn on the app' }).click()
    const once = page.getByRole('alertdialog', { name: 'Keep your recovery codes' })
    await once.getByRole('listitem').first().waitFor()
    const codes = await once.getByRole('listitem').allInnerTexts()
    expect(codes.length).toBeGreaterThan(5)
    await portal.inspect(page, 'me-recovery-codes')
    await once.getByRole('button', { name: 'I have kept them' }).click()

    const byApp = await portal.open('/login')
    await signIn(byApp, member)
    await byApp.getByRole('heading', { name: 'One more step' }).waitFor()
    await portal.inspect(byApp, 'login-second-step')
    await byApp.getByLabel('Code', { exact: true }).fill(app.generate({ timestamp: Date.now() + STEP_MS }))
    await byApp.getByRole('button', { name: 'Sign in' }).click()
    await byApp.getByRole('navigation', { name: 'Breadcrumb' }).waitFor()

    const byCode = await portal.open('/login')
    await signIn(byCode, member)
    await byCode.getByRole('button', { name: 'Use a recovery code' }).click()
    await byCode.getByLabel('Recovery code').fill(codes[0] ?? '')
    await byCode.getByRole('button', { name: 'Sign in' }).click()
    await byCode.getByRole('navigation', { name: 'Breadcrumb' }).waitFor()
  },
  BOUND_MS,
)

test(
  'a passkey is made, named, and lets its owner in without a password',
  async () => {
    const manager = portal.person('manager')
    const page = await portal.openAs(manager, '/me?tab=security')
    await addAuthenticator(page)
    await ageSessions()
    await page.getByRole('button', { name: 'Add…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add passkey' })
    await dialog.getByLabel('Name of the passkey').fill('Work laptop')
    await dialog.getByRole('button', { name: 'Add passkey' }).click()
    await stepUpWith(page, manager.password)
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByText('Work laptop').waitFor()
    await portal.inspect(page, 'me-passkey')
    await page.context().clearCookies()
    await page.goto('/login')
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByRole('navigation', { name: 'Breadcrumb' }).waitFor()
  },
  BOUND_MS,
)

test('a forgotten password is asked for by address, and a used link says so', async () => {
  const page = await portal.open('/login')
  await portal.inspect(page, 'login')
  await page.getByLabel('E-mail address').fill(portal.person('owner').email)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('link', { name: 'Forgot the password?' }).click()
  await page.getByRole('button', { name: 'Send link' }).click()
  await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
  await page.goto('/reset#nothing')
  await page.getByLabel('New password').fill('zoe walks along the quiet river')
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.getByRole('heading', { name: 'This link cannot be used' }).waitFor()
  await portal.inspect(page, 'dead-link')
})

/** As if everybody had signed in a while ago: what is sensitive asks for a fresh proof then. */
async function ageSessions(): Promise<void> {
  const { control } = portal.world.reeve.node.deployment
  await control.transaction((tx) =>
    sql`update identity.session set authenticated_at = now() - interval '10 minutes'`.execute(tx),
  )
}

/** Answers the question for a fresh proof. */
async function stepUpWith(page: Page, password: string): Promise<void> {
  const question = page.getByRole('dialog', { name: 'Is it you?' })
  await question.getByLabel('Password').fill(password)
  await question.getByRole('button', { name: 'Confirm' }).click()
}

async function addAuthenticator(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page)
  await client.send('WebAuthn.enable')
  await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}
