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
      ],
      responses: {
        '200': {
          description: 'Events until the session ends, or for five minutes; come back then',
          content: { 'text/event-stream': { schema: { type: 'string' } } },
        },
        '401': { description: '`not_signed_in`' },
        '404': { description: 'The organisation is none, or not for this person' },
        '429': { description: '`too_many_streams`: ten at once for one person' },
      },
    },
  },
}
