// `reeve verify receipt FILE`: checks a receipt with nothing but the file. No database, no network, no configuration.

import { readFile } from 'node:fs/promises'
import { readJson } from '../kernel/json-text.ts'
import { verifyReceipt } from '../supervision/receipt.ts'

const USAGE = 'Usage: reeve verify receipt FILE [--fingerprint HEX]\n'

/** Exit code 0 for an intact receipt, 1 for any other file, 2 for words that are no question. */
export async function runVerify(args: readonly string[]): Promise<void> {
  const [what, file, ...options] = args
  const fingerprint = fingerprintOf(options)
  if (what !== 'receipt' || file === undefined || fingerprint === undefined) {
    process.stderr.write(USAGE)
    process.exitCode = 2
    return
  }
  const verified = verifyReceipt(contentOf(await readFile(file, 'utf8')), fingerprint)
  if (!verified.is_valid) {
    process.stdout.write(`NOT VALID: ${verified.reason}\n`)
    process.exitCode = 1
    return
  }
  process.stdout.write(`${linesOf(verified.receipt, verified.fingerprint, fingerprint !== null).join('\n')}\n`)
}

function fingerprintOf(options: readonly string[]): string | null | undefined {
  if (options.length === 0) return null
  const [name, value, ...rest] = options
  return name === '--fingerprint' && value !== undefined && rest.length === 0 ? value : undefined
}

/** The receipt as it was signed, also from the API's whole answer. */
function contentOf(text: string): string {
  try {
    const value: unknown = readJson(text)
    const content: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'content') : undefined
    return typeof content === 'string' ? content : text
  } catch {
    return text
  }
}

const wordAt = (value: unknown, ...path: readonly string[]): string => {
  const found = path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
    value,
  )
  return typeof found === 'string' || typeof found === 'number' ? String(found) : '–'
}

function linesOf(receipt: object, fingerprint: string, isExpected: boolean): readonly string[] {
  const kind = wordAt(receipt, 'kind')
  return [
    `VALID: the ${kind} receipt is as it was signed.`,
    `  organisation  ${wordAt(receipt, 'organisation', 'name')} (${wordAt(receipt, 'organisation', 'id')})`,
    `  run           ${wordAt(receipt, 'run', 'id')}`,
    `  app           ${wordAt(receipt, 'run', 'app', 'name')} ${wordAt(receipt, 'run', 'app', 'version')}`,
    ...(kind === 'decision'
      ? [
          `  decision      ${wordAt(receipt, 'act')} at level ${wordAt(receipt, 'level')} by ${wordAt(receipt, 'by', 'member_id')}`,
        ]
      : [`  charged       ${wordAt(receipt, 'charge', 'amount_micros')} micro-units`]),
    `  at            ${wordAt(receipt, 'at')}`,
    `  output        sha256 ${wordAt(receipt, 'bound', 'output_sha256')}`,
    `  key           ${fingerprint}`,
    isExpected
      ? '  It is the key that you expect.'
      : '  Compare the key with the fingerprint that the organisation publishes; --fingerprint does it for you.',
  ]
}
