// `npm run fuzz`: everything that the api's description allows, and much that it forbids, is sent to the running product, for
// each audience, by Schemathesis. It finds answers that the description does not know, data that should have been refused or
// taken, and ways around what keeps strangers out.
//   --short        fewer examples, in about three minutes   --only TEXT   audiences whose name contains it
//   --seed N       the same examples again
import '../../scripts/node-version.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { openIsolatedRun } from '../../scripts/isolated-run.mjs';
import { createProgress } from '../../scripts/progress.mjs';
import { provideSchemathesis } from '../../scripts/schemathesis.mjs';
import { startStack } from '../../scripts/stack.mjs';
import { writePersons } from '../fixtures/persons.mjs';
import { callersOf, persons } from './callers.mjs';
import { startSigningProxy } from './signing-proxy.mjs';

/**
 * @import { Urls } from '../../scripts/stack.mjs'
 * @import { Caller, Known } from './callers.mjs'
 */

/** A part of a description: JSON Schema of any form, which this script only changes in places. @typedef {any} Schema */
/** @typedef {{ failed: boolean, count: string, output: string }} Result */

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    short: { type: 'boolean' },
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});

const MINUTES_PER_AUDIENCE = values.short ? 5 : 30;
const rules = join(import.meta.dirname, 'schemathesis.toml');
const { dataDir, processes, run } = openIsolatedRun('fuzz');
const quiet = createProgress(new Writable({ write: (_, __, done) => done() }));
await run(fuzz);

async function fuzz() {
  const schemathesis = await provideSchemathesis({ processes, report: () => undefined });
  Object.assign(process.env, {
    REQUESTS_PER_MINUTE_PER_ADDRESS: '100000',
    REQUESTS_PER_MINUTE_PER_SESSION: '10000',
  });
  const personsFile = join(dataDir, 'persons.json');
  writePersons(personsFile, persons);
  const { urls } = await startStack({
    root,
    dataDir,
    processes,
    progress: quiet,
    samples: false,
    personsFile,
  });
  const keys = join(dataDir, 'keys');
  const proxy = await startSigningProxy({
    apiUrl: urls.api,
    keyId: 'sample-registry-1',
    privateKey: readFileSync(join(keys, 'sample-registry-private.pem'), 'utf8'),
  });
  const callers = await callersOf({ urls, proxy, keys });
  /** @type {Result[]} */
  const results = [];
  for (const caller of callers.filter(({ name }) => !values.only || name.includes(values.only))) {
    for (const knows of caller.known ? [false, true] : [false]) {
      const name = knows ? `${caller.name}, knowing values` : caller.name;
      process.stdout.write(`… ${name}\n`);
      const startedAt = Date.now();
      const result = await attack(schemathesis, { ...caller, name, knows }, urls);
      const seconds = Math.round((Date.now() - startedAt) / 1000);
      process.stdout.write(`${result.failed ? '✗' : '✓'} ${name}: ${result.count}, ${seconds} s\n`);
      if (result.failed) process.stdout.write(`${result.output}\n`);
      results.push(result);
    }
  }
  proxy.close();
  const failed = results.filter((result) => result.failed).length;
  process.stdout.write(`\n${results.length} runs, ${failed} failed (seed ${values.seed})\n`);
  return failed === 0 && results.length > 0 ? 0 : 1;
}

/**
 * Has Schemathesis send what it makes of these routes' description.
 * @param {string} schemathesis path of its program
 * @param {Caller & { knows: boolean }} caller `knows`: all known values take the place of what the description allows; then nothing
 *   forbidden is sent, since another value than these may well be allowed
 * @param {Urls} urls
 * @returns {Promise<Result>}
 */
