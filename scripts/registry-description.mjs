// What registration systems are given, made from the code. Needs a build.
//   node scripts/registry-description.mjs            writes docs/matter.schema.json, the JSON Schema of a matter; with --check it only
//                                                    says whether it is up to date
//   node scripts/registry-description.mjs --release  accepts the present description of their part of the api as the one of the next
//                                                    release, unless it breaks a client of the last one
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { userMessageOf, UserError } from './user-error.mjs';

/** @import { Description } from '../api/compatibility.ts' */

const root = join(import.meta.dirname, '..');
const require = createRequire(import.meta.url);

try {
  if (!existsSync(join(root, 'dist/api/docs.js')))
    throw new UserError('dist/ is not there yet. Run `npm run build` first.');
  if (process.argv.includes('--release')) release();
  else write('docs/matter.schema.json', matterSchema());
} catch (error) {
  process.stderr.write(`${userMessageOf(error)}\n`);
  process.exitCode = 1;
}

function matterSchema() {
  const { z } = /** @type {typeof import('zod')} */ (require('zod'));
  const { matterSchema: schema } = /** @type {typeof import('../api/registry/matter-schema.ts')} */ (
    require(join(root, 'dist/api/registry/matter-schema.js'))
  );
  const { $schema, $defs } = z.toJSONSchema(schema, { io: 'input' });
  // The id is for references within the description of the api.
  const matter = { ...$defs?.Matter };
  delete matter.id;
  return { $schema, ...matter };
}

function release() {
  const now = description();
  const [major] = now.info.version.split('.');
  const file = `docs/openapi/registry.v${major}.json`;
  if (existsSync(join(root, file))) {
    /** @type {Description} */
    const last = JSON.parse(readFileSync(join(root, file), 'utf8'));
    const { breakingChanges } = /** @type {typeof import('../api/compatibility.ts')} */ (
      require(join(root, 'dist/api/compatibility.js'))
    );
    const changes = breakingChanges(last, now);
    if (changes.length > 0) {
      throw new UserError(
        `These changes break clients of version ${last.info.version}:\n${changes.map((change) => `  ${change}`).join('\n')}\nMake them beside what is there, or raise the major version (API_VERSION in api/docs.ts).`,
      );
    }
    const isSame = JSON.stringify(last) === JSON.stringify(now);
    if (!isSame && last.info.version === now.info.version)
      throw new UserError(
        `The description has changed since version ${last.info.version}: raise API_VERSION in api/docs.ts, build, and try again.`,
      );
  }
  write(file, now);
}

/** The part for registration systems. @returns {Description} */
function description() {
  const { describeApi } = /** @type {typeof import('../api/docs.ts')} */ (
    require(join(root, 'dist/api/docs.js'))
  );
  const { routesOf } = /** @type {typeof import('../api/routes.ts')} */ (
    require(join(root, 'dist/api/routes.js'))
  );
  // Only the list is read: nothing is called.
  const dependencies = /** @type {Parameters<typeof routesOf>[0]} */ ({});
  const routes = routesOf(dependencies).filter(({ audience }) => audience === 'registration-system');
  return JSON.parse(JSON.stringify(describeApi(routes)));
}

/**
 * @param {string} file
 * @param {object} content
 */
function write(file, content) {
  const text = `${JSON.stringify(content, null, 2)}\n`;
  if (!process.argv.includes('--check')) writeFileSync(join(root, file), text);
  else if (readFileSync(join(root, file), 'utf8') !== text)
    throw new UserError(`${file} is out of date. Run \`npm run api-types\`.`);
  process.stdout.write(`${file} is up to date.\n`);
}
