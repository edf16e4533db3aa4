import { join } from 'node:path';
import { defineConfig } from '@tarojs/cli';

// package.json lists the engines for both: old ones of phones for mini-programs, or browsers.
process.env.BROWSERSLIST_ENV = process.env.TARO_ENV === 'h5' ? 'production' : 'mini';

// Rules that are the same on the server and on phones.
const shared = join(__dirname, '../../domain');
// Written for newer engines.
const qrCodes = join(__dirname, '../node_modules/uqr/dist/index.mjs');
const compile = { include: [shared, qrCodes] };

// Dependencies of Taro's router that are written for newer engines.
const modern = ['query-string', 'decode-uri-component', 'split-on-first', 'filter-obj'].map((name) =>
  join(__dirname, '../node_modules', name),
);

// Attributes for screen readers. These components of Alipay know them, but Taro's templates pass on only what is listed here.
const attributeNames = [
  'role',
  'aria-label',
  'aria-level',
  'aria-selected',
  'aria-checked',
  'aria-disabled',
  'aria-hidden',
];
const attributes = Object.fromEntries(attributeNames.map((name) => [name, '']));
const components = ['View', 'Text', 'Button', 'Label', 'Checkbox', 'Image'];
const forScreenReaders = Object.fromEntries(components.map((name) => [name, attributes]));

// Under `npm run dev` the pages come from webpack's own server, which passes on to the api what the pages ask of it.
const { PAGES_PORT, API_BEHIND_PAGES } = process.env;
const devServer = {
  // Reloads the page: to replace single modules in it, Taro wants two packages more.
  ...{ host: '127.0.0.1', port: Number(PAGES_PORT), open: false, hot: false },
  proxy: [{ context: ['/api'], target: API_BEHIND_PAGES }],
};

// Taro's own settings shorten little. Its code is switched by constants, which only a second pass takes out.
const terser =
  process.env.TARO_ENV === 'h5'
    ? {
        ecma: 2017,
        keep_fnames: false,
        compress: { passes: 2 },
        output: { keep_quoted_props: false, quote_keys: false },
      }
    : {
        compress: {
          ...{
            passes: 2,
            collapse_vars: true,
            comparisons: true,
            hoist_props: true,
            inline: true,
            loops: true,
          },
          ...{ properties: true, reduce_funcs: true, reduce_vars: true, switches: true },
        },
        output: { ascii_only: false },
      };

// Parts of Taro that no browser here needs: stand-ins for what each of them has, functions that are not called, and the wheel for dates,
// since browsers have an input for them.
const unused = [
  ...['whatwg-fetch$', 'jsonp-retry$', 'platform$'],
  join(__dirname, '../node_modules/@tarojs/components/dist/components/taro-picker-core.js'),
];

export default defineConfig({
  projectName: 'registration-identity-miniapp',
  date: '2026-11-24',
  designWidth: 375,
  deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 },
  sourceRoot: 'src',
  outputRoot: PAGES_PORT ? 'dist/dev' : `dist/${process.env.TARO_ENV ?? 'h5'}`,
  plugins:
    process.env.TARO_ENV === 'alipay' ? [['@tarojs/plugin-inject', { components: forScreenReaders }]] : [],
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  // A dynamic import becomes a require for mini-programs, and that would take a .cjs file, which Babel does not see.
  alias: { uqr$: qrCodes },
  defineConstants: {
    // The API's address. It is empty for the H5 build, whose pages the API serves itself.
    API_URL: JSON.stringify(process.env.API_URL ?? ''),
  },
  terser: { enable: true, config: terser },
  // Sizes stay in pixels: text that grows with the screen would be small on small phones.
  mini: {
    compile,
    optimizeMainPackage: { enable: true },
    postcss: { pxtransform: { enable: false } },
    runtime: { enableInnerHTML: false },
  },
  h5: {
    compile: { include: [...compile.include, ...modern] },
    publicPath: './',
    staticDirectory: 'static',
    router: { mode: 'hash' },
    webpackChain(chain) {
      // The first page loads with the app, and so does what it shares with the others, which load when they are opened.
      chain.entry('app').add(join(__dirname, '../src/pages/home/index'));
      chain.optimization.splitChunks({
        ...{ chunks: 'all', minSize: 0 },
        cacheGroups: {
          ...{ default: false, defaultVendors: false },
          // Browsers keep these from release to release.
          vendors: { test: /node_modules/, chunks: 'initial', name: 'vendors', priority: 1 },
          common: { minChunks: 2 },
        },
      });
      chain.merge({ resolve: { alias: Object.fromEntries(unused.map((name) => [name, false])) } });
    },
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
