import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { Linter } from 'eslint';
import { Parser } from 'htmlparser2';
import { expressionsOf } from './axml';
import { GLOBALS } from './runtime';

const MAIN_KB = 600;
const ALL_KB = 2048;

// Alipay's components (https://opendocs.alipay.com/mini/component), and the tags of its markup.
const TAGS = new Set([
  ...[
    'view',
    'swiper',
    'swiper-item',
    'scroll-view',
    'cover-view',
    'cover-image',
    'movable-view',
    'movable-area',
  ],
  ...['text', 'icon', 'progress', 'rich-text', 'button', 'form', 'label', 'input', 'textarea', 'radio'],
  ...['radio-group', 'checkbox', 'checkbox-group', 'switch', 'slider', 'picker', 'picker-view'],
  ...['picker-view-column', 'navigator', 'image', 'video', 'canvas', 'map', 'web-view', 'page-meta'],
  ...['root-portal', 'page-container', 'match-media', 'share-element', 'lottie', 'template', 'block', 'slot'],
  ...['import', 'include', 'import-sjs'],
]);

// The language's globals as of ES2017, and those that code probes by `typeof` or `try` before it uses them.
const LANGUAGE = [
  ...[
    'Array',
    'ArrayBuffer',
    'Boolean',
    'Date',
    'Error',
    'Function',
    'Infinity',
    'Int32Array',
    'JSON',
    'Map',
    'Math',
    'NaN',
  ],
  ...['Number', 'Object', 'Promise', 'Proxy', 'RangeError', 'Reflect', 'RegExp', 'Set', 'String', 'Symbol'],
  ...[
    'SyntaxError',
    'TypeError',
    'Uint32Array',
    'Uint8Array',
    'WeakMap',
    'WeakSet',
    'decodeURIComponent',
    'undefined',
  ],
  ...[
    'encodeURIComponent',
    'escape',
    'globalThis',
    'isFinite',
    'isNaN',
    'parseFloat',
    'parseInt',
    'unescape',
  ],
];
const PROBED = [
  ...['__REACT_DEVTOOLS_GLOBAL_HOOK__', 'MessageChannel', 'SuppressedError', 'performance', 'requirePlugin'],
  ...['setImmediate', 'window'],
];

const globals = Object.fromEntries(
  [...GLOBALS, ...LANGUAGE, ...PROBED].map((name) => [name, 'readonly' as const]),
);

