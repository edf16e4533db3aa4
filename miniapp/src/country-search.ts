import { countryLines } from '../../domain/countries';

export interface Country {
  /** ISO 3166-1 alpha-3, as in passports. */
  code: string;
  chinese: string;
  english: string;
  /** All that it is found by. */
  words: string[];
}

/** In the order of their Chinese names, by pronunciation. */
const countries: readonly Country[] = countryLines.split('\n').map((line) => {
  const [code = '', chinese = '', ...rest] = line.split(' ');
  const names = rest.join(' ').split('/');
  return { code, chinese, english: names[0] ?? '', words: [code, chinese, ...names].map(plain) };
});

const byEnglishName = [...countries].sort((one, other) =>
  plain(one.english) < plain(other.english) ? -1 : 1,
);

export function countryOf(code: string): Country | undefined {
  return countries.find((one) => one.code === code);
}

/** All countries that a text is part of, in the order of the language; those with a name that begins with it come first. */
export function searchCountries(typed: string, language: 'zh-CN' | 'en'): Country[] {
  const text = plain(typed);
  const found = (language === 'en' ? byEnglishName : countries).filter(({ words }) =>
    words.some((word) => word.includes(text)),
  );
  const isFirst = ({ words }: Country) => words.some((word) => word.startsWith(text));
  return [...found.filter(isFirst), ...found.filter((one) => !isFirst(one))];
}

/** Without case, accents and outer spaces. */
function plain(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '');
}
