import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { dark, light, SCOPE } from '../src/theme.ts';

// As CommonJS: antd, what it keeps its styles in and React have to be one copy each.
const require = createRequire(import.meta.url);

const ID = 'virtual:antd.css';

/**
 * `virtual:antd.css`: the styles of the antd components that the console uses, made while it is built. At run time antd would put
 * them into the page as inline styles, which the policy of the page forbids. Light and dark differ in variables only, and the
 * system chooses.
 */
export function antdStyles(): Plugin {
  return {
    name: 'antd-styles',
    resolveId: (id) => (id === ID ? ID : undefined),
    load: (id) => (id === ID ? stylesOfComponents() : undefined),
  };
}

function stylesOfComponents(): string {
  const { createElement: element, Fragment } = require('react') as typeof import('react');
  const { renderToString } = require('react-dom/server') as typeof import('react-dom/server');
  const { createCache, extractStyle, StyleProvider } =
    require('@ant-design/cssinjs') as typeof import('@ant-design/cssinjs');
  const { Alert, Button, ConfigProvider, Input, Radio, Tag, theme } =
    require('antd') as typeof import('antd');

  const components = element(
    Fragment,
    null,
    element(Alert),
    element(Button),
    element(Input),
    element(Input.TextArea),
    element(Radio.Group, { options: ['one'] }),
    element(Tag, { color: 'success' }),
  );
  const stylesUnder = (
    colours: typeof light,
    algorithm: typeof theme.defaultAlgorithm,
    types: ('style' | 'token' | 'cssVar')[],
  ) => {
    const cache = createCache();
    const configured = element(
      ConfigProvider,
      { theme: { token: colours, algorithm, hashed: false, cssVar: { key: SCOPE } } },
      components,
    );
    renderToString(element(StyleProvider, { cache, children: configured }));
    return extractStyle(cache, { plain: true, types });
  };
  const variables = ['token', 'cssVar'] as const;
  const inLight = stylesUnder(light, theme.defaultAlgorithm, ['style', ...variables]);
  const inDark = stylesUnder(dark, theme.darkAlgorithm, [...variables]);
  return withoutUnusedVariables(`${inLight}\n@media (prefers-color-scheme: dark) {${inDark}}`);
}

/** Leaves out the variables that neither these styles nor our own use: antd has one for each shade of each of its colours. */
function withoutUnusedVariables(styles: string): string {
  const own = readFileSync(join(import.meta.dirname, '../src/styles.css'), 'utf8');
  const declaration = /(--ant-[\w-]+):[^;{}]+;?/g;
  for (let [text, length] = [styles, Infinity]; ; length = text.length) {
    if (text.length === length) return text;
    const used = new Set([...`${text}${own}`.matchAll(/var\((--ant-[\w-]+)/g)].map(([, name]) => name));
    text = text.replaceAll(declaration, (whole, name: string) => (used.has(name) ? whole : ''));
  }
}
