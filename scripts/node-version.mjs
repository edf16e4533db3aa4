// Imported before everything else, so that an older Node shows this sentence and not the error of an API that it lacks.
import { readFileSync } from 'node:fs';

const running = process.versions.node;
const [major = 0, minor = 0] = running.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Node ${running} is too old: install Node 20.19 or later and try again.\n`);
  process.exit(1);
}
const [recommended] = readFileSync(new URL('../.nvmrc', import.meta.url), 'utf8').split('.');
if (major < Number(recommended)) {
  process.stderr.write(
    `This is Node ${running}, good enough to try and to test; production should run Node ${recommended}.\n`,
  );
}
