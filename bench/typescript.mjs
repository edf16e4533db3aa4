import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { transformSync } from '@swc/core';

/** @import { Options } from '@swc/core' */

const require = createRequire(import.meta.url);

/**
 * Loads a module of the tests, which is written in TypeScript, and compiles it as jest does.
 * @param {string} path
 * @returns {unknown} what it exports
 */
export function requireTypeScript(path) {
  /** @type {Options} */
  const options = require('../scripts/swc-options.json');
  // Node has deprecated this, but keeps it.
  const { extensions } = require;
  extensions['.ts'] = (module, filename) => {
    const { code } = transformSync(readFileSync(filename, 'utf8'), { ...options, filename });
    /** @type {NodeModule & { _compile(code: string, filename: string): void }} */ (module)._compile(
      code,
      filename,
    );
  };
  const loaded = require(path);
  delete extensions['.ts'];
  return loaded;
}
