import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { textShownTo } from '../../domain/matter';
import { confirm, evidenceOf } from '../setup/confirming';
import { startHarness } from '../setup/activity-harness';
import type { ActivityHarness } from '../setup/activity-harness';
import { matterOf, personOf } from '../matters';

// An attacker reads the database, knows a text except for an identity number, and tries every number.

let harness: ActivityHarness;

beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.end());

const plain = (value: object | string) =>
  createHash('sha256')
    .update(typeof value === 'string' ? value : (canonicalize(value) ?? ''))
    .digest('hex');

async function hashesInDatabase(): Promise<Set<unknown>> {
  const [columns]: { name: string; of: string }[][] = await harness.owner.raw(
    `SELECT column_name AS name, table_name AS of FROM information_schema.columns
      WHERE table_schema = DATABASE() AND data_type = 'char' AND character_maximum_length = 64`,
  );
  const rows = await Promise.all((columns ?? []).map(({ name, of }) => harness.owner(of).pluck(name)));
  return new Set(rows.flat());
}

it('no hash in the database can be computed from a text alone', async () => {
  const holder = harness.vendors.holders[0]!;
  const person = await harness.enter(holder);
  const toDo = await harness.push(holder);
  await confirm(harness, person.journey, toDo);

  const content = matterOf({ persons: [personOf({ name: holder.name, document: holder.document })] });
  const [pushed] = content.persons;
  const text = textShownTo(content, { ...pushed!, roles: [...pushed!.roles].sort() });
  const evidence = JSON.parse(await evidenceOf(harness, toDo.toDo)) as {
    matter: { text: object; textHash: string };
    salt?: string;
  };
  const hashes = await hashesInDatabase();
  const guesses = [content, text, evidence.matter.text].map(plain);
  expect(guesses.map((guess) => hashes.has(guess))).toEqual([false, false, false]);
  // Sealed data may contain the hash: a reader who can open it has the text as well.
  expect(evidence.matter.textHash).toBe(plain(evidence.matter.text));
  // The hash of the evidence itself is not sealed, and everything in a confirmation on paper could be guessed.
  expect(Buffer.from(evidence.salt ?? '', 'base64url').length).toBe(16);
});
