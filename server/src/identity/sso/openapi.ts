const error = {
  type: 'object',
  required: ['error', 'error_description'],
  properties: { error: { type: 'string' }, error_description: { type: 'string' } },
}
const refused = (description: string) => ({ description, content: { 'application/json': { schema: error } } })

/** Back-channel logout (OpenID Connect Back-Channel Logout 1.0), for `openapi.json`: a form, as its specification says. */
export const BACK_CHANNEL_LOGOUT_PATHS = {
  '/api/sso/connections/{connection}/back-channel-logout': {
    post: {
      operationId: 'sso_back_channel_logout',
      summary:
        'A provider says that somebody, or one of their sessions, has ended there; what was made of it here ends too',
      tags: ['Single sign-on'],
      security: [],
      parameters: [{ name: 'connection', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
      requestBody: {
        required: true,
        content: {
          'application/x-www-form-urlencoded': {
            schema: { type: 'object', required: ['logout_token'], properties: { logout_token: { type: 'string' } } },
          },
        },
      },
      responses: {
        '200': { description: 'The sessions have ended' },
        '400': refused('The token is not exactly what the provider should have sent; the log says why'),
        '404': refused('There is no such connection in use'),
        '429': refused('Too many refused tokens from this address'),
      },
    },
  },
}
