// Names that can be mistaken for others: of people's addresses and of domains.

import { domainToUnicode } from 'node:url'

const ALPHABETS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
]

/** Whether one word has letters of several alphabets that look alike: the mark of a name that pretends to be another. */
export function mixesAlphabets(text: string): boolean {
  return text.split(/[^\p{L}\p{N}]+/u).some((word) => ALPHABETS.filter((alphabet) => alphabet.test(word)).length > 1)
}

// Letters that look like a Latin one in most typefaces (Unicode UTS 39, the part that names are forged with).
const LOOKALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  ѕ: 's',
  і: 'i',
  ј: 'j',
  ԁ: 'd',
  һ: 'h',
  ԛ: 'q',
  ԝ: 'w',
  в: 'b',
  к: 'k',
  м: 'm',
  н: 'h',
  т: 't',
  г: 'r',
  п: 'n',
  ь: 'b',
  ӏ: 'l',
  α: 'a',
  ο: 'o',
  ν: 'v',
  ι: 'i',
  κ: 'k',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  γ: 'y',
  ω: 'w',
  η: 'n',
  ϲ: 'c',
  օ: 'o',
  ս: 'u',
  հ: 'h',
  ց: 'g',
  ո: 'n',
  ı: 'i',
  ɑ: 'a',
  ɡ: 'g',
  '0': 'o',
  '1': 'l',
  '|': 'l',
  '5': 's',
}

/** What a name reads like at a glance: accents gone, look-alikes as the letters they look like, `rn` as `m`, `vv` as `w`. */
export function skeletonOf(domain: string): string {
  const plain = domainToUnicode(domain).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const letters = Array.from(plain, (letter) => LOOKALIKES[letter] ?? letter).join('')
  return letters.replaceAll('rn', 'm').replaceAll('vv', 'w').replaceAll('cl', 'd').replaceAll('i', 'l')
}
