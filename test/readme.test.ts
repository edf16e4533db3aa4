import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import './setup/needs/services';

const root = join(__dirname, '..');
const documents = ['README.md', 'docs/architecture.md', 'docs/operations.md', 'docs/deployment.md'];

test("README.md's table of variables is the one that the services read", async () => {
  const script = join(root, 'scripts/config-table.mjs');
  await expect(promisify(execFile)(process.execPath, [script, '--check'])).resolves.toMatchObject({
    stderr: '',
  });
});

test.each(documents)('%s links to what is there', (document) => {
  const text = readFileSync(join(root, document), 'utf8');
  const links = Array.from(text.matchAll(/\]\((?!https?:)([^)#]+)/g), ([, target]) => target!);
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter((target) => !existsSync(join(root, document, '..', target)))).toEqual([]);
});
