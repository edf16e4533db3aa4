import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
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
