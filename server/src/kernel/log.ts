// The operator's log (JSON lines on standard error). What the organisation may read is the audit log, not this one.

import { type Logger, pino } from 'pino'

export type Log = Logger

/** A logger on standard error, so that standard output stays free for what a command prints. */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          '*.password',
          '*.authorization',
          '*.cookie',
          '*.api_key',
          '*.secret',
          'headers.authorization',
          'headers.cookie',
          'headers["x-api-key"]',
          'req.headers',
        ],
        censor: '[secret]',
      },
    },
    pino.destination({ dest: 2, sync: false }),
  )
}
