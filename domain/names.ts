type NameDefect = 'name_missing' | 'name_length' | 'name_form';

export type PersonName =
  | {
      ok: true;
      /** As on the document; never put into a Unicode normal form, which would replace characters of names. */
      name: string;
      /** The form by which names are compared. */
      matchKey: string;
    }
  | { ok: false; code: NameDefect };

// 民委发〔2016〕33号 asks for room for 25 characters; Latin names of travel documents are longer.
const LONGEST_NAME = 100;

const INVISIBLE = /\u200b|\u200c|\u200d|\u2060|\ufeff|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu;
const NAME = /^[\p{L}\p{M}\p{Co}][\p{L}\p{M}\p{Co}\p{Pd}'’·•‧・･·∙⋅．. ]*$/u;

// The characters that different keyboards give for the separator U+00B7 of names such as 买买提·吐尔逊.
const SEPARATORS = /[•‧・･·∙⋅．.·]/g;

// Characters that old encodings kept at private places before Unicode had them (GB 18030-2005, Annex E).
const PRIVATE_USE = new Map([
  ['\ue863', '䶮'],
  ['\ue815', '⺁'],
  ['\ue816', '𠂇'],
  ['\ue817', '𠂉'],
  ['\ue818', '𠃌'],
]);

/** Reads a name as typed. */
export function readName(typed: string): PersonName {
  const name = typed.replaceAll(INVISIBLE, '').trim();
  if (name === '') return { ok: false, code: 'name_missing' };
  if ([...name].length > LONGEST_NAME) return { ok: false, code: 'name_length' };
  if (!name.isWellFormed() || !NAME.test(name)) return { ok: false, code: 'name_form' };
  return { ok: true, name, matchKey: matchKeyOf(name) };
}

function matchKeyOf(name: string): string {
  const characters = [...name].map((character) => PRIVATE_USE.get(character) ?? character).join('');
  return /\p{Script=Han}/u.test(characters)
    ? characters.replaceAll(SEPARATORS, '·').replaceAll(' ', '')
    : characters.toUpperCase().replaceAll('’', "'").replaceAll(/ +/g, ' ');
}

/** `*三`, `**锋`: all but the last character. A name of one character is hidden whole. */
export function maskName(name: string): string {
  const characters = [...name];
  const last = characters.length > 1 ? (characters.at(-1) ?? '') : '';
  return '*'.repeat(Math.max(1, characters.length - 1)) + last;
}

/** `110*************14`: the first three and the last two characters; shorter numbers show the last two only. */
export function maskNumber(number: string): string {
  const shown = number.length > 10 ? 3 : 0;
  return number.slice(0, shown) + '*'.repeat(Math.max(1, number.length - shown - 2)) + number.slice(-2);
}

/** It stands for every date, and shows nothing of it, nor whether there is one. */
export const MASKED_DATE = '****-**-**';

// Outside the 20,902 characters that every system has: later blocks, compatibility forms, private places.
const RARE = /[\u2e80-\u2fdf\u3400-\u4dbf\u9fa6-\u9fff\ue000-\uf8ff\uf900-\ufaff]|[\u{20000}-\u{3ffff}]/u;

/**
 * Whether systems are known to hold such a name in another written form (民委发〔2016〕33号; rare characters that were replaced
 * by others or by pinyin): then "the name is wrong" may be wrong itself.
 */
export function isWrittenInSeveralWays(name: string): boolean {
  return RARE.test(name) || (/\p{Script=Han}/u.test(name) && matchKeyOf(name).includes('·'));
}

/**
 * Whether `other` can be the same name, written differently: at least half of the characters of the shorter one stand in both,
 * in the same order. Separators and spaces do not count. It keeps a correction from becoming another person's name.
 */
export function isOtherWritingOf(name: string, other: string): boolean {
  const [a, b] = [name, other].map((text) => [...matchKeyOf(text).replaceAll(/[· ]/g, '')]) as [
    string[],
    string[],
  ];
  return commonInOrder(a, b) * 2 >= Math.min(a.length, b.length);
}

/** Length of the longest common subsequence. */
function commonInOrder(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const character of a) {
    const above = row;
    row = [0];
    for (const [at, other] of b.entries()) {
      const kept = Math.max(above[at + 1] ?? 0, row[at] ?? 0);
      row.push(character === other ? (above[at] ?? 0) + 1 : kept);
    }
  }
  return row.at(-1) ?? 0;
}
