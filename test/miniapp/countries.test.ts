import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { countryDefect } from '../../domain/documents';
import { countryOf, searchCountries } from '../../miniapp/src/country-search';

const miniapp = join(__dirname, '../../miniapp');
const codes = (typed: string, language: 'zh-CN' | 'en' = 'zh-CN') =>
  searchCountries(typed, language).map(({ code }) => code);

test('the list is that of the package it is made from, and small', async () => {
  const script = join(miniapp, 'scripts/countries.mjs');
  await expect(promisify(execFile)(process.execPath, [script, '--check'])).resolves.toMatchObject({
    stderr: '',
  });
  expect(readFileSync(join(miniapp, '../domain/countries.ts')).length).toBeLessThan(12_000);
});

test('every country can have issued a foreign passport, and has both names', () => {
  const all = searchCountries('', 'zh-CN');
  expect(all.length).toBe(245);
  expect(new Set(all.map(({ code }) => code)).size).toBe(245);
  for (const { code, chinese, english } of all) {
    expect(code).toMatch(/^[A-Z]{3}$/);
    expect(chinese).toMatch(/^[\p{sc=Han}（）]+$/u);
    expect(english).toMatch(/^\p{Lu}/u);
    expect(countryDefect('foreign-passport', code)).toBeUndefined();
  }
});

test.each([
  ['英国', ['GBR']],
  ['uk', ['GBR', 'UKR']],
  ['jpn', ['JPN']],
  ['  FRANCE ', ['FRA']],
  ['cote', ['CIV']],
  ['turkiye', ['TUR']],
  ['刚果', ['COG', 'COD']],
  ['korea', ['KOR', 'PRK']],
  ['台湾', []],
  ['china', []],
])('%s finds %j', (typed, expected) => {
  expect(codes(typed).sort()).toEqual([...expected].sort());
});

test('a name that begins with what was typed comes first, in the order of the language', () => {
  expect(codes('刚')[0]).toMatch(/^CO[DG]$/);
  expect(codes('united')[0]).toBe('ARE');
  expect(codes('guinea', 'en')).toEqual(['GIN', 'GNB', 'GNQ', 'PNG']);
  expect(countryOf('DEU')).toMatchObject({ chinese: '德国', english: 'Germany' });
  expect(countryOf('')).toBeUndefined();
});