async function attack(schemathesis, { name, knows, routes, headers = {}, url, known }, urls) {
  /** @type {typeof import('../../api/docs.ts')} */
  const { describeApi } = require(join(root, 'dist/api/docs.js'));
  // The routes are only listed here, and need nothing.
  /** @type {{ routesOf: (nothing: object) => Parameters<typeof describeApi>[0] }} */
  const { routesOf } = require(join(root, 'dist/api/routes.js'));
  const file = join(dataDir, name.replaceAll(/\W+/g, '-'));
  /** @type {Schema} */
  const description = describeApi(routesOf({}).filter(routes));
  // Schemathesis takes a header away to see whether it is missed, and no cookie.
  description.components.securitySchemes.clerkSession = { type: 'apiKey', in: 'header', name: 'Cookie' };
  /** @type {Schema[]} */
  const operations = Object.values(description.paths).flatMap((methods) => Object.values(methods));
  for (const operation of operations) {
    for (const parameter of operation.parameters ?? []) {
      if (known && (knows || mustExist(parameter))) {
        parameter.schema = choosingFrom(known[parameter.name], parameter.schema);
      }
    }
    // One that may be left out is empty, and Schemathesis takes its absence for forbidden.
    if (!operation.requestBody?.required) delete operation.requestBody;
    if (!known || !knows) continue;
    /** @type {[string, Schema][]} */
    const bodies = Object.entries(operation.requestBody?.content ?? {});
    for (const [mediaType, body] of bodies) {
      const isJson = mediaType === 'application/json';
      body.schema = isJson
        ? knowing(known, body.schema, description)
        : choosingFrom(known[mediaType], body.schema);
    }
  }
  writeFileSync(`${file}.json`, JSON.stringify(description, withoutLargeLimits));
  const args = [
    ...['--config-file', rules, 'run', `${file}.json`, '--url', url ?? urls.api, '--no-color'],
    ...['--checks', 'all', '--continue-on-failure', '--seed', values.seed, '--warnings', 'off'],
    ...['--generation-database', 'none', '--generation-with-security-parameters', 'false'],
    ...['--request-timeout', '20', '--mode', knows ? 'positive' : 'all'],
    ...['--report', 'har', '--report-har-path', `${file}.har`],
    // Sequences take values from earlier answers, such as the revision, which a run with known values would call forbidden.
    ...['--phases', values.short || knows ? 'coverage,fuzzing' : 'examples,coverage,fuzzing,stateful'],
    ...['--max-examples', values.short ? '5' : '50'],
    // Of what Hypothesis makes for a signature, most is thrown away before it is sent: that is slow, and no finding.
    ...['--suppress-health-check', 'filter_too_much'],
    ...Object.entries(headers).flatMap(([header, value]) => ['-H', `${header}: ${value}`]),
  ];
  // Where Python finds the hooks that the rules name.
  const env = { ...process.env, PYTHONPATH: import.meta.dirname, PYTHONDONTWRITEBYTECODE: '1' };
  const child = spawn(schemathesis, args, { cwd: dataDir, stdio: ['ignore', 'pipe', 'pipe'], env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const stop = () => child.kill('SIGKILL');
  const limit = setTimeout(stop, MINUTES_PER_AUDIENCE * 60_000);
  process.on('exit', stop);
  const [code, signal] = await once(child, 'close');
  process.off('exit', stop);
  clearTimeout(limit);
  if (signal) {
    const sentence = `It did not end within ${MINUTES_PER_AUDIENCE} minutes and was stopped.`;
    return { failed: true, count: 'stopped', output: `${output}\n${sentence}` };
  }
  const [, counted] = /Test cases:\s*\n\s*(.+)/.exec(output) ?? [];
  if (counted === undefined) return { failed: true, count: 'nothing was sent', output };
  /** @type {{ log: { entries: { response: { status: number } }[] } }} */
  const { log } = JSON.parse(readFileSync(`${file}.har`, 'utf8'));
  const accepted = log.entries.filter(({ response: { status } }) => status >= 200 && status < 300).length;
  const isAlwaysRejected = (knows || !known) && accepted === 0;
  if (isAlwaysRejected) output += 'No call was accepted: nothing behind the rejections was reached.\n';
  return { failed: code !== 0 || isAlwaysRejected, count: `${counted}, ${accepted} accepted`, output };
}

/** Any other value of these must not be found. A matter may have any name. @param {{ name: string }} parameter */
function mustExist({ name }) {
  return name === 'id' || name === 'toDoId';
}

/**
 * Schemathesis makes a value at every limit and just above it. An array of 500 persons takes it minutes, and finds nothing
 * that an array of 2 does not. Tests in api and registry send what is too large.
 * @param {string} name
 * @param {any} value
 */
function withoutLargeLimits(name, value) {
  const isLarge = (name === 'maxItems' && value > 10) || (name === 'maxLength' && value > 300);
  return isLarge ? undefined : value;
}

/**
 * The same schema with the known values for the properties of their names.
 * @param {Known} known
 * @param {Schema} schema
 * @param {Schema} description
 * @returns {Schema}
 */
function knowing(known, schema, description) {
  if (Array.isArray(schema)) return schema.map((one) => knowing(known, one, description));
  if (typeof schema !== 'object' || schema === null) return schema;
  if (schema.$ref) {
    const [name] = schema.$ref.split('/').slice(-1);
    return knowing(known, description.components.schemas[name], description);
  }
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key !== 'properties') return [key, knowing(known, value, description)];
      const properties = Object.entries(/** @type {Record<string, Schema>} */ (value))
        .filter(([name]) => known[name]?.length !== 0)
        .map(([name, one]) => [name, choosingFrom(known[name], knowing(known, one, description))]);
      return [key, Object.fromEntries(properties)];
    }),
  );
}

/**
 * @param {unknown[] | undefined} values
 * @param {Schema} schema
 * @returns {Schema}
 */
function choosingFrom(values, schema) {
  return values === undefined ? schema : { ...(schema.type && { type: schema.type }), enum: values };
}
