import { Type } from 'typebox'
import { type Route, route } from '../http/route.ts'
import { ENGINE_TYPES, PROVIDER_TYPES, RISKS } from '../policy/document.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { CATEGORIES, CATEGORY_NAMES } from './category.ts'
import { CONSEQUENCES, CONTRACT_SCHEMAS, LAYOUT_FORMATS, publishedSchemas } from './contract.ts'
import { DATA_CLASSES, FIELD_TYPES, FILE_FORMATS } from './field.ts'
import { ContractWords } from './internal/app-schema.ts'
import { catalogRoutes } from './internal/catalog-routes.ts'
import type { AppNeeds } from './internal/desk.ts'
import { platformAppRoutes } from './internal/platform-routes.ts'
import { toolCredentialRoutes } from './internal/tool-credential-routes.ts'
import { versionRoutes } from './internal/version-routes.ts'
import { NODE_TYPES } from './node.ts'

const tag = 'Apps'

/** Apps: their schemas, what members choose from, the life of internal and of public ones, secrets for tools. */
export function appRoutes(needs: AppNeeds & { readonly secrets: SecretStore }): readonly Route[] {
  return [
    ...schemaRoutes(),
    ...catalogRoutes(needs),
    ...versionRoutes(needs),
    ...platformAppRoutes(needs),
    ...toolCredentialRoutes(needs),
  ]
}

const SCHEMAS = publishedSchemas()

function schemaRoutes(): readonly Route[] {
  const files = Object.keys(CONTRACT_SCHEMAS)
  return [
    route({
      operation: 'app_schema_view',
      method: 'GET',
      path: '/schemas/app/:file',
      scope: 'open',
      tag,
      summary: 'Get the published JSON Schema of one of the six files of an app',
      params: Type.Object({ file: Type.Enum(files.map((file) => `${file}.json`)) }, { additionalProperties: false }),
      response: Type.Unknown(),
      handle: async (_control, { params }) => SCHEMAS.get(params.file),
    }),
    route({
      operation: 'app_contract_words',
      method: 'GET',
      path: '/schemas/app-words',
      scope: 'open',
      tag,
      summary: 'Get the closed lists that contracts choose from, as a builder offers them',
      response: ContractWords,
      handle: async () => ({
        categories: CATEGORY_NAMES.map((category) => ({ category, ...CATEGORIES[category] })),
        engine_types: ENGINE_TYPES.filter((each) => each !== 'gateway' && each !== 'build'),
        risks: RISKS,
        field_types: FIELD_TYPES,
        file_formats: FILE_FORMATS,
        data_classes: DATA_CLASSES,
        node_types: NODE_TYPES,
        layout_formats: LAYOUT_FORMATS,
        provider_types: PROVIDER_TYPES,
        consequences: CONSEQUENCES,
      }),
    }),
  ]
}
