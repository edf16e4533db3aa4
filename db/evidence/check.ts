import canonicalize from 'canonicalize';
import { doubtAbout } from '../../domain/evidence';
import type { Claim, EvidenceDoubt, EvidenceStatement } from '../../domain/evidence';
import { textShownTo } from '../../domain/matter';
import type { MatterContent } from '../../domain/matter';
import type { ConfirmationState } from '../../domain/matter-states';
import { readName } from '../../domain/names';
import type { DataKey } from '../../platform/encryption';
import { EncryptionError } from '../../platform/encryption';
import { sha256Of } from './evidence';
import { isAsStated } from './stated-row';
import type { StatedColumns } from './stated-row';
import { contentOf } from '../matters/content';
import { hashOfText } from '../matters/content';
import { openFrom } from '../store/sealed-values';
import type { Db, Store } from '../store/store';
import type { ConfirmationRow, DecisionRow, MatterRow } from '../tables';

/** The first confirmation of a matter that is not proven, and how many are not. */
export interface MatterDoubt {
  code: EvidenceDoubt;
  /** Undefined where it is about the matter as a whole. */
  toDo?: string;
  count: number;
}

// A statement holds all that its person was shown: so many are in memory at a time.
const AT_ONCE = 50;

/**
 * Opens the evidence of every confirmation of a matter, and compares it with what was pushed and with its rows. What can't be
 * read is doubtful too.
 * @returns undefined if everything is proven
 */
export async function findDoubt(store: Store, db: Db, matter: MatterRow): Promise<MatterDoubt | undefined> {
  const rows = await db('confirmations').where({ matter_id: matter.id }).orderBy(['to_do_id', 'role']);
  const content = await unlessUnreadable(() => contentOf(store, db, matter.id));
  if (!content) return { code: 'evidence_unreadable', count: 1 };
  if (!isComplete(content, rows)) return { code: 'confirmations_incomplete', count: 1 };
  const toDos = groupByToDo(rows);
  const doubts: { toDo: string; code: EvidenceDoubt }[] = [];
  for (let at = 0; at < toDos.length; at += AT_ONCE) {
    const batch = toDos.slice(at, at + AT_ONCE);
    const proofs = await readProofs(store, db, batch);
    for (const toDo of batch) {
      const { doubt: code } = examine(store, { matter, content, proofs }, toDo);
      if (code) doubts.push({ toDo: toDo[0].to_do_id, code });
    }
  }
  const [first] = doubts;
  return first && { ...first, count: doubts.length };
}

/** Opens one piece of evidence, if it proves the to-do for which it was made. @returns its canonical JSON, or the doubt */
export type OpenProven = (evidence: string) => Promise<Examined>;

/** Opens evidence, and each matter for which some was made once. What was pushed never changes. */
export function openerOfProven(store: Store, db: Db): OpenProven {
  const matters = new Map<string, { matter: MatterRow; content?: MatterContent }>();
  const find = async (id: string) => {
    const known = matters.get(id);
    if (known) return known;
    const matter = await db('matters').where({ id }).first();
    if (!matter) return undefined;
    const opened = { matter, content: await unlessUnreadable(() => contentOf(store, db, id)) };
    matters.set(id, opened);
    return opened;
  };
  return async (evidence) => {
    const row = await db('evidence').where({ id: evidence }).first('matter_id', 'to_do_id');
    const { matter, content } = (row && (await find(row.matter_id))) ?? {};
    if (!row || !matter) return { doubt: 'evidence_missing' };
    if (!content) return { doubt: 'evidence_unreadable' };
    const [first, ...others] = await db('confirmations')
      .where({ matter_id: matter.id, to_do_id: row.to_do_id })
      .orderBy('role');
    if (first?.evidence_id !== evidence) return { doubt: 'evidence_of_another' };
    const toDo: ToDoRows = [first, ...others];
    return examine(store, { matter, content, proofs: await readProofs(store, db, [toDo]) }, toDo);
  };
}

/** Opens one piece of evidence as it was made, whatever it proves. @returns its canonical JSON, or the doubt */
export async function openIntact(store: Store, db: Db, evidence: string): Promise<Examined> {
  const row = await db('evidence').where({ id: evidence }).first('id', 'content', 'sha256');
  if (!row) return { doubt: 'evidence_missing' };
  return intact(store, row, await unlessUnreadable(() => store.dataKeys.find(db, ownerOf(evidence))));
}

/** Every role of every person that was pushed, and nothing else. */
function isComplete({ persons }: MatterContent, rows: readonly ConfirmationRow[]): boolean {
  const pushed = persons.flatMap(({ reference, roles }) => roles.map((role) => `${reference} ${role}`));
  const there = new Set(rows.map(({ reference, role }) => `${reference} ${role}`));
  return pushed.length === rows.length && pushed.every((duty) => there.has(duty));
}

type ToDoRows = [ConfirmationRow, ...ConfirmationRow[]];

function groupByToDo(rows: readonly ConfirmationRow[]): ToDoRows[] {
  const toDos = new Map<string, ToDoRows>();
  for (const row of rows) {
    const toDo = toDos.get(row.to_do_id);
    if (toDo) toDo.push(row);
    else toDos.set(row.to_do_id, [row]);
  }
  return [...toDos.values()];
}

interface EvidenceRow extends StatedColumns {
  id: string;
  to_do_id: string;
  content: Buffer;
  sha256: string;
  registry: string;
  external_id: string;
  version: number;
}

