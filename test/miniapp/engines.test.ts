import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Linter } from 'eslint';
import { h5Build } from '../setup/needs/h5';

const linter = new Linter();

/** Syntax that the engine of iOS 11 can't parse: it knows the language of 2017. */
function tooNew(code: string): string[] {
  return linter
    .verify(code, { languageOptions: { ecmaVersion: 2017, sourceType: 'script' } })
    .filter(({ fatal }) => fatal)
    .map(({ message }) => message);
}

test('the engine of iOS 11 can parse the build for browsers', () => {
  const scripts = readdirSync(join(h5Build(), 'js')).filter((file) => file.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(5);
  const unread = scripts.flatMap((file) => tooNew(readFileSync(join(h5Build(), 'js', file), 'utf8')));
  expect(unread).toEqual([]);
  expect(tooNew('a?.b')).toHaveLength(1);
});

test('its styles use nothing that iOS 11 can’t draw', () => {
  const styles = readdirSync(join(h5Build(), 'css')).filter((file) => /^app\..*\.css$/.test(file));
  expect(styles).toHaveLength(1);
  const css = readFileSync(join(h5Build(), 'css', styles[0] ?? ''), 'utf8');
  expect(css).toContain('.progress-bar');
  expect(css).not.toMatch(/[;{](gap|inset|aspect-ratio):|anywhere|:is\(|:where\(/);
});
