import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { consoleBuild } from '../setup/needs/console';

const KB = 1024;
const assets = () => readdirSync(join(consoleBuild(), 'assets'));
const zippedSize = (name: string) => readFileSync(join(consoleBuild(), `${name}.gz`)).length;

/** A script with everything that it imports at once, and so on. */
function withImports(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  const script = readFileSync(join(consoleBuild(), name), 'utf8');
  const imports = script.matchAll(/(?:from|import)\s*["']\.\/([\w-]+\.js)["']/g);
  for (const [, imported] of imports) withImports(`assets/${imported ?? ''}`, found);
  return found;
}

test('the console has at most 400 KB, zipped', () => {
  const all = assets().filter((name) => /\.(js|css|svg)$/.test(name));
  const sizes = all.map((name) => zippedSize(`assets/${name}`));
  expect(sizes.length).toBeGreaterThan(10);
  expect(sizes.reduce((sum, size) => sum + size, zippedSize('index.html'))).toBeLessThanOrEqual(400 * KB);
});

test('its first screen, the worklist, has at most 200 KB', () => {
  const page = readFileSync(join(consoleBuild(), 'index.html'), 'utf8');
  const named = [...page.matchAll(/\/console\/(assets\/[\w.-]+)/g)].map(([, name]) => name!);
  const scripts = named.filter((name) => name.endsWith('.js'));
  const loaded = new Set([...named, ...scripts.flatMap((name) => [...withImports(name)])]);
  // The page names everything, so that nothing is found out only after a script has run; the worklist is in it.
  expect([...loaded].sort()).toEqual([...named].sort());
  expect(assets().filter((name) => /^worklist-.*\.js$/.test(name))).toEqual([]);
  expect(scripts.some((name) => readFileSync(join(consoleBuild(), name), 'utf8').includes('data-row'))).toBe(
    true,
  );
  const size = [...loaded].reduce((sum, name) => sum + zippedSize(name), zippedSize('index.html'));
  expect(size).toBeLessThanOrEqual(200 * KB);
});

test('nothing of the page is inline', () => {
  const page = readFileSync(join(consoleBuild(), 'index.html'), 'utf8');
  expect(page).not.toMatch(/<style|style=|<script(?![^>]*src=)|data:/);
});
