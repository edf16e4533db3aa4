import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Stage } from '../setup/stage';

const driver = JSON.stringify(join(__dirname, '../drivers/phone.mjs'));
const samples = join(__dirname, '../../samples/persons.json');

/** How a phone comes to a stop that waits for clerks. */
const ways = {
  /** The vendor can’t tell; the next check passes. */
  undecidable:
    "await phone.meet('undecidable-first'); await phone.signIn(); await phone.enter('face'); await phone.face('stuck');",
  /** The person signs what waits, and is done. */
  signed:
    'await phone.signIn(); await phone.verify(); for (const toDo of await phone.toDos()) await phone.signToDo(toDo);',
  /** The person chooses the window, where the phone shows its code. */
  window: "await phone.signIn(); await phone.enter('stuck', { inPerson: true });",
};

/** Phones of sample persons, over HTTP. Jest can't import what plain Node imports, so that each takes a process of its own. */
export function phonesOf(stage: Stage) {
  const persons = JSON.parse(readFileSync(samples, 'utf8')) as { account: string; name: string }[];
  return {
    /** Brings a person to a stop that waits for clerks. @returns the journey and, at the window, the code on the phone */
    async strand(account: string, way: keyof typeof ways): Promise<{ journey: string; windowCode?: string }> {
      const person = persons.find((one) => one.account === account);
      const script = `
        import { createPhone } from ${driver};
        const phone = createPhone({ urls: ${JSON.stringify(stage.urls())}, person: ${JSON.stringify(person)} });
        ${ways[way]}
        const windowCode = ${way === 'window' ? 'await phone.windowCode()' : 'undefined'};
        console.log(JSON.stringify({ journey: phone.view.id, windowCode }));`;
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
      return JSON.parse(stdout) as { journey: string; windowCode?: string };
    },
  };
}
