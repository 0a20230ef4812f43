// The habits of this code that no tool knows. Each rule reads the text of the files and says, per line, what is wrong.

import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { ROOT } from './program.ts'

/** A file by its path from the root of the checkout, with forward slashes. */
export type SourceFile = { readonly path: string; readonly text: string }

type Rule = (files: readonly SourceFile[]) => readonly string[]

const LONGEST_FILE_LINES = 450

/** Never part of the source, whatever they hold. */
const SKIPPED = new Set(['node_modules', '.git', '.node', '.bench', '.tmp', 'data', 'dist', 'shots'])
const READ_AS_TEXT = /[.](?:ts|tsx|mjs|cjs|js|json|sql|md|css|html|yml|yaml|sh)$|^[.]ci\/|^[.][a-z]+(?:rc|ignore)$/
const CODE = /[.](?:ts|tsx|mjs|cjs|js)$/

/** These files contain what they forbid, as patterns or as examples. */
const ABOUT_RULES = /^checks\/house-rules(?:[.]test)?[.]ts$/

/** The environment is read once, in config.ts; what runs before or beside the server may read it as well. */
const READS_ENVIRONMENT = /^(?:server\/src\/config[.]ts|bootstrap[.]mjs|web\/(?:build|e2e\/browser)[.]ts|checks\/.*)$/

const CATCH_ALL_NAMES =
  /^(?:utils?|helpers?|common|misc|shared|lib|services?|managers?|controllers?|repositor(?:y|ies)|constants|types|stuff)$/

/**
 * JSON.parse can misread escaped keys (see server/src/kernel/json-text.ts). These read members that they name, texts, or our
 * own files; the gateway's readers do it for every chunk of a stream.
 */
const PARSES_JSON =
  /^server\/src\/(?:kernel\/(?:json-text|version|internal\/postgres-binaries)|identity\/passkey|identity\/sso\/claims|tenancy\/scim\/filter|files\/internal\/report-docx|mail\/message|apps\/shipped|invocation\/(?:perform|run-call|internal\/(?:governed-body|json-members|upstream\/\w+)))[.]ts$/

/** Rules of the linter that no comment may switch off. */
const NEVER_DISABLED = /no-explicit-any|no-non-null-assertion|ban-ts-comment|no-disabled-tests|no-focused-tests/

