import { join } from 'node:path';
import { defineConfig } from '@tarojs/cli';

// Which browsers a target is compiled for stands in package.json: old engines of phones, or browsers.
process.env.BROWSERSLIST_ENV = process.env.TARO_ENV === 'h5' ? 'production' : 'mini';

// What counts as a signature, and why somebody refuses, is the same for the server and for phones.
const shared = ['signature.ts', 'refusals.ts'].map((file) => join(__dirname, '../../domain', file));
const compile = { include: shared };

// What Taro's router brings along, written for engines of today.
const modern = ['query-string', 'decode-uri-component', 'split-on-first', 'filter-obj'].map((name) =>
  join(__dirname, '../node_modules', name),
);

// What a screen reader says of a component. These of Alipay's components know these attributes; Taro's templates let only
// through what they are told of.
const names = [
  'role',
  'aria-label',
  'aria-level',
  'aria-selected',
  'aria-checked',
  'aria-disabled',
  'aria-hidden',
];
const attributes = Object.fromEntries(names.map((name) => [name, '']));
const components = ['View', 'Text', 'Button', 'Label', 'Checkbox', 'Image'];
const forReaders = Object.fromEntries(components.map((name) => [name, attributes]));

// Under `npm run dev` the pages come from webpack's own server, which passes on to the api what the pages ask of it.
const { PAGES_PORT, API_BEHIND_PAGES } = process.env;
const devServer = {
  // Reloads the page: to replace single modules in it, Taro wants two packages more.
  ...{ host: '127.0.0.1', port: Number(PAGES_PORT), open: false, hot: false },
  proxy: [{ context: ['/api'], target: API_BEHIND_PAGES }],
};

export default defineConfig({
  projectName: 'registration-identity-miniapp',
  date: '2026-11-24',
  designWidth: 375,
  deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 },
  sourceRoot: 'src',
  outputRoot: PAGES_PORT ? 'dist/dev' : `dist/${process.env.TARO_ENV ?? 'h5'}`,
  plugins: process.env.TARO_ENV === 'alipay' ? [['@tarojs/plugin-inject', { components: forReaders }]] : [],
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  defineConstants: {
    // Where the api is; the H5 pages come from it.
    API_URL: JSON.stringify(process.env.API_URL ?? ''),
  },
  // Pixels as they are: letters that grow with the screen would be small on small phones.
  mini: { compile, postcss: { pxtransform: { enable: false } } },
  h5: {
    compile: { include: [...shared, ...modern] },
    publicPath: './',
    staticDirectory: 'static',
    router: { mode: 'hash' },
    ...(PAGES_PORT && { devServer }),
    output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: 'css/[name].[contenthash:8].css',
      chunkFilename: 'css/[name].[contenthash:8].css',
    },
    postcss: { autoprefixer: { enable: true }, pxtransform: { enable: false } },
  },
});
