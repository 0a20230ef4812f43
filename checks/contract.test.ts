import { expect, test } from 'vitest'
import { listContractMistakes } from './contract.ts'

const PATH = '/things/{thing}'

const contractWith = (changes: { parameter?: object; schema?: object; operation?: object; paths?: object } = {}) =>
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: {
      [PATH]: {
        get: {
          operationId: 'thing_view',
          parameters: [{ name: 'thing', in: 'path', required: true, schema: { type: 'string' }, ...changes.parameter }],
          responses: {
            '200': {
              description: 'Done',
              content: { 'application/json': { schema: changes.schema ?? { $ref: '#/components/schemas/Thing' } } },
            },
          },
          ...changes.operation,
        },
      },
      ...changes.paths,
    },
    components: { schemas: { Thing: { type: ['object', 'null'], properties: { name: { type: 'string' } } } } },
  })

test('a valid contract has no mistakes', async () => {
  expect(await listContractMistakes(contractWith())).toEqual([])
})

test.each([
  [
    'a member that OpenAPI does not know',
    { operation: { summery: 'x' } },
    `#/paths/~1things~1{thing}/get/summery breaks`,
  ],
  ['a response without a description', { operation: { responses: { '200': {} } } }, 'responses/200 breaks'],
  ['a type that JSON Schema does not know', { schema: { type: 'strong' } }, 'application~1json/schema/type breaks'],
  ['a keyword with a wrong value', { schema: { maxLength: '9' } }, 'schema/maxLength breaks'],
  ['an optional path parameter', { parameter: { required: false } }, 'parameters/0/required breaks'],
  ['a reference to nothing', { schema: { $ref: '#/components/schemas/Thong' } }, 'schemas/Thong leads nowhere'],
  ['a reference to elsewhere', { schema: { $ref: 'https://example.com/x' } }, 'https://example.com/x leads nowhere'],
  ['a parameter that is not declared', { operation: { parameters: [] } }, `get ${PATH} does not declare {thing}`],
  ['a parameter that the path lacks', { parameter: { name: 'other' } }, `get ${PATH} declares {other} for nothing`],
  ['an operation without a name', { operation: { operationId: undefined } }, `get ${PATH} has no operationId`],
  [
    'two operations of one name',
    { paths: { '/more': { post: { operationId: 'thing_view', responses: { '204': { description: 'Done' } } } } } },
    'post /more has the operationId thing_view of another',
  ],
])('%s is a mistake', async (_what, changes, mistake) => {
  expect((await listContractMistakes(contractWith(changes))).join('\n')).toContain(mistake)
})