/** Finds what Alipay would reject or could not run in a built bundle. @returns a sentence for each */
export function defectsOf(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const isThere = (from: string, path: string) => {
    const target = path.startsWith('/') ? join(folder, path) : join(folder, dirname(from), path);
    return existsSync(target) || existsSync(`${target}.js`);
  };
  const check: Record<string, (file: string) => string[]> = {
    '.json': (file) => (parsed(read(file)) === undefined ? ['is no JSON'] : []),
    '.js': (file) => [
      ...defectsOfScript(read(file), 'commonjs'),
      ...[...read(file).matchAll(/\brequire\("([^"]+)"\)/g)]
        .filter(([, path = '']) => !isThere(file, path))
        .map(([, path = '']) => `requires ${path}, which is not there`),
    ],
    '.sjs': (file) => defectsOfScript(read(file), 'module'),
    '.axml': (file) => defectsOfMarkup(read(file), (path) => isThere(file, path)),
  };
  const app = parsed(read('app.json')) as AppConfig;
  return [
    ...missingFiles(new Set(files), app),
    ...files.flatMap((file) => (check[extname(file)]?.(file) ?? []).map((defect) => `${file} ${defect}`)),
    ...settingsOf(
      existsSync(join(folder, 'mini.project.json')) ? parsed(read('mini.project.json')) : undefined,
    ),
    ...tooLarge(
      app,
      files.map((file) => [file, statSync(join(folder, file)).size]),
    ),
  ];
}

type AppConfig = { pages?: string[]; subPackages?: { root: string; pages: string[] }[] } | undefined;

const subPackagesOf = (app: AppConfig) => app?.subPackages ?? [];

/** A page needs a script, markup and settings. It needs no styles: Taro puts all of them into app.acss. */
function missingFiles(files: Set<string>, app: AppConfig): string[] {
  const pages = [
    ...(app?.pages ?? []),
    ...subPackagesOf(app).flatMap(({ root, pages: own }) => own.map((page) => join(root, page))),
  ];
  const wanted = pages.flatMap((page) => ['.js', '.axml', '.json'].map((kind) => `${page}${kind}`));
  return ['app.js', 'app.acss', ...wanted]
    .filter((file) => !files.has(file))
    .map((file) => `${file} is missing`);
}

function settingsOf(project: unknown): string[] {
  const { compileOptions = {} } = (project ?? {}) as { compileOptions?: Record<string, unknown> };
  return ['component2', 'enableAppxNg']
    .filter((name) => compileOptions[name] !== true)
    .map((name) => `mini.project.json does not turn ${name} on`);
}

/** All files outside of sub-packages are the main package. */
function tooLarge(app: AppConfig, sizes: [string, number][]): string[] {
  const roots = subPackagesOf(app).map(({ root }) => `${root}/`);
  const kb = (of: [string, number][]) => Math.ceil(of.reduce((sum, [, size]) => sum + size, 0) / 1024);
  const main = kb(sizes.filter(([file]) => !roots.some((root) => file.startsWith(root))));
  const all = kb(sizes);
  return [
    ...(main > MAIN_KB ? [`the main package has ${main} KB, more than ${MAIN_KB}`] : []),
    ...(all > ALL_KB ? [`all of it has ${all} KB, more than ${ALL_KB}`] : []),
  ];
}

const linter = new Linter();
// By the script itself: the bundles of one test run differ in one file, and a whole one takes seconds.
const defectsOfScripts = new Map<string, string[]>();

/** Finds syntax that old engines do not know, and globals that Alipay does not have: window, document, URL, fetch. */
function defectsOfScript(code: string, sourceType: 'commonjs' | 'module'): string[] {
  const known = defectsOfScripts.get(sourceType + code);
  if (known) return known;
  const languageOptions = { ecmaVersion: 2017, sourceType, globals } as const;
  const defects = linter
    .verify(code, { languageOptions, rules: { 'no-undef': 'error' } })
    .map(({ message, line, column }) => `${message} (${line}:${column})`);
  defectsOfScripts.set(sourceType + code, defects);
  return defects;
}

function defectsOfMarkup(text: string, isThere: (path: string) => boolean): string[] {
  const defects: string[] = [];
  let closed = 0;
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        if (!TAGS.has(tag)) defects.push(`uses <${tag}>, which Alipay does not have`);
        for (const [name, value] of Object.entries(attributes)) {
          if (/^(wx|tt|swan|qq|ks):|^(bind|catch)(?![A-Z])|^@|^v-/.test(name)) {
            defects.push(`binds ${name}, as another platform would`);
          }
          defects.push(...defectsOfExpressions(name, value));
        }
        const { src, from } = attributes;
        if (tag.startsWith('import') || tag === 'include') {
          const path = src ?? from ?? '';
          if (!isThere(path)) defects.push(`imports ${path}, which is not there`);
        }
      },
      ontext: (data) => defects.push(...defectsOfExpressions('', data)),
      onclosetag(tag, isImplied) {
        if (!isImplied) closed += 1;
        else if (text[parser.endIndex - 1] !== '/') defects.push(`does not close <${tag}>`);
      },
    },
    { xmlMode: true },
  );
  parser.end(text);
  if (text.split('</').length - 1 !== closed) defects.push('closes what is not open');
  return defects;
}

function defectsOfExpressions(name: string, text: string): string[] {
  return expressionsOf(name, text).flatMap((expression) =>
    linter.verify(expression, { languageOptions: { ecmaVersion: 5, sourceType: 'script' } }).length > 0
      ? [`has {{${expression.slice(1, -1)}}}, which is no expression`]
      : [],
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
