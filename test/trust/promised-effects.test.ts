import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Effects, Option } from '../../domain/effects';
import { MINUTES, setStage } from '../setup/stage';

const stage = setStage('promised-effects', 18_320);
const drivers = (file: string) => JSON.stringify(join(__dirname, '../drivers', file));

interface Seen {
  promised: (Option & { effects: Effects }) | undefined;
  step: string;
  faceLeft: number;
  calls: number;
}

/** Brings a sample person to a stop that waits for clerks, asks what the decision will do, and has it taken. @returns what happened */
async function decided(
  { account, strand, act }: { account?: string; strand: string; act: string },
  wanted: Partial<Option>,
): Promise<Seen> {
  const script = `
    import { readFileSync } from 'node:fs';
    import { createPhone } from ${drivers('phone.mjs')};
    import { createClerks } from ${drivers('clerks.mjs')};
    const urls = ${JSON.stringify(stage.urls())};
    const persons = JSON.parse(readFileSync(${JSON.stringify(join(__dirname, '../../samples/persons.json'))}, 'utf8'));
    const person = persons.find(({ account }) => account === ${JSON.stringify(account ?? 'tester-1')});
    const phone = createPhone({ urls, person });
    const clerks = createClerks({ urls });
    const toMatterFace = async () => {
      await phone.verify();
      await phone.confirm(await phone.firstToDo());
    };
    const calls = async () => {
      const { calls } = await (await fetch(urls.alipaySandbox + '/admin/calls')).json();
      return calls.filter(({ method }) => !/templatemessage|oauth|qrcode/.test(method)).length;
    };
    let id;
    ${strand}
    id ??= phone.view.id;
    const options = await clerks.optionsOf(id);
    const wanted = ${JSON.stringify(wanted)};
    const promised = options.find((one) => Object.keys(wanted).every((name) => one[name] === wanted[name]));
    const before = await calls();
    ${act}
    const { step, attempts } = await clerks.look(id);
    console.log(JSON.stringify({ promised, step, faceLeft: attempts.faceLeft, calls: (await calls()) - before }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  return JSON.parse(stdout) as Seen;
}

const count = async (sql: string) => {
  const [row] = (await stage.rowsOf(`SELECT COUNT(*) AS n ${sql}`)) as { n: number }[];
  return Number(row?.n);
};
const confirmed = () => count("FROM confirmations WHERE state = 'confirmed'");
const told = () => count("FROM deliveries WHERE event LIKE 'confirmation.%' OR event LIKE 'matter.%'");

const refused = `
  await phone.meet('contract-refused');
  await phone.signIn();
  await phone.enter('face');
  await phone.startFace('stuck');
  await phone.meet('all-well');`;
const refusedInMatter = `
  await phone.signIn();
  await toMatterFace();
  await phone.meet('contract-refused');
  await phone.startFace('stuck');
  await phone.meet('all-well');`;
const atWindow = "await phone.signIn(); await phone.enter('stuck', { inPerson: true });";
const lockedOut = `
  await phone.meet('not-same-person');
  await phone.signIn();
  await phone.enter('face');
  while (phone.view.step !== 'stuck') {
    await phone.startFace();
    if (phone.view.faceCheck) await phone.passFace();
  }`;
const single = (decision: string) => `await clerks.decide(id, '${decision}');`;

/** The steps at which each promise is kept. */
const kept: Record<Effects['next'], string[]> = {
  'check-result': ['face', 'face-failed', 'bank-card', 'portrait', 'signing'],
  'check-page': ['face', 'bank-card'],
  'to-dos': ['to-dos'],
  completed: ['completed'],
  closed: ['closed'],
};

test.each<[string, { account?: string; strand: string; act: string }, Partial<Option>]>([
  ['retry', { strand: refused, act: single('retry') }, { decision: 'retry' }],
  ['reject', { account: 'tester-2', strand: refused, act: single('reject') }, { decision: 'reject' }],
  ['close', { account: 'tester-3', strand: refused, act: single('close') }, { decision: 'close' }],
  [
    'grant-attempts',
    {
      account: 'tester-4',
      strand: lockedOut,
      act: "await clerks.decide(id, 'grant-attempts', { attempts: 2 });",
    },
    { decision: 'grant-attempts', attempts: 2 },
  ],
  [
    'accept at the window, with the code of the phone',
    { account: 'tester-5', strand: atWindow, act: 'await clerks.acceptWithPhone(phone);' },
    { decision: 'accept', acceptance: 'on-site' },
  ],
  [
    'accept a notarised document',
    { account: 'tester-6', strand: atWindow, act: "await clerks.accept(id, 'notarised');" },
    { decision: 'accept', acceptance: 'notarised' },
  ],
  [
    'correct-name',
    {
      account: 'tester-15',
      strand: "await phone.signIn(); await phone.enter('stuck');",
      act: "await clerks.propose(id, { decision: 'correct-name', name: person.nameOnRecord });",
    },
    { decision: 'correct-name' },
  ],
  [
    'reject within a matter',
    { account: 'tester-1', strand: refusedInMatter, act: single('reject') },
    { decision: 'reject' },
  ],
  [
    'accept within a matter',
    { account: 'tester-1', strand: refusedInMatter, act: "await clerks.accept(id, 'on-site');" },
    { decision: 'accept', acceptance: 'on-site' },
  ],
])(
  'what is promised before a decision happens: %s',
  async (_, how, wanted) => {
    const before = { confirmed: await confirmed(), told: await told() };
    const { promised, step, faceLeft, calls } = await decided(how, wanted);
    const effects = promised?.effects;
    expect(effects).toBeDefined();
    if (!effects) return;
    expect(kept[effects.next]).toContain(step);
    if (effects.asksVendor !== 'maybe') expect(calls > 0).toBe(effects.asksVendor === 'yes');
    expect((await confirmed()) > before.confirmed).toBe(effects.confirms);
    expect((await told()) > before.told).toBe(effects.tellsRegistry);
    if (effects.attemptsLeft) expect(faceLeft).toBe(effects.attemptsLeft.face);
  },
  2 * MINUTES,
);
