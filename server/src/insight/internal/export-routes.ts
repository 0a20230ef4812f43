import { Type } from 'typebox'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { orgParams } from '../../http/schema.ts'
import { EXPORTED_LISTS, type ExportedList, requireExport } from '../list-export.ts'

const isList = (word: string): word is ExportedList => Object.hasOwn(EXPORTED_LISTS, word)
const List = Type.Enum(Object.keys(EXPORTED_LISTS).filter(isList))

const Filter = Type.Record(Type.String({ pattern: '^[a-z_]{1,40}$' }), Type.String({ maxLength: 500 }), {
  maxProperties: 30,
  description: 'The filters of the list, as its query names them',
})
const closed = { additionalProperties: false }
const tag = 'Exports'

/** Lists that are saved as a file: announced with a fresh proof, then read like any list. */
export function exportRoutes(): readonly Route[] {
  return [
    route({
      operation: 'list_export',
      method: 'POST',
      path: `${ORGANISATION_PATH}/list-exports`,
      scope: 'organisation',
      permission: 'run.view_own',
      tag,
      summary: 'Say that a list is about to be saved as a file; its pages are then read as usual',
      params: orgParams(),
      body: Type.Object({ list: List, filter: Type.Optional(Filter) }, closed),
      response: Type.Object({ list: Type.String() }),
      status: 201,
      step_up: true,
      audit: { event: 'list.exported', data: (_output, { body }) => body },
      async handle(_tx, actor, { body }) {
        requireExport(actor, body.list)
        return { list: body.list }
      },
    }),
    route({
      operation: 'platform_list_export',
      method: 'POST',
      path: '/api/platform/list-exports',
      scope: 'platform',
      permission: 'platform.audit.view',
      tag,
      summary: 'Say that the log of the platform is about to be saved as a file',
      body: Type.Object({ list: Type.Literal('audit'), filter: Type.Optional(Filter) }, closed),
      response: Type.Object({ list: Type.String() }),
      status: 201,
      step_up: true,
      audit: { event: 'list.exported', data: (_output, { body }) => body },
      handle: async (_tx, _actor, { body }) => ({ list: body.list }),
    }),
  ]
}
