import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderReport } from './export.ts'
import { REPORT_FORMATS, type Report } from './report.ts'
import { extractText } from './text.ts'

const AT = new Date('2026-11-22T10:20:30Z')

const report: Report = {
  title: 'Contract review – Übersicht',
  is_final: true,
  facts: [
    ['Run', '0192'],
    ['Requested by', 'Ana Ruiz'],
  ],
  sections: [
    {
      title: 'Summary',
      pointer: '/summary',
      value: 'The contract ends in March.',
      notes: [{ kind: 'edit', by: 'Ben', at: AT, text: 'The contract ends in April.', before: 'in March' }],
    },
    {
      title: 'Risks',
      pointer: '/risks',
      value: [
        { clause: '4.1', due_date: '2027-01-01', is_open: true },
        { clause: '7', due_date: null, is_open: false },
      ],
      notes: [],
    },
    { title: 'Parties', pointer: '/parties', value: { buyer: { name: 'A GmbH', seats: ['Wien', 'Graz'] } }, notes: [] },
  ],
  decisions: [{ act: 'Approved', by: 'Cleo', at: AT, comment: 'checked against the annex' }],
}

/** What a reader finds in the document. */
async function textIn(format: 'docx' | 'pdf' | 'txt' | 'json', given = report): Promise<string> {
  const { bytes } = await renderReport(given, format)
  return format === 'json' ? bytes.toString() : (await extractText(format, bytes)).text
}

describe('a report', () => {
  test.each(['txt', 'docx', 'pdf'] as const)('says everything as %s, with what people added marked', async (format) => {
    const text = (await textIn(format)).replaceAll(/\s+/g, ' ')
    for (const part of [
      'Contract review – Übersicht',
      'Ana Ruiz',
      'The contract ends in March.',
      'Edited by Ben, 2026-11-22 10:20 UTC',
      'The contract ends in April.',
      'Due date',
      '2027-01-01',
      'Graz',
      'Approved by Cleo: checked against the annex',
    ]) {
      expect(text).toContain(part)
    }
    expect(text).not.toContain('DRAFT')
  })

  test.each(['txt', 'docx', 'pdf'] as const)('that is not final says so as %s', async (format) => {
    expect(await textIn(format, { ...report, is_final: false })).toContain('DRAFT')
  })

  test('as JSON is the whole of it, for programs', async () => {
    expect(JSON.parse(await textIn('json'))).toMatchObject({
      title: report.title,
      sections: [{ pointer: '/summary' }, {}, {}],
    })
  })

  test('can be written whatever its values are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.string({ unit: 'binary' }), async (value, title) => {
        const notes = [{ kind: 'flag', by: title, at: AT, text: title, before: null } as const]
        const odd: Report = { ...report, title, sections: [{ title, pointer: '', value, notes }] }
        for (const format of REPORT_FORMATS) {
          const { bytes } = await renderReport(odd, format)
          if (format === 'docx') await extractText('docx', bytes)
          else expect(bytes.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 15 },
    )
  })
})
