import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stuckCauses } from '../domain/stuck';
import { configSchema } from '../platform/config-schema';
import './setup/needs/services';

const root = join(__dirname, '..');
const read = (document: string) => readFileSync(join(root, document), 'utf8');

const documents = ['.', 'docs', 'docs/adr'].flatMap((folder) =>
  readdirSync(join(root, folder))
    // A template links to names that are still to be filled in.
    .filter((name) => name.endsWith('.md') && name !== 'template.md')
    .map((name) => join(folder, name)),
);

test.each(documents)('%s links to files that exist', (document) => {
  const links = Array.from(
    read(document).matchAll(/(?:\]\(|src=")(?!https?:)([^)#"]+)/g),
    ([, target]) => target!,
  );
  expect(links.filter((target) => !existsSync(join(root, document, '..', target)))).toEqual([]);
});

const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name))
  .map(({ name }) => name);

test.each([...documents, 'docs/adr/template.md'])('%s names files that exist', (document) => {
  const paths = Array.from(read(document).matchAll(/`([\w.-]+\/[\w./-]*)`/g), ([, path]) => path!).filter(
    (path) => folders.includes(path.split('/')[0]!) && !/(^|\/)dist\//.test(path),
  );
  // A test is also named without its ending, and a module as it is imported.
  const endings = ['', '.ts', '.test.ts'];
  expect(paths.filter((path) => !endings.some((ending) => existsSync(join(root, path + ending))))).toEqual(
    [],
  );
});

test('the index of decisions lists each once, under a number of its own', () => {
  const files = readdirSync(join(root, 'docs/adr')).filter((name) => /^\d/.test(name));
  const listed = Array.from(read('docs/adr/README.md').matchAll(/\]\((\d[^)]*\.md)\)/g), ([, name]) => name);
  expect(listed).toEqual(files.sort());
  expect(new Set(files.map((name) => name.slice(0, 4))).size).toBe(files.length);
});

test.each(stuckCauses)('docs/operations.md says what to do about the cause %s', (cause) => {
  expect(read('docs/operations.md')).toContain(`| \`${cause}\``);
});

describe('docs/configuration.md', () => {
  const printed = new Map(
    Array.from(read('docs/configuration.md').matchAll(/^\| `(\w+)` \| .* \| `([^`]*)` \|$/gm), (row) => [
      row[1],
      row[2],
    ]),
  );
  const withDefault = Object.entries(configSchema.shape).filter(([, schema]) => {
    const { success, data } = schema.safeParse(undefined);
    return success && data !== undefined;
  });

  test('has the table of the schema that the processes read', async () => {
    const script = join(root, 'scripts/config-table.mjs');
    await expect(promisify(execFile)(process.execPath, [script, '--check'])).resolves.toMatchObject({
      stderr: '',
    });
  });

  test.each(withDefault)('the default of %s can be set as it is printed', (name, schema) => {
    expect(printed.get(name)).toEqual(expect.any(String));
    expect(schema.safeParse(printed.get(name))).toEqual(schema.safeParse(undefined));
  });
});
