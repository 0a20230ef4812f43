/** The stream of live events, for `openapi.json`. */
export const LIVE_PATHS = {
  '/api/me/events': {
    get: {
      operationId: 'me_events',
      summary: 'Follow what happens: server-sent events, `session_ended` and, where the page is, `changed` with topics',
      tags: ['me'],
      security: [{ session: [] }],
      parameters: [
        {
          name: 'organisation',
          in: 'query',
          required: false,
          description: 'The organisation whose changes are told',
          schema: { type: 'string', format: 'uuid' },
        },
        {
          name: 'platform',
          in: 'query',
          required: false,
          description: 'Whether the changes of the platform are told, to super-admins',
          schema: { type: 'boolean', default: false },
        },
      ],
      responses: {
        '200': {
          description: 'Events until the session ends, or for five minutes; come back then',
          content: { 'text/event-stream': { schema: { type: 'string' } } },
        },
        '401': { description: '`not_signed_in`' },
        '403': { description: '`forbidden`: the platform, and no super-admin' },
        '404': { description: 'The organisation is none, or not for this person' },
        '429': { description: '`too_many_streams`: ten at once for one person' },
      },
    },
  },
}
