import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Our packages, each with a lockfile of its own. */
export const folders = ['.', 'miniapp', 'console', 'registry-client'];

/** Licences that a package may have. Of MPL-2.0 the files stay under it; we change none. */
const ALLOWED = [
  ...[
    'MIT',
    'MIT-0',
    'ISC',
    '0BSD',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'Python-2.0',
  ],
  ...['MPL-2.0', 'Unlicense', 'CC0-1.0', 'CC-BY-4.0', 'OFL-1.1'],
];

/** Packages whose entry in the lockfile names none that a program understands, with the one in their files. @type {[RegExp, string][]} */
const READ_IN_FILES = [
  [/^@swc\/core-/, 'Apache-2.0'],
  [/^@unrs\/resolver-binding-/, 'MIT'],
  [/^pause-stream$/, 'MIT OR Apache-2.0'],
  [/^(png-js|string\.fromcodepoint)$/, 'MIT'],
  [/^unionfs$/, 'Unlicense'],
];

/**
 * The packages that a lockfile names.
 * @param {string} root
 * @param {string} folder
 * @returns {{ name: string, version: string, licence: string, integrity: string | undefined }[]}
 */
export function packagesOf(root, folder) {
  const text = readFileSync(join(root, folder, 'package-lock.json'), 'utf8');
  /** @type {{ packages: Record<string, { version: string, license?: unknown, integrity?: string, link?: boolean }> }} */
  const { packages } = JSON.parse(text);
  return Object.entries(packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && !link)
    .map(([path, { version, license, integrity }]) => {
      const name = path.replace(/^.*node_modules\//, '');
      const read = READ_IN_FILES.find(([form]) => form.test(name))?.[1];
      return { name, version, licence: typeof license === 'string' ? license : (read ?? 'none'), integrity };
    });
}

/** Whether a licence expression (SPDX) can be fulfilled by what is allowed. @param {string} expression */
export function isAllowed(expression) {
  return expression
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((licence) => ALLOWED.includes(licence)));
}
