import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { examplesPython } from '../setup/needs/examples-python';
import { javaProgram } from '../setup/needs/java';
import { registryClient } from '../setup/needs/registry-client';
import { runStackScript } from '../setup/stack-script';

const root = join(__dirname, '../..');
const MINUTES = 60_000;

const kinds = readdirSync(join(root, 'samples/kinds')).map((file) => file.replace('.json', ''));

// By a validator that shares no code with ours.
const VALIDATE = `
import json, sys
from jsonschema import Draft202012Validator
schema, *files = [json.load(open(file, encoding="utf-8")) for file in sys.argv[1:]]
Draft202012Validator.check_schema(schema)
print(json.dumps([[list(error.absolute_path) for error in Draft202012Validator(schema).iter_errors(matter)] for matter in files]))`;

type Json = Record<string, unknown>;
const matterOf = (kind: string) =>
  (JSON.parse(readFileSync(join(root, `samples/kinds/${kind}.json`), 'utf8')) as { matter: Json }).matter;

/** The places where each of these matters breaks the schema. */
function placesThatFail(matters: Json[]): (string | number)[][][] {
  const folder = mkdtempSync(join(tmpdir(), 'rid-schema-'));
  const files = matters.map((matter, at) => {
    const file = join(folder, `${at}.json`);
    writeFileSync(file, JSON.stringify(matter));
    return file;
  });
  const args = ['-c', VALIDATE, join(root, 'docs/matter.schema.json'), ...files];
  const output = execFileSync(examplesPython(), args, { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return JSON.parse(output) as (string | number)[][][];
}

test('every sample fits the schema of a matter, and a wrong one does not', () => {
  expect(placesThatFail(kinds.map(matterOf))).toEqual(kinds.map(() => []));
  const [right] = kinds.map(matterOf);
  const wrong = [
    { ...right, version: 0 },
    { ...right, persons: [] },
    { ...right, kind: 'merger' },
    { ...right, documents: [{ name: '章程' }] },
    { ...right, more: 1 },
  ];
  expect(placesThatFail(wrong)).toEqual([[['version']], [['persons']], [['kind']], [['documents', 0]], [[]]]);
});

test.each([
  ['the schema of matters', 'scripts/registry-description.mjs'],
  ['the types of the client', 'registry-client/scripts/types.mjs'],
])('%s is that of the code', async (_, script) => {
  expect(registryClient()).toBe(join(root, 'registry-client'));
  const check = promisify(execFile)(process.execPath, [join(root, script), '--check']);
  await expect(check).resolves.toMatchObject({ stderr: '' });
});

test(
  'a matter of each kind is pushed, confirmed by all its persons, and told',
  async () => {
    expect(kinds.length).toBeGreaterThanOrEqual(8);
    const output = await runStackScript(join(__dirname, 'kinds.mjs'), javaProgram(), examplesPython());
    expect(output.trim().split('\n').filter(Boolean)).toEqual([
      ...kinds.map((kind) => `✓ ${kind}`),
      `${kinds.length} kinds, 0 failed`,
    ]);
  },
  8 * MINUTES,
);
