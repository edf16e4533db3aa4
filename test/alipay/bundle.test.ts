import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocument } from 'htmlparser2';
import { alipayBuild } from '../setup/needs/alipay';
import { isElement } from './axml';
import { defectsOf } from './bundle-defects';

const bundle = alipayBuild();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rid-bundle-'));
  cpSync(bundle, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = (file: string) => join(folder, file);
const append = (file: string, text: string) => () => appendFileSync(path(file), text);
const replace = (file: string, from: string, to: string) => () => {
  const text = readFileSync(path(file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(path(file), text.replace(from, to));
};

test('the bundle for Alipay has no defects', () => {
  expect(defectsOf(bundle)).toEqual([]);
});

test.each<[string, () => void, string[]]>([
  [
    'a page without its markup',
    () => rmSync(path('pages/legal/index.axml')),
    ['pages/legal/index.axml is missing'],
  ],
  [
    'a page without its script',
    () => rmSync(path('pages/legal/index.js')),
    ['pages/legal/index.js is missing'],
  ],
  [
    'settings that are not JSON',
    replace('pages/legal/index.json', '{', '{,'),
    ['pages/legal/index.json is no JSON'],
  ],
  [
    "another platform's condition",
    append('base.axml', '<view wx:if="{{a}}"/>'),
    ['base.axml binds wx:if, as another platform would'],
  ],
  [
    "another platform's event",
    append('base.axml', '<view bindtap="eh"/>'),
    ['base.axml binds bindtap, as another platform would'],
  ],
  [
    "another framework's event",
    append('base.axml', '<view @tap="eh"/>'),
    ['base.axml binds @tap, as another platform would'],
  ],
  [
    'an unknown component',
    append('base.axml', '<div/>'),
    ['base.axml uses <div>, which Alipay does not have'],
  ],
  ['a tag that stays open', append('base.axml', '<view>'), ['base.axml does not close <view>']],
  [
    'a closing tag without its opening one',
    append('base.axml', '</view>'),
    ['base.axml closes what is not open'],
  ],
  [
    'a broken expression',
    append('base.axml', '<view class="{{i.}}"/>'),
    ['base.axml has {{i.}}, which is no expression'],
  ],
  [
    'newer syntax',
    append('app.js', ';my?.a'),
    [expect.stringMatching(/^app\.js Parsing error: .*\(\d+:\d+\)$/)],
  ],
  [
    'a global of browsers',
    append('app.js', ';document.title'),
    [expect.stringMatching(/^app\.js 'document' is not defined\. \(/)],
  ],
  [
    'a missing script',
    append('app.js', ';require("./nowhere")'),
    ['app.js requires ./nowhere, which is not there'],
  ],
  [
    'missing markup',
    append('pages/legal/index.axml', '<import src="./nowhere.axml"/>'),
    ['pages/legal/index.axml imports ./nowhere.axml, which is not there'],
  ],
  [
    'missing project settings',
    () => rmSync(path('mini.project.json')),
    ['mini.project.json does not turn component2 on', 'mini.project.json does not turn enableAppxNg on'],
  ],
  [
    'too large a main package',
    () => writeFileSync(path('picture.png'), Buffer.alloc(700 * 1024)),
    [expect.stringMatching(/^the main package has \d+ KB, more than 600$/)],
  ],
  [
    'too large a bundle with a small main package',
    () => {
      replace('app.json', '"subPackages":[', '"subPackages":[{"root":"more","pages":[]},')();
      mkdirSync(path('more'));
      writeFileSync(path('more/picture.png'), Buffer.alloc(2048 * 1024));
    },
    [expect.stringMatching(/^all of it has \d+ KB, more than 2048$/)],
  ],
])('%s is the only defect that is found', (_, harm, defects) => {
  harm();
  expect(defectsOf(folder)).toEqual(defects);
});

test('the attributes for screen readers reach Alipay', () => {
  const wanted = {
    view: ['role', 'aria-level', 'aria-selected', 'aria-label'],
    button: ['role', 'aria-disabled', 'aria-label'],
    image: ['role', 'aria-label'],
    checkbox: ['role', 'aria-checked', 'aria-label'],
  };
  const templates = parseDocument(readFileSync(join(bundle, 'base.axml'), 'utf8'), {
    xmlMode: true,
  }).children;
  const components = templates
    .filter((node) => isElement(node))
    .flatMap(({ children }) => children.filter((node) => isElement(node)));
  // Taro has an extra template for views without attributes.
  const takes = (value: string) => /^\{\{.*\bi\.p\d+.*\}\}$/.test(value);
  for (const [tag, names] of Object.entries(wanted)) {
    const found = components.filter(
      ({ name, attribs }) => name === tag && Object.values(attribs).some((value) => takes(value)),
    );
    const missing = found.flatMap(({ attribs }) => names.filter((name) => !takes(attribs[name] ?? '')));
    expect([tag, found.length > 0, missing]).toEqual([tag, true, []]);
  }
});
