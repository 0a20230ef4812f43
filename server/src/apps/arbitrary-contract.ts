// A contract that uses everything there is, and the place it is checked in: what tests vary.

import fc from 'fast-check'
import type { AppContract } from './contract.ts'
import type { CheckContext, KnownApp } from './known.ts'

export const SUB_APP_ID = '01900000-0000-7000-8000-0000000000a1'
const MEMBER_ID = '01900000-0000-7000-8000-0000000000b1'
export const APP_ID = '01900000-0000-7000-8000-0000000000c1'

/** The smallest contract that passes. */
export function smallContract(): AppContract {
  return {
    info: {
      name: 'Short answer',
      description: 'Answers a question in a sentence.',
      version: '1.0.0',
      category: 'productivity',
      tags: [],
      language: 'en',
    },
    input: { fields: [{ name: 'question', label: 'Question', type: 'text', required: true, max_length: 2000 }] },
    pipeline: {
      nodes: [{ id: 'answer', type: 'prompt', title: 'Answer', prompt: '<q>{{input.question}}</q>', output: 'text' }],
    },
    result: {
      schema: { type: 'object', properties: { answer: { type: 'string' } }, required: ['answer'] },
      output: { answer: '{{answer}}' },
    },
    governance: {
      engine_type: 'prompt',
      risk: 'low',
      jurisdictions: 'all',
      supervision: { required: false },
      allowed_provider_types: 'all',
    },
    pricing: { base_micros: 10_000 },
  }
}

const CLAUSES = {
  type: 'object',
  properties: {
    clauses: {
      type: 'array',
      items: {
        type: 'object',
        properties: { title: { type: 'string' }, risk: { enum: ['low', 'high'] } },
        required: ['title', 'risk'],
        additionalProperties: false,
      },
    },
  },
  required: ['clauses'],
  additionalProperties: false,
}

/** A contract with every kind of field and every type of node. */
export function wholeContract(): AppContract {
  const base = smallContract()
  return {
    ...base,
    info: {
      ...base.info,
      category: 'legal',
      tags: ['contract', 'law'],
      icon: 'file-text',
      instructions: 'Upload **one** contract.',
    },
    input: {
      fields: [
        { name: 'contract', label: 'Contract', type: 'file', required: true, formats: ['pdf'], max_bytes: 10_000_000 },
        { name: 'annexes', label: 'Annexes', type: 'files', required: false, max_files: 3 },
        { name: 'topic', label: 'Topic', type: 'text', required: true, min_length: 2, max_length: 200, default: 'All' },
        {
          name: 'party',
          label: 'Party',
          type: 'select',
          required: true,
          options: ['buyer', 'seller'],
          default: 'buyer',
        },
        { name: 'due', label: 'Due', type: 'date', required: false, data_class: 'user_private' },
        { name: 'limit', label: 'Limit', type: 'number', required: false, minimum: 0, maximum: 100, default: 5 },
        { name: 'strict', label: 'Strict', type: 'boolean', required: true, default: true },
      ],
    },
    pipeline: {
      nodes: [
        { id: 'parse_contract', type: 'parse', title: 'Read the contract', file: '{{input.contract}}' },
        {
          id: 'find_clauses',
          type: 'prompt',
          title: 'Find the clauses',
          system: 'You are a careful reader.',
          prompt: 'For the {{input.party}}:\n<document>\n{{parse_contract.text}}\n</document>',
          output: 'json',
          schema: CLAUSES,
          max_output_tokens: 2000,
          temperature: 0,
          model: 'default',
          needs: ['parse_contract'],
          retries: 2,
          timeout_seconds: 60,
        },
        {
          id: 'both',
          type: 'parallel',
          title: 'Two views',
          branches: [
            [
              {
                id: 'risky',
                type: 'transform',
                title: 'Risky ones',
                expression: "[find_clauses.clauses[risk = 'high']]",
              },
            ],
            [
              {
                id: 'registry',
                type: 'http_tool',
                title: 'Ask the registry',
                method: 'POST',
                url: 'https://registry.example.com/v1/{{input.party}}?q={{input.topic}}',
                headers: { accept: 'application/json' },
                body: { topic: '{{input.topic}}' },
                credential: { name: 'registry' },
                expect: 'json',
                on_error: 'continue',
              },
            ],
          ],
        },
        {
          id: 'ask',
          type: 'condition',
          title: 'Is somebody asked',
          expression: '$count(risky) > 0',
          // oxlint-disable-next-line unicorn/no-thenable -- the word of the contract
          then: [
            {
              id: 'opinion',
              type: 'human_task',
              title: 'Give an opinion',
              description: 'Look at {{input.topic}}.',
              assignee: `member:${MEMBER_ID}`,
              fields: [{ name: 'remark', label: 'Remark', type: 'text', required: true, max_length: 500 }],
              due_days: 14,
            },
          ],
          else: [{ id: 'nothing', type: 'transform', title: 'Nothing', expression: '"none"' }],
        },
        {
          id: 'each_annex',
          type: 'for_each',
          title: 'Each annex',
          items: 'input.annexes',
          as: 'annex',
          max_items: 3,
          concurrency: 2,
          nodes: [{ id: 'parse_annex', type: 'parse', title: 'Read it', file: '{{annex}}' }],
        },
        {
          id: 'summary',
          type: 'sub_app',
          title: 'Summarise',
          app: SUB_APP_ID,
          version: '1.0.0',
          input: { question: 'Summarise {{find_clauses.clauses}}' },
        },
        {
          id: 'checked',
          type: 'validate',
          title: 'Check',
          value: { clauses: '{{find_clauses.clauses}}' },
          schema: CLAUSES,
        },
      ],
    },
    result: {
      title: 'Review',
      schema: {
        ...CLAUSES,
        properties: { ...CLAUSES.properties, registry: {} },
      },
      layout: [
        {
          pointer: '/clauses',
          label: 'Clauses',
          format: 'table',
          columns: [
            { pointer: '/title', label: 'Title' },
            { pointer: '/risk', label: 'Risk' },
          ],
        },
      ],
      output: { clauses: '{{checked.clauses}}', registry: '{{registry.body}}' },
    },
    governance: {
      engine_type: 'document',
      risk: 'high',
      consequences: ['legal'],
      jurisdictions: ['eu', 'uk'],
      supervision: { required: true, level2: { quorum: 1, from: ['manager'] }, level3: { quorum: 1 } },
      allowed_provider_types: ['openai', 'anthropic'],
      data_classes: ['public', 'user_private'],
      max_execution_seconds: 3600,
      max_steps: 50,
      statements: ['I have read the draft.'],
    },
    pricing: {
      base_micros: 250_000,
      per_input_megabyte_micros: 50_000,
      per_input_kilochar_micros: 1_000,
      per_item_micros: 10_000,
    },
  }
}

