import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** @typedef {{ values: string[], types: string[], packages?: string[] }} Layer */

// Which folder may import which (docs/architecture.md): `values` in any way, `types` only with `import type`. Packages are
// free unless `packages` names the only ones whose code may be loaded.
/** @type {Record<string, Layer>} */
const layers = {
  domain: { values: [], types: [], packages: [] },
  workflows: {
    values: ['domain'],
    types: ['activities'],
    packages: ['@temporalio/workflow', '@temporalio/common'],
  },
  activities: { values: ['domain', 'db', 'evidence', 'alipay', 'registry', 'platform', 'texts'], types: [] },
  api: {
    values: ['domain', 'db', 'evidence', 'alipay', 'registry', 'platform', 'texts', 'workflows/contract'],
    types: ['workflows'],
  },
  db: { values: ['domain', 'evidence', 'platform'], types: [] },
  evidence: { values: ['domain', 'platform'], types: [] },
  platform: { values: ['workflows/contract'], types: ['domain'] },
  alipay: { values: ['domain'], types: [] },
  registry: { values: [], types: ['domain'] },
  texts: { values: [], types: ['domain'] },
  // The sandbox of Alipay and of a registration system shares no code with ours: a mistake in signing would cancel out.
  sandbox: { values: ['domain'], types: [] },
  // Given to others: it knows of the product only what the api's description says.
  'registry-client': { values: [], types: [] },
};
const services = Object.keys(layers).filter((layer) => layer !== 'sandbox');

const tests = ['**/*.test.ts', 'test/**/*.ts'];
const roots = ['worker.ts', 'api/main.ts', 'sandbox/main.ts'];

// The environment by another door, and the composition roots, which nothing may import.
const forbiddenEverywhere = [
  {
    regex: '^(node:)?process$',
    importNames: ['env'],
    message: 'Only platform/config.ts reads the environment.',
  },
  { regex: '^(\\.\\./)+worker$|(^|/)main$', message: 'A composition root is started, not imported.' },
];

const noDynamicImport = {
  selector: 'ImportExpression',
  message: 'Import at the top of the file: the layer rules see nothing else.',
};

