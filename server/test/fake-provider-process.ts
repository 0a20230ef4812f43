// The fake provider as a process of its own, for benchmarks and demonstrations: `node fake-provider-process.ts [port]`
// prints {"url","port"} as one line and serves until SIGTERM, or until the process that forked it is gone.

import { startFakeProvider } from './fake-provider.ts'

const provider = await startFakeProvider({ port: Number(process.argv[2] ?? 0), remembered: 0 })
process.stdout.write(`${JSON.stringify({ url: provider.url, port: provider.port })}\n`)

const stop = () => void provider.close().then(() => process.exit(0))
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
process.once('disconnect', stop)
