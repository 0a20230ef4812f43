// argv → serve | work | migrate | …; nothing else.

import { ConfigError, readConfig } from './config.ts'

type Command = { readonly usage: string; readonly run: (args: readonly string[]) => Promise<void> }

const COMMANDS: Readonly<Record<string, Command>> = {
  serve: {
    usage: 'serve [--no-work]              run a node: API, gateway, and unless told otherwise runs and jobs',
    run: async (args) => (await import('./commands/serve.ts')).runServe(readConfig(), args),
  },
  work: {
    usage: 'work                           run a node that works on runs and does the jobs, and serves nobody',
    run: async () => (await import('./commands/work.ts')).runWork(readConfig()),
  },
  migrate: {
    usage: 'migrate                        bring the control and all organisation databases to head',
    run: async () => (await import('./commands/migrate.ts')).runMigrate(readConfig()),
  },
  demo: {
    usage: 'demo [--json] [--port N]       a throw-away deployment with a fake provider',
    run: async (args) => (await import('./commands/demo.ts')).runDemo(args),
  },
  superadmin: {
    usage: 'superadmin grant|revoke EMAIL  make or unmake a super-admin',
    run: async (args) => (await import('./commands/superadmin.ts')).runSuperadmin(readConfig(), args),
  },
  verify: {
    usage: 'verify receipt FILE [--fingerprint HEX]  check a signed receipt, offline',
    run: async (args) => (await import('./commands/verify.ts')).runVerify(args),
  },
  doctor: {
    usage: 'doctor                         check configuration, database rights and every organisation',
    run: async () => (await import('./commands/doctor.ts')).runDoctor(readConfig()),
  },
}

const help = (): string =>
  `Usage: reeve <command>\n\n${Object.values(COMMANDS)
    .map((command) => `  ${command.usage}`)
    .join('\n')}\n`

async function main(args: readonly string[]): Promise<void> {
  const [name = 'help', ...rest] = args
  const command = COMMANDS[name]
  if (command === undefined) {
    process.stderr.write(help())
    process.exitCode = name === 'help' || name === '--help' ? 0 : 2
    return
  }
  try {
    await command.run(rest)
  } catch (error) {
    if (error instanceof ConfigError) process.stderr.write(`${error.mistakes.join('\n')}\n`)
    else process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}

await main(process.argv.slice(2))
