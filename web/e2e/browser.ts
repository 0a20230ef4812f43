// A headless Chromium: the one named by CHROMIUM_PATH, else the one that comes as a package for Linux x64.

import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

/** Flags of the package for places where one process is all there is; here pages need their own. */
const UNWANTED = /^--(?:single-process|no-zygote|headless|disable-web-security)/

/** A browser under a POSIX locale, which a bare environment has, cannot write names of files beyond ASCII. */
const LOCALE = { LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' }

/** Starts it. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? (await chromium.executablePath())
  const args = [...chromium.args.filter((arg) => !UNWANTED.test(arg)), '--no-sandbox', '--disable-gpu']
  return playwright.launch({ executablePath, headless: true, args, env: { ...process.env, ...LOCALE } })
}
