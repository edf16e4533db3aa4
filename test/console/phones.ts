import { execFile, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
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
  /** The person signs what waits, and is done. */
  signed:
    'await phone.signIn(); await phone.verify(); for (const toDo of await phone.toDos()) await phone.signToDo(toDo);',
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
  const phoneOf = (account: string) => {
    const person = persons.find((one) => one.account === account);
    return `
      import { createPhone } from ${driver};
      const phone = createPhone({ urls: ${JSON.stringify(stage.urls())}, person: ${JSON.stringify(person)} });`;
  };

  /** Has the phone of a person do something. @param statements about `phone`, and what they give back as `said` */
  async function run(account: string, statements: string): Promise<unknown> {
    const script = `${phoneOf(account)}
      let said = null;
      ${statements}
      console.log(JSON.stringify(said));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    return JSON.parse(stdout) as unknown;
  }

  return {
    run,

    /** Brings a person to a stop that waits for clerks. @returns the journey and, at the window, the code on the phone */
    async strand(account: string, way: keyof typeof ways): Promise<{ journey: string; windowCode?: string }> {
      const said = await run(
        account,
        `${ways[way]}
         const windowCode = ${way === 'window' ? 'await phone.windowCode()' : 'undefined'};
         said = { journey: phone.view.id, windowCode };`,
      );
      return said as { journey: string; windowCode?: string };
    },

    /**
     * Brings a person to the window with the phone.
     * @returns `sign` has the person confirm and sign the first to-do, once clerks have accepted them, and gives the number of the evidence
     */
    async waitAtWindow(account: string) {
      const script = `import { createInterface } from 'node:readline';
        ${phoneOf(account)}
        ${ways.window}
        console.log(JSON.stringify({ journey: phone.view.id, windowCode: await phone.windowCode() }));
        for await (const _ of createInterface(process.stdin)) break;
        await phone.look('to-dos');
        await phone.signToDo(await phone.firstToDo());
        console.log(phone.evidenceNumber);`;
      const phone = spawn(process.execPath, ['--input-type=module', '-e', script]);
      const lines = createInterface(phone.stdout)[Symbol.asyncIterator]();
      let defects = '';
      phone.stderr.on('data', (text) => {
        defects += String(text);
      });
      const line = async () => {
        const { value, done } = await lines.next();
        if (done) throw new Error(`The phone has ended.\n${defects}`);
        return value;
      };
      const { journey, windowCode } = JSON.parse(await line()) as { journey: string; windowCode: string };
      return {
        ...{ journey, windowCode },
        async sign(): Promise<string> {
          phone.stdin.end('sign\n');
          return await line();
        },
      };
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