export default tseslint.config(
  {
    ignores: [
      ...['**/node_modules/', '**/dist/', '.data/', 'test/histories/'],
      // Generated from the API's description.
      'miniapp/src/api-types.ts',
      'console/src/api-types.ts',
      'registry-client/src/api-types.ts',
    ],
  },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Names are read character by character, and a Chinese character may be two code units.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: forbiddenEverywhere }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // db/strict-columns.ts adds to the types of knex, which are in a namespace.
      '@typescript-eslint/no-namespace': ['error', { allowDeclarations: true }],
      // Deprecated only to stand out; it is for identity providers of development, which the configuration of production refuses.
      '@typescript-eslint/no-deprecated': [
        'error',
        { allow: [{ from: 'package', package: 'openid-client', name: 'allowInsecureRequests' }] },
      ],
      // A value from storage or from a vendor has the type that its caller names, once, at the edge.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Objects of functions have no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      // Interfaces promise a promise where one implementation needs none.
      '@typescript-eslint/require-await': 'off',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only platform/config.ts reads the environment.' },
      ],
      'no-restricted-syntax': ['error', noDynamicImport],
    },
  },
  { files: ['platform/config.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: [
      ...services.map((layer) => `${layer}/**/*.ts`),
      'worker.ts',
      '{miniapp,console}/src/**/*.{ts,tsx}',
    ],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['{miniapp,console}/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      // Browsers load later what few people need.
      'no-restricted-syntax': 'off',
    },
  },
  // Taro loads its settings, the app and every page by their default exports; its settings are for the build alone.
  {
    files: [
      ...['miniapp/config/index.ts', 'miniapp/src/**/*.config.ts', 'miniapp/src/{app,pages/**/index}.tsx'],
      // So does Vite, and so does what stands for a module of antd.
      ...['console/vite.config.ts', 'console/build/no-unique-provider.ts'],
    ],
    rules: { 'no-restricted-exports': 'off' },
  },
  {
    files: ['miniapp/config/index.ts', 'console/vite.config.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['console/src/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            ...forbiddenEverywhere.slice(0, 1),
            ...patternsOf('console', { values: ['domain', 'texts'], types: [] }),
          ],
        },
      ],
    },
  },
  ...Object.entries(layers).map(([layer, allowed]) => ({
    files: [`${layer}/**/*.ts`],
    ignores: [...tests, ...roots],
    rules: {
      '@typescript-eslint/no-restricted-imports': /** @type {['error', object]} */ ([
        'error',
        { patterns: [...forbiddenEverywhere, ...patternsOf(layer, allowed)] },
      ]),
    },
  })),
  {
    files: tests,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^(node:)?timers', message: 'Wait for what is to happen, not for time to pass.' },
          ],
        },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Jest's matchers and parsed answers are `any`.
      ...Object.fromEntries(
        ['argument', 'assignment', 'call', 'member-access', 'return'].map((use) => [
          `@typescript-eslint/no-unsafe-${use}`,
          'off',
        ]),
      ),
      'no-restricted-globals': [
        'error',
        ...['setTimeout', 'setInterval'].map((name) => ({
          name,
          message: 'Wait for what is to happen, not for time to pass.',
        })),
      ],
      'no-restricted-syntax': [
        'error',
        noDynamicImport,
        {
          selector:
            'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(skip|only|todo)$/]',
          message: 'Every test runs, and so do all others.',
        },
        {
          selector: 'CallExpression[callee.object.name="jest"][callee.property.name=/[mM]ock$/]',
          message: 'Hand a double over as an argument instead of replacing a module.',
        },
        {
          selector: 'CallExpression[callee.name=/^(xit|xtest|xdescribe|fit|fdescribe)$/]',
          message: 'Every test runs, and so do all others.',
        },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          ...[
            'process',
            'Buffer',
            'URL',
            'URLSearchParams',
            'fetch',
            'AbortController',
            'AbortSignal',
            'structuredClone',
          ],
          ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    // Runs in browsers.
    files: ['api/evidence/page/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['document', 'location', 'history', 'btoa'].map((name) => [name, 'readonly']),
      ),
    },
  },
  { files: ['*.js', 'miniapp/*.js'], languageOptions: { sourceType: 'commonjs' } },
  {
    files: ['scripts/**/*.mjs'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(\\.\\./)+(bench|test/(?!drivers/))',
              message:
                'scripts/ may import test/drivers/, which call the product over HTTP, and nothing else of test/ and bench/.',
            },
          ],
        },
      ],
    },
  },
);

// Other folders of ours are reached by `../…/<folder>/…`, packages by a name that does not begin with a dot.
/**
 * @param {string} layer
 * @param {Layer} allowed
 */
function patternsOf(layer, { values, types, packages }) {
  const others = ['test', 'bench', 'scripts', ...Object.keys(layers)].filter((name) => name !== layer);
  /** @param {string[]} names */
  const reach = (names) => names.map((name) => `(?!${name}(?:/|$))`).join('');
  const folder = `(?:${others.join('|')})(?:/|$)`;
  const sentence = `${layer}/ may import ${values.join(', ') || 'no other folder'}${
    types.length > 0 ? `, and types of ${types.join(', ')}` : ''
  }.`;
  return [
    { regex: `^(?:\\.\\./)+${reach(values)}${reach(types)}${folder}`, message: sentence },
    ...types.map((name) => ({
      regex: `^(?:\\.\\./)+${reach(values)}${name}(?:/|$)`,
      allowTypeImports: true,
      message: sentence,
    })),
    ...(packages
      ? [
          {
            regex: `^(?!\\.)${packages.map((name) => `(?!${name}$)`).join('')}`,
            allowTypeImports: packages.length > 0,
            message: `${layer}/ may load ${packages.join(' and ') || 'no package'}.`,
          },
        ]
      : []),
  ];
}
