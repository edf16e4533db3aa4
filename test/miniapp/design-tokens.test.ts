import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentTypeNames } from '../../domain/documents';

const sources = join(__dirname, '../../miniapp/src');
const read = (file: string) => readFileSync(join(sources, file), 'utf8');
const files = readdirSync(sources, { recursive: true, encoding: 'utf8' });
const styles = files.filter((file) => file.endsWith('.scss') && file !== 'design.scss');
const design = read('design.scss');
const tokens = new Map([...design.matchAll(/^\$([\w-]+): (.+);$/gm)].map(([, name, value]) => [name, value]));

const withoutComments = (style: string) => style.replaceAll(/\/\/.*/g, '');

test('colours and sizes stand in design.scss alone', () => {
  const own = styles.flatMap((file) =>
    [...withoutComments(read(file)).matchAll(/#[\da-f]{3,8}\b|rgb|hsl|\d(px|r?em|v[hw])\b/g)].map(
      ([found]) => [file, found],
    ),
  );
  expect(styles.length).toBeGreaterThan(3);
  expect(own).toEqual([]);
});

test('every token is used', () => {
  const all = [design, ...styles.map(read)].join('\n');
  const unused = [...tokens.keys()].filter(
    (name) => [...all.matchAll(RegExp(`\\$${name}\\b(?!-)`, 'g'))].length < 2,
  );
  expect(unused).toEqual([]);
});

test('a colour that Taro asks for in code is one of the tokens', () => {
  const code = files.filter((file) => /\.tsx?$/.test(file) && !/api-types|signature/.test(file));
  const found = code.flatMap((file) =>
    [...read(file).matchAll(/'(#[\da-f]{6})'/g)].map(([, colour]) => colour),
  );
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter((colour) => ![...tokens.values()].includes(colour))).toEqual([]);
  expect(read('components/fields.tsx')).toContain(`CHOSEN = '${tokens.get('blue') ?? ''}'`);
});

test('every document type has its icon', () => {
  const icons = read('styles/icons.scss');
  expect(documentTypeNames.filter((type) => !icons.includes(`'${type}':`))).toEqual([]);
});

/** The contrast of two colours (WCAG 2, relative luminance). */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => {
      const part = parseInt(colour.slice(1 + at * 2, 3 + at * 2), 16) / 255;
      return sum + weight * (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    }, 0);
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

test('the contrasts of docs/design.md are right, and high enough', () => {
  const guide = readFileSync(join(sources, '../../docs/design.md'), 'utf8');
  const rows = [...guide.matchAll(/^\| `\$([\w-]+)` on `\$([\w-]+)` +\| ([\d.]+) +\| (text|shape)/gm)];
  expect(rows.length).toBeGreaterThan(10);
  const computed = rows.map(([, front = '', back = '', , use]) => {
    const value = contrast(tokens.get(front) ?? '', tokens.get(back) ?? '');
    // Text needs 4.5, and shapes 3 (WCAG 2.2, 1.4.3 and 1.4.11).
    return [front, back, value.toFixed(1), use, value >= (use === 'text' ? 4.5 : 3)];
  });
  expect(computed).toEqual(rows.map(([, front, back, value, use]) => [front, back, value, use, true]));
});
