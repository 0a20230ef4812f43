import { expect, test } from 'vitest'
import { createSshKey, formatSshKey } from './ssh-key.ts'

// Keys made by `ssh-keygen -t ed25519` (OpenSSH 9.2) for this test alone; their comments need every sort of padding.
const vectors = [
  {
    seed: 'cf43838aef37dd9715a55d31467c13fa84ce54a9c0e7e3ca30079c14588eeacb',
    check: '76fd0d7f',
    comment: 'reeve-worker@acme',
    private_lines: [
      'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW',
      'QyNTUxOQAAACBF+BlFfxnT2e5NTbm1xypw2xM+yGP8V6pSm/SDmqZqqwAAAJh2/Q1/dv0N',
      'fwAAAAtzc2gtZWQyNTUxOQAAACBF+BlFfxnT2e5NTbm1xypw2xM+yGP8V6pSm/SDmqZqqw',
      'AAAEDPQ4OK7zfdlxWlXTFGfBP6hM5UqcDn48owB5wUWI7qy0X4GUV/GdPZ7k1NubXHKnDb',
      'Ez7IY/xXqlKb9IOapmqrAAAAEXJlZXZlLXdvcmtlckBhY21lAQIDBA==',
    ],
    public_key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEX4GUV/GdPZ7k1NubXHKnDbEz7IY/xXqlKb9IOapmqr reeve-worker@acme',
    fingerprint: 'SHA256:9YszJ1p1FxFc5CdZIwcn3htp03cSnwRxMjq+dX1H52Y',
  },
  {
    seed: '3c7927962353e77f2d8b0242b2e426db91f11826f5e477100201d576fc920229',
    check: '39dcc48d',
    comment: 'abc',
    private_lines: [
      'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW',
      'QyNTUxOQAAACAB+xKYdG6usV2qZjguw0RfK2ZYrrpwS06XiitxmkRNiQAAAIg53MSNOdzE',
      'jQAAAAtzc2gtZWQyNTUxOQAAACAB+xKYdG6usV2qZjguw0RfK2ZYrrpwS06XiitxmkRNiQ',
      'AAAEA8eSeWI1Pnfy2LAkKy5CbbkfEYJvXkdxACAdV2/JICKQH7Eph0bq6xXapmOC7DRF8r',
      'ZliuunBLTpeKK3GaRE2JAAAAA2FiYwEC',
    ],
    public_key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAH7Eph0bq6xXapmOC7DRF8rZliuunBLTpeKK3GaRE2J abc',
    fingerprint: 'SHA256:1lkU9BSYvPJ5zQ6+0F1L38HVY7pjU95+CQMlTdK2eiA',
  },
  {
    seed: '3ea53bb2ecdda38bc16c9c49b5f27d84ae3b0e73560db1805677f9bce0c10f50',
    check: '0a55d607',
    comment: 'a-b_c@d.example',
    private_lines: [
      'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW',
      'QyNTUxOQAAACD4JPGHHBhIRbsOCpY2nC7QyfSx0GNAWXtucilUMu4nhwAAAJgKVdYHClXW',
      'BwAAAAtzc2gtZWQyNTUxOQAAACD4JPGHHBhIRbsOCpY2nC7QyfSx0GNAWXtucilUMu4nhw',
      'AAAEA+pTuy7N2ji8FsnEm18n2ErjsOc1YNsYBWd/m84MEPUPgk8YccGEhFuw4KljacLtDJ',
      '9LHQY0BZe25yKVQy7ieHAAAAD2EtYl9jQGQuZXhhbXBsZQECAwQFBg==',
    ],
    public_key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPgk8YccGEhFuw4KljacLtDJ9LHQY0BZe25yKVQy7ieH a-b_c@d.example',
    fingerprint: 'SHA256:wEr2DRLxeTRQCCOI3GidzruRJxg94J9mWF6F/9Lyz/M',
  },
  {
    seed: 'f05ca62555b71f46ff89d6fdcfad52b3a2e0968b85591ccc030f9c2e457fc3f7',
    check: '9758f139',
    comment: 'reeve-worker@0192aaaa-bbbb-7ccc-8ddd-eeeeffff0000',
    private_lines: [
      'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW',
      'QyNTUxOQAAACDqdzI/pX6PnxhHjA549PH1po08qOpaTjE7M624kKFL+AAAALiXWPE5l1jx',
      'OQAAAAtzc2gtZWQyNTUxOQAAACDqdzI/pX6PnxhHjA549PH1po08qOpaTjE7M624kKFL+A',
      'AAAEDwXKYlVbcfRv+J1v3PrVKzouCWi4VZHMwDD5wuRX/D9+p3Mj+lfo+fGEeMDnj08fWm',
      'jTyo6lpOMTszrbiQoUv4AAAAMXJlZXZlLXdvcmtlckAwMTkyYWFhYS1iYmJiLTdjY2MtOG',
      'RkZC1lZWVlZmZmZjAwMDABAgME',
    ],
    public_key:
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOp3Mj+lfo+fGEeMDnj08fWmjTyo6lpOMTszrbiQoUv4 reeve-worker@0192aaaa-bbbb-7ccc-8ddd-eeeeffff0000',
    fingerprint: 'SHA256:idiwZ99YAsHrLOJNbYmQn/shAd7Nf/n6C9A+EpnmqZg',
  },
]

test.each(vectors)(
  'the key of $comment has the bytes, the line and the fingerprint that ssh-keygen gave it',
  (vector) => {
    const key = formatSshKey(Buffer.from(vector.seed, 'hex'), Buffer.from(vector.check, 'hex'), vector.comment)
    expect(key.private_key.reveal().split('\n').slice(1, -2)).toEqual(vector.private_lines)
    expect(key.private_key.reveal()).toMatch(
      /^-{5}BEGIN OPENSSH PRIVATE KEY-{5}\n[^-]+-{5}END OPENSSH PRIVATE KEY-{5}\n$/,
    )
    expect(key.public_key).toBe(vector.public_key)
    expect(key.fingerprint).toBe(vector.fingerprint)
  },
)

test('every key is new, and names the organisation it works for', () => {
  const [one, two] = [createSshKey('acme'), createSshKey('acme')]
  expect(one.public_key).toMatch(/^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI[A-Za-z0-9+/]{43} reeve-worker@acme$/)
  expect(two.public_key).not.toBe(one.public_key)
  expect(two.fingerprint).not.toBe(one.fingerprint)
})

test('an organisation cannot write a second line or word into its public key', () => {
  for (const name of ['a\nssh-ed25519 AAAA', 'a b', 'é', '\0']) {
    expect(() => createSshKey(name)).toThrow('no spaces')
  }
})

test('the private half prints as [secret]', () => {
  expect(JSON.stringify(createSshKey('acme'))).toContain('"private_key":"[secret]"')
})
