import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Stage } from './stage';

const driver = JSON.stringify(join(__dirname, '../drivers/clerks.mjs'));

/** The demo's clerks, who act over HTTP. Jest can't import what plain Node imports, so that each act takes a process of its own. */
export function clerksOf(stage: Stage) {
  const act = async (name: string, ...args: unknown[]): Promise<void> => {
    const script = `
      import { createClerks } from ${driver};
      await createClerks({ urls: ${JSON.stringify(stage.urls())} }).${name}(...${JSON.stringify(args)});`;
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  };
  return {
    answer: (number: string, text: string) => act('answer', number, text),
    accept: (journey: string, acceptance: 'on-site' | 'notarised', details: { windowCode?: string } = {}) =>
      act('accept', journey, acceptance, details),
    decide: (journey: string, decision: string, details: { attempts?: number } = {}) =>
      act('decide', journey, decision, details),
  };
}
