import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Stage } from '../setup/stage';

const driver = JSON.stringify(join(__dirname, '../drivers/phone.mjs'));
const fixtures = JSON.stringify(join(__dirname, '../fixtures/persons.mjs'));
const samples = join(__dirname, '../../samples/persons.json');

/** How a phone comes to a stop that waits for clerks. */
const ways = {
  /** The vendor can’t tell; the next check passes. */
  undecidable:
    "await phone.meet('undecidable-first'); await phone.signIn(); await phone.enter('face'); await phone.face('stuck');",
  /** The person chooses the window, where the phone shows its code. */
  window: "await phone.signIn(); await phone.enter('stuck', { inPerson: true });",
};

interface Holder {
  account: string;
  name: string;
}

/** So many account holders who are no sample persons. */
export function newHolders(count: number): Holder[] {
  const script = `
    import { personAt } from ${fixtures};
    console.log(JSON.stringify(Array.from({ length: ${count} }, (_, at) => personAt(at))));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }),
  ) as Holder[];
}

/** Phones of sample persons, or of these holders, over HTTP. Jest can't import what plain Node imports, so that each takes a process of its own. */
export function phonesOf(stage: Stage, holders?: readonly Holder[]) {
  const persons = holders ?? (JSON.parse(readFileSync(samples, 'utf8')) as Holder[]);
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

    /** Brings all persons to the face check while the vendor's contract is not active. Then it is active again. @returns their journeys */
    async strandAll(): Promise<string[]> {
      const script = `
        import { createPhone } from ${driver};
        const persons = ${JSON.stringify(persons)};
        const journeys = await Promise.all(persons.map(async (person) => {
          const phone = createPhone({ urls: ${JSON.stringify(stage.urls())}, person });
          await phone.meet('contract-refused');
          await phone.signIn();
          await phone.enter('face');
          await phone.startFace('stuck');
          await phone.meet('all-well');
          return phone.view.id;
        }));
        console.log(JSON.stringify(journeys));`;
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
      return JSON.parse(stdout) as string[];
    },
  };
}
