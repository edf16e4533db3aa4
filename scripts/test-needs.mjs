import { basename, dirname, join } from 'node:path';
import { withImports } from './imports.mjs';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'test/setup/needs');
const sandbox = join(root, 'sandbox/');

/** What has to be prepared for these test files: the names of the files that they import from test/setup/needs/. @param {string[]} files */
export function needsOf(files) {
  const needs = [...withImports(files)].filter((file) => dirname(file) === folder);
  return new Set(needs.map((file) => basename(file, '.ts')));
}

/** Whether a test file needs nothing prepared and starts no sandbox of its own. @param {string} file */
export function isUnitTest(file) {
  return needsOf([file]).size === 0 && ![...withImports([file])].some((one) => one.startsWith(sandbox));
}
