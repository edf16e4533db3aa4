import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { antdStyles } from './build/antd-styles.ts';
import { withoutStyleFunctions } from './build/without-style-functions.ts';
import { zippedForms } from './build/zipped-forms.ts';

// `npm run dev` says where the api is; its cookies are for the host, whatever the port.
const api = process.env.API_BEHIND_PAGES;

export default defineConfig({
  base: '/console/',
  plugins: [react(), antdStyles(), withoutStyleFunctions(), zippedForms()],
  resolve: {
    // Tooltips that share one window: the console has none, and they bring 20 KB to the first screen.
    alias: [
      {
        find: '../tooltip/UniqueProvider',
        replacement: new URL('build/no-unique-provider.ts', import.meta.url).pathname,
      },
    ],
  },
  build: {
    target: 'es2022',
    outDir: 'dist/pages',
    // Nothing of the page is in the page itself: the policy of api/pages.ts allows no inline script, and no data in an address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Their modules only define things, though their packages do not say so: what is not used is left out.
      treeshake: {
        moduleSideEffects: [
          { test: /\/node_modules\/(@rc-component|antd|@ant-design)\//, sideEffects: false },
        ],
      },
    },
  },
  server: {
    host: '127.0.0.1',
    port: Number(process.env.PAGES_PORT) || 5173,
    strictPort: true,
    ...(api && { proxy: { '/api': api } }),
  },
  test: { include: ['src/**/*.test.ts'] },
});
