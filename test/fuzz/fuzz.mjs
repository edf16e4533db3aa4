// `npm run fuzz`: everything that the api's description allows, and much that it forbids, is sent to the running product, for
// each audience, by Schemathesis. It finds answers that the description does not know, data that should have been refused or
// taken, and ways around what keeps strangers out.
//   --short        fewer examples, in about two minutes     --only TEXT   audiences whose name contains it
//   --seed N       the same examples again
import '../../scripts/node-version.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { openAside } from '../../scripts/aside.mjs';
import { createPhone } from '../../scripts/phone.mjs';
import { createProgress } from '../../scripts/progress.mjs';
import { provideSchemathesis } from '../../scripts/schemathesis.mjs';
import { startStack } from '../../scripts/stack.mjs';
import { personAt, pushMatters, writePersons } from '../people.mjs';
import { SIGN, startSigningProxy } from './signing-proxy.mjs';

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    short: { type: 'boolean' },
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});

const rules = join(import.meta.dirname, 'schemathesis.toml');
const { dataDir, processes, run } = openAside('fuzz');
const quiet = createProgress(new Writable({ write: (_, __, done) => done() }));
await run(fuzz);

async function fuzz() {
  const schemathesis = await provideSchemathesis({ processes, report: () => undefined });
  Object.assign(process.env, {
    REQUESTS_PER_MINUTE_PER_ADDRESS: '100000',
    REQUESTS_PER_MINUTE_PER_SESSION: '10000',
  });
  const persons = [0, 1, 2].map((at) => personAt(at));
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
  const callers = await callersOf({ urls, persons, proxy, keys });
  const results = [];
  for (const caller of callers.filter(({ name }) => !values.only || name.includes(values.only))) {
    const result = await attack(schemathesis, caller, urls);
    process.stdout.write(`${result.failed ? '✗' : '✓'} ${caller.name}: ${result.count}\n`);
    if (result.failed) process.stdout.write(`${result.said}\n`);
    results.push(result);
  }
  proxy.close();
  const failed = results.filter((result) => result.failed).length;
  process.stdout.write(`\n${results.length} audiences, ${failed} failed (seed ${values.seed})\n`);
  return failed === 0 && results.length > 0 ? 0 : 1;
}

/** Everybody who calls the api: by which routes, with which headers, about what. */
async function callersOf({ urls, persons, proxy, keys }) {
  await pushMatters(urls.registrySandbox, persons, 'Z');
  const [holder, leaver, atWindow] = await Promise.all(
    persons.map(async (person, at) => {
      const phone = createPhone({ urls, person });
      await phone.signIn();
      if (at < 2) await phone.verify();
      else await phone.enter('stuck', { inPerson: true });
      return phone;
    }),
  );
  const [toDo] = await holder.toDos();
  const bearing = (token) => ({ Authorization: `Bearer ${token}` });
  const of =
    (...audiences) =>
    (route) =>
      audiences.includes(route.audience);
  const endsJourney = ({ path }) => /\/(close|declination|withdrawal|portrait-review)$/.test(path);
  const endsSession = ({ path }) => /\/(session\/end|password)$/.test(path) && !path.includes(':');
  const journey = { id: holder.view.id, toDoId: toDo.toDoId };
  const clerks = urls.demo.clerks.filter(({ login }) => login !== 'reviewer-2');
  return [
    { name: 'strangers', routes: of('public', 'visitor', 'clerk-visitor') },
    { name: 'the mini-program', routes: of('mini-app'), headers: bearing(holder.token) },
    {
      name: 'a person in a journey',
      routes: (route) => of('journey-holder')(route) && !endsJourney(route),
      headers: bearing(holder.token),
      parameters: journey,
    },
    {
      name: 'a person who leaves',
      routes: (route) => of('journey-holder')(route) && endsJourney(route),
      headers: bearing(leaver.token),
      parameters: { ...journey, id: leaver.view.id },
    },
    {
      name: 'a registration system',
      routes: of('registration-system'),
      headers: { Signature: SIGN },
      url: proxy.url,
    },
    {
      name: 'operators',
      routes: of('operator'),
      headers: bearing(readFileSync(join(keys, 'metrics-token'), 'utf8')),
    },
    ...(await Promise.all(
      clerks.map(async (clerk) => ({
        name: `clerks, ${clerk.role}`,
        routes: (route) => of('clerk')(route) && !endsSession(route),
        headers: await signIn(urls, clerk),
        parameters: { id: atWindow.view.id, toDoId: toDo.toDoId },
      })),
    )),
    {
      name: 'a clerk who leaves',
      routes: (route) => of('clerk')(route) && endsSession(route),
      headers: await signIn(urls, clerks[0]),
    },
  ];
}

async function signIn(urls, { login, password }) {
  const response = await fetch(`${urls.api}/api/clerk/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  const { csrfToken } = await response.json();
  return { Cookie: response.headers.getSetCookie()[0].split(';')[0], 'X-CSRF-Token': csrfToken };
}

/** Has Schemathesis send what it makes of these routes' description. */
async function attack(schemathesis, { name, routes, headers = {}, url, parameters = {} }, urls) {
  const { describeApi } = require('../../dist/api/docs.js');
  const { routesOf } = require('../../dist/api/routes.js');
  const file = join(dataDir, name.replaceAll(/\W+/g, '-'));
  const description = describeApi(routesOf({}).filter(routes));
  // Schemathesis takes a header away to see whether it is missed, and no cookie.
  description.components.securitySchemes.clerkSession = { type: 'apiKey', in: 'header', name: 'Cookie' };
  for (const parameter of Object.values(description.paths).flatMap(parametersOf)) {
    const value = parameter.in === 'path' ? parameters[parameter.name] : undefined;
    // The one that is there; any other is one that must not be found.
    if (value !== undefined) parameter.schema = { type: 'string', enum: [value] };
  }
  writeFileSync(`${file}.json`, JSON.stringify(description));
  const args = [
    ...['--config-file', rules, 'run', `${file}.json`, '--url', url ?? urls.api, '--no-color'],
    ...['--checks', 'all', '--continue-on-failure', '--seed', values.seed, '--warnings', 'off'],
    ...['--generation-database', 'none', '--generation-with-security-parameters', 'false'],
    ...['--request-timeout', '20'],
    ...(values.short ? ['--phases', 'coverage,fuzzing', '--max-examples', '5'] : ['--max-examples', '50']),
    ...Object.entries(headers).flatMap(([header, value]) => ['-H', `${header}: ${value}`]),
  ];
  const child = spawn(schemathesis, args, { cwd: dataDir, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const [code] = await once(child, 'close');
  const [, counted] = /Test cases:\s*\n\s*(.+)/.exec(said) ?? [];
  // Nothing that was sent is nothing that was found.
  return { failed: code !== 0 || counted === undefined, count: counted ?? 'nothing was sent', said };
}

function parametersOf(methods) {
  return Object.values(methods).flatMap(({ parameters = [] }) => parameters);
}
