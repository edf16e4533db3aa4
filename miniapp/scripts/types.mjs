// `npm run types`, or with `--check` whether it has to be run: what the api answers and takes, as TypeScript, from the description that the api makes of itself.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

const root = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const { describeApi } = require(join(root, 'dist/api/docs.js'));
const { routesOf } = require(join(root, 'dist/api/routes.js'));

const ofMiniApp = routesOf({}).filter(({ audience }) =>
  ['public', 'visitor', 'mini-app', 'journey-holder'].includes(audience),
);
const description = describeApi(ofMiniApp);
// Refusals are read by their code, whatever the route.
for (const methods of Object.values(description.paths)) {
  for (const { responses } of Object.values(methods)) {
    for (const status of Object.keys(responses)) if (Number(status) >= 400) delete responses[status];
  }
}
const types = astToString(await openapiTS(JSON.stringify(description)));
const file = join(root, 'miniapp/src/api-types.ts');
const text = `// Made by \`npm run types\` from the api's own description. Not to be changed by hand.\n\n${types}`;
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  process.stderr.write('miniapp/src/api-types.ts is out of date: run `npm --prefix miniapp run types`.\n');
  process.exitCode = 1;
}
