// A headless Chromium: the one named by CHROMIUM_PATH, else the one that comes as a package for Linux x64.

import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

/** Starts it. The caller closes it. */
export async function launchBrowser(chromium_path: string | undefined): Promise<Browser> {
  const executablePath = chromium_path ?? (await chromium.executablePath())
  return playwright.launch({
    executablePath,
    headless: true,
    args: [
      ...chromium.args.filter((arg) => !/^--(?:single-process|headless|disable-web-security|no-zygote)/.test(arg)),
      '--no-sandbox',
      '--disable-gpu',
    ],
  })
}