/** The stored evidence of some to-dos. */
interface Proofs {
  evidence: Map<string, EvidenceRow>;
  /** Missing if one of them can't be unwrapped. */
  keys?: Map<string, DataKey>;
  /** Of the to-dos for which evidence was made. */
  states: Map<string, ConfirmationState>;
  decisions: Map<string, DecisionRow>;
}

/** In four queries, however many to-dos there are. */
async function readProofs(store: Store, db: Db, toDos: readonly ToDoRows[]): Promise<Proofs> {
  const named = (column: 'evidence_id' | 'update_id') =>
    toDos.map(([row]) => row[column]).filter((value) => value !== null);
  const evidence = await db('evidence AS e')
    .join('matters AS m', 'm.id', 'e.matter_id')
    .whereIn('e.id', named('evidence_id'))
    .select({
      id: 'e.id',
      to_do_id: 'e.to_do_id',
      number: 'e.number',
      matter_id: 'e.matter_id',
      person_key: 'e.person_key',
      created_at: 'e.created_at',
      content: 'e.content',
      sha256: 'e.sha256',
      registry: 'm.registry',
      external_id: 'm.external_id',
      version: 'm.version',
    });
  const owners = evidence.map(({ id }) => ownerOf(id));
  const states = await db('confirmations')
    .whereIn(
      'to_do_id',
      evidence.map(({ to_do_id }) => to_do_id),
    )
    .select('to_do_id', 'state');
  const decisions = await db('decisions').whereIn('id', named('update_id'));
  return {
    evidence: new Map(evidence.map((row) => [row.id, row])),
    keys: await unlessUnreadable(() => store.dataKeys.findAll(db, owners)),
    states: new Map(states.map(({ to_do_id, state }) => [to_do_id, state])),
    decisions: new Map(decisions.map((row) => [row.id, row])),
  };
}

interface Known {
  matter: MatterRow;
  content: MatterContent;
  proofs: Proofs;
}

/** The canonical JSON of evidence that proves its to-do, or why it does not. */
export type Examined = { content: string; doubt?: undefined } | { content?: undefined; doubt: EvidenceDoubt };

function examine(store: Store, known: Known, rows: ToDoRows): Examined {
  const [row] = rows;
  if (rows.some((other) => sharedBy(other) !== sharedBy(row))) return { doubt: 'confirmation_inconsistent' };
  const { matter, content, proofs } = known;
  const found = proofs.evidence.get(row.evidence_id ?? '');
  if (!found) return { doubt: 'evidence_missing' };
  const isOfMatter = found.registry === matter.registry && found.external_id === matter.external_id;
  const isOfToDo =
    found.to_do_id === row.to_do_id || (row.state === 'carried' && found.version < matter.version);
  const pushed = content.persons.find(({ reference }) => reference === row.reference);
  const read = readName(pushed?.name ?? '');
  if (found.person_key !== row.person_key || !isOfMatter || !isOfToDo || !pushed || !read.ok) {
    return { doubt: 'evidence_of_another' };
  }
  const state = proofs.states.get(found.to_do_id);
  if (state !== 'confirmed' && state !== 'carried') return { doubt: 'evidence_taken_back' };
  const { content: sealed, doubt: lost } = intact(store, found, proofs.keys?.get(ownerOf(found.id)));
  if (sealed === undefined) return { doubt: lost };
  const roles = rows.map(({ role }) => role);
  const text = textShownTo(content, { ...pushed, name: read.name, roles });
  if (hashOfText(store, text) !== row.text_hash) return { doubt: 'evidence_text_differs' };
  const statement = JSON.parse(sealed) as EvidenceStatement;
  const decision = proofs.decisions.get(row.update_id ?? '');
  const doubt = doubtAbout(statement, hashOf(statement.matter.text), {
    matter: { registry: found.registry, externalId: found.external_id, version: found.version },
    person: { ...pushed.document, matchKey: read.matchKey },
    roles,
    textHash: hashOf(text),
    acceptance: decision && acceptanceBy(decision, found.to_do_id),
  });
  if (doubt) return { doubt };
  return isAsStated(statement, found, store.pseudonyms)
    ? { content: sealed }
    : { doubt: 'evidence_of_another' };
}

/** The fields that all rows of one to-do share. */
function sharedBy(row: ConfirmationRow): string {
  const { state, person_key, reference, text_hash, evidence_id, update_id } = row;
  return JSON.stringify([state, person_key, reference, text_hash, evidence_id, update_id]);
}

function acceptanceBy(decision: DecisionRow, toDo: string): Claim['acceptance'] {
  const { clerk, reviewer, acceptance: kind, paper_hash: paperHash } = decision;
  const isAccepted = decision.decision === 'accept' && decision.state === 'approved';
  return isAccepted && decision.to_do_id === toDo ? { kind, paperHash, clerk, reviewer } : undefined;
}

const ownerOf = (evidence: string) => `evidence:${evidence}`;

const hashOf = (text: object) => sha256Of(canonicalize(text) ?? '');

/** What was sealed, if it is what its hash was made of. */
function intact(
  store: Store,
  { id, content, sha256 }: Pick<EvidenceRow, 'id' | 'content' | 'sha256'>,
  key?: DataKey,
): Examined {
  try {
    const sealed = key && openFrom<string>(store, key, ownerOf(id), 'content', content);
    if (sealed === undefined) return { doubt: 'evidence_unreadable' };
    return sha256Of(sealed) === sha256 ? { content: sealed } : { doubt: 'evidence_altered' };
  } catch (error) {
    if (error instanceof EncryptionError) return { doubt: 'evidence_unreadable' };
    throw error;
  }
}

/** Undefined where a key is missing, or something was sealed by another. */
async function unlessUnreadable<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof EncryptionError) return undefined;
    throw error;
  }
}