/** A sub-app as narrow as `wholeContract` needs it. */
export const knownSubApp = (): KnownApp => ({
  app_id: SUB_APP_ID,
  version: '1.0.0',
  source: 'internal',
  contract: smallContract(),
})

/** A place where everything that `wholeContract` names is known. */
export function checkPlace(changes: Partial<CheckContext> = {}): CheckContext {
  const known = knownSubApp()
  return {
    source: 'internal',
    app_id: APP_ID,
    authority_fault: null,
    oath: 'given',
    identity: { kind: 'new', above: null },
    models: new Set(['gpt-test']),
    credentials: new Set(['registry']),
    members: new Set([MEMBER_ID]),
    findApp: (app_id) => (app_id === known.app_id ? known : null),
    egress: { allow_private: false },
    ...changes,
  }
}

/** Every place inside a value, as the members that lead to it. */
export function placesIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([name, each]) => placesIn(each, [...path, name]))]
}

/** A copy without what stands at a place, or with something else there. */
export function changedAt(value: unknown, path: readonly string[], to?: { readonly value: unknown }): unknown {
  const [first, ...rest] = path
  if (first === undefined) return to?.value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const index = Number(first)
    if (rest.length === 0 && to === undefined) return value.toSpliced(index, 1)
    return value.map((each: unknown, at) => (at === index ? changedAt(each, rest, to) : each))
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => {
      if (name !== first) return [[name, each]]
      return rest.length === 0 && to === undefined ? [] : [[name, changedAt(each, rest, to)]]
    }),
  )
}

/** The whole contract with some places of it taken out or replaced by anything. */
export function arbitraryContract(): fc.Arbitrary<unknown> {
  const whole = wholeContract()
  const change = fc.record({
    path: fc.constantFrom(...placesIn(whole).filter((path) => path.length > 0)),
    to: fc.option(fc.record({ value: fc.oneof(fc.jsonValue(), fc.constantFrom(...snippets)) }), { nil: undefined }),
  })
  return fc
    .array(change, { minLength: 1, maxLength: 5 })
    .map((changes) => changes.reduce<unknown>((value, { path, to }) => changedAt(value, path, to), whole))
}

const snippets = [
  '{{input.x}}',
  '{{',
  '{{a.b.c}}',
  '$eval("1")',
  '(((',
  'http://127.0.0.1/x',
  '',
  'a'.repeat(5000),
  -1,
  1e308,
]
