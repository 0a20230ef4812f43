// The gateway's part of the contract. Bodies are OpenAI's own: Reeve reads the governed fields and passes the rest through.

const error = (description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/OpenAiError' } } },
})

const REFUSALS = {
  '400': error('The body cannot be read, or the provider refused it'),
  '401': error('`invalid_api_key`'),
  '402': error('`spend_limit_exceeded` or `wallet_insufficient`'),
  '403': error('Refused by policy or role, such as `supervision_required`'),
  '404': error('`model_not_assigned`'),
  '409': error('`idempotency_in_flight` or `already_done`'),
  '422': error('`idempotency_mismatch`, `use_case_required`, `use_case_unknown`, `input_not_taken`, …'),
  '429': error('`quota_exceeded` or `provider_rate_limited`'),
  '502': error('`provider_failed` or `provider_unavailable`; nothing was charged'),
  '503': error('`overloaded`, `draining`, `organisation_unavailable` or `control_unavailable`'),
  '504': error('`provider_timeout`; nothing was charged'),
}

const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
})

/** The paths under `/v1`, for `openapi.json`. */
export const GATEWAY_PATHS = {
  '/v1/chat/completions': {
    post: {
      operationId: 'chat_completion_create',
      summary: "Call a model, plain or streaming, in OpenAI's dialect",
      tags: ['gateway'],
      security: [{ api_key: [] }],
      parameters: [
        header('x-reeve-use-case', 'The use case this call belongs to, by its name in the project of the key'),
        header('Idempotency-Key', 'A repeated call with this key gets the first answer again, for 7 days'),
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['model', 'messages'],
              properties: {
                model: { type: 'string', maxLength: 256 },
                messages: { type: 'array', items: { type: 'object' } },
                max_tokens: { type: 'integer', minimum: 1 },
                max_completion_tokens: { type: 'integer', minimum: 1 },
                n: { type: 'integer', minimum: 1, maximum: 128 },
                stream: { type: 'boolean' },
                stream_options: { type: 'object' },
                user: { type: 'string' },
              },
              additionalProperties: true,
            },
          },
        },
      },
      responses: {
        '200': {
          description: 'The answer of the provider; for a stream server-sent events',
          headers: { 'x-reeve-execution-id': { schema: { type: 'string', format: 'uuid' } } },
          content: {
            'application/json': { schema: { type: 'object' } },
            'text/event-stream': { schema: { type: 'string' } },
          },
        },
        ...REFUSALS,
      },
    },
  },
  '/v1/models': {
    get: {
      operationId: 'gateway_model_list',
      summary: 'List the models that the key may call',
      tags: ['gateway'],
      security: [{ api_key: [] }],
      responses: {
        '200': { description: 'The models', content: { 'application/json': { schema: { type: 'object' } } } },
        '401': REFUSALS['401'],
        '403': REFUSALS['403'],
      },
    },
  },
}

/** OpenAI's error shape with Reeve's code inside. */
export const OPENAI_ERROR_SCHEMA = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['message', 'type', 'param', 'code', 'params', 'request_id'],
      properties: {
        message: { type: 'string' },
        type: { type: 'string' },
        param: { type: ['string', 'null'] },
        code: { type: 'string' },
        params: { type: 'object' },
        request_id: { type: 'string' },
      },
    },
  },
}