export const HOUSE_RULES: Readonly<Record<string, Rule>> = {
  'the environment is read in server/src/config.ts only': (files) =>
    findLines(files, CODE, /\bprocess\s*(?:\.\s*env\b|\[\s*['"`]env)|\bfrom\s+['"]node:process['"]/).filter(
      (line) => !READS_ENVIRONMENT.test(line.split(':')[0] ?? ''),
    ),

  'JSON that people wrote is read by readJson of server/src/kernel/json-text.ts': (files) =>
    findLines(
      files.filter(({ path }) => path.startsWith('server/src/') && isProduction(path) && !PARSES_JSON.test(path)),
      CODE,
      /\bJSON\.parse\(/,
    ),

  'types are checked everywhere': (files) => findLines(files, CODE, /@ts-(?:ignore|nocheck|expect-error)\b/),

  'a comment that silences a tool says why and never silences the strictest rules': (files) =>
    findLines(files, CODE, /(?:oxlint|eslint)-disable|biome-ignore|knip-ignore/).filter(
      (line) => !/ -- \S|biome-ignore [^:]+: \S/.test(line) || NEVER_DISABLED.test(line),
    ),

  'every test runs': (files) =>
    findLines(
      files,
      CODE,
      /\b(?:it|test|describe|suite|bench)\s*[.]\s*(?:skip|only|todo|skipIf|runIf|fails)\b|\bcontext[.]skip\b/,
    ),

  'no path of one machine': (files) =>
    findLines(files, READ_AS_TEXT, /\/work\/|(?<!\w)\/home\/\w|\/Users\/\w|\/tmp\/\w|[.][.]\/shared\//),

  [`a file of the server has at most ${LONGEST_FILE_LINES} lines`]: (files) =>
    files
      .filter(({ path }) => path.startsWith('server/src/') && path.endsWith('.ts') && !path.endsWith('-tables.ts'))
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > LONGEST_FILE_LINES)
      .map(({ path, lines }) => `${path}: ${lines} lines`),

  'a problem code is defined once': (files) => {
    const places = new Map<string, string[]>()
    for (const { path, text } of files.filter((file) => isProduction(file.path))) {
      for (const [, code = ''] of text.matchAll(/\bdefineProblem\(\s*['"`]([^'"`]+)/g)) {
        places.set(code, [...(places.get(code) ?? []), path])
      }
    }
    return [...places].filter(([, paths]) => paths.length > 1).map(([code, paths]) => `${code}: ${paths.join(', ')}`)
  },

  'a migration has a number of its own': (files) => {
    const taken = new Map<string, string[]>()
    for (const { path } of files) {
      const number = /^database\/\w+\/migrations\/\d+/.exec(path)?.[0]
      if (number !== undefined) taken.set(number, [...(taken.get(number) ?? []), path])
    }
    return [...taken.values()].filter((paths) => paths.length > 1).flat()
  },

  'a name says what is inside': (files) =>
    files
      .filter(({ path }) => CODE.test(path) || path.endsWith('.sql'))
      .map(({ path }) => path)
      .filter((path) => path.split('/').some((part) => CATCH_ALL_NAMES.test(part.replace(/[.].*$/, '')))),

  'a file name is in kebab-case': (files) =>
    files
      .map(({ path }) => path)
      .filter((path) => /^(?:server|checks|bench|database|web)\//.test(path))
      .filter((path) => basename(path) !== 'README.md')
      .filter((path) => !/^[a-z0-9]+(?:[-_][a-z0-9]+)*(?:[.][a-z0-9]+)+$/.test(basename(path))),

  'every dependency is named in docs/dependencies.md': (files) => {
    const named = new Set(
      [...(textOf(files, 'docs/dependencies.md') ?? '').matchAll(/`([^`\s]+)`/g)].map(([, name = '']) => name),
    )
    const manifest = Value.Parse(Manifest, JSON.parse(textOf(files, 'package.json') ?? '{}'))
    const dependencies = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
    return Object.keys(dependencies).filter((name) => !named.has(name) && !named.has(name.replace(/\/[^/]+$/, '/*')))
  },

  'the lockfile holds the packages of every platform, or npm ci refuses it': (files) => {
    const { packages } = Value.Parse(Lockfile, JSON.parse(textOf(files, 'package-lock.json') ?? '{}'))
    return Object.entries(packages).flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies ?? {}).filter(
        (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
      ),
    )
  },
}

const Names = Type.Record(Type.String(), Type.String())
const Manifest = Type.Object({
  dependencies: Type.Optional(Names),
  devDependencies: Type.Optional(Names),
  optionalDependencies: Type.Optional(Names),
})
const Locked = Type.Object({ optionalDependencies: Type.Optional(Names) })
const Lockfile = Type.Object({ packages: Type.Record(Type.String(), Locked) })

/** Every rule over the checkout; one line per complaint. */
export function checkHouseRules(files: readonly SourceFile[] = readSources(ROOT)): readonly string[] {
  return Object.entries(HOUSE_RULES).flatMap(([name, rule]) => rule(files).map((complaint) => `${name}: ${complaint}`))
}

function readSources(root: string, folder = ''): readonly SourceFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !SKIPPED.has(entry.name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) return readSources(root, path)
      return entry.isFile() && READ_AS_TEXT.test(path) ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : []
    })
}

function textOf(files: readonly SourceFile[], path: string): string | undefined {
  return files.find((file) => file.path === path)?.text
}

function isProduction(path: string): boolean {
  return path.startsWith('server/src/') && path.endsWith('.ts') && !/[.](?:test|soak|suite)[.]ts$/.test(path)
}

/** `path:line: text` of every line that matches, in files whose path matches. */
function findLines(files: readonly SourceFile[], paths: RegExp, pattern: RegExp): readonly string[] {
  return files
    .filter(({ path }) => paths.test(path) && !ABOUT_RULES.test(path))
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
    )
}
