import { mayServe } from '../../domain/clerks';
import { EVIDENCE_NUMBER } from '../../domain/evidence';
import type { MatterState } from '../../domain/matter-states';
import { MATTER_ID } from '../../platform/pseudonyms';
import { servedJourneys } from '../decisions/worklist';
import { personOf } from '../journeys/journeys';
import type { EnteredPerson } from '../../domain/sealed-inputs';
import { openFrom } from '../store/sealed-values';
import type { Db, Store } from '../store/store';
import type { JourneyRow } from '../tables';

/** A version of an application, as a search finds it. */
interface FoundMatter {
  registry: string;
  externalId: string;
  version: number;
  state: MatterState;
  authority: string;
  /** The journey in which the evidence was made that was asked for. */
  journey?: string;
}

export interface Found {
  journeys: JourneyRow[];
  matters: FoundMatter[];
}

/** Nobody has more journeys and matters than a page can show; a registration system may give one number to several. */
const MOST = 50;

/** So many of a person are looked at for those in the scope: somebody may act for hundreds of companies elsewhere. */
const MOST_OF_PERSON = 1_000;

/** A number as it was typed; it may have the form of both. */
export interface NumberAsked {
  caseNumber?: string;
  /** An evidence number, the id of a matter, or a registration system's own number. */
  reference?: string;
}

/** What a number names, by one index for each kind of number. What lies outside the scope is not found. */
export async function findByNumber(
  db: Db,
  { caseNumber, reference }: NumberAsked,
  scope: readonly string[],
): Promise<Found> {
  const rows = caseNumber === undefined ? [] : await db('journeys').where({ case_number: caseNumber });
  const matters = reference === undefined ? [] : await mattersBy(db, reference);
  return {
    journeys: await servedJourneys(db, rows, scope),
    matters: matters.filter(({ authority }) => mayServe(scope, authority)),
  };
}

async function mattersBy(db: Db, reference: string): Promise<FoundMatter[]> {
  if (EVIDENCE_NUMBER.test(reference)) return await mattersOfEvidence(db, reference);
  if (MATTER_ID.test(reference)) return await db('matters AS m').where('m.id', reference).select(columns);
  // The index begins with the registration system; there are few.
  const registries = await db('matter_heads').distinct('registry');
  const heads = await db('matter_heads')
    .whereIn(
      'registry',
      registries.map(({ registry }) => registry),
    )
    .where({ external_id: reference })
    .limit(MOST);
  const newest = heads.map((head) => [head.registry, head.external_id, head.latest_version]);
  if (newest.length === 0) return [];
  return await db('matters AS m')
    .whereIn(['m.registry', 'm.external_id', 'm.version'], newest)
    .select<FoundMatter[]>(columns);
}

/**
 * What belongs to a person. Both the number and the name must be the person's: who knows only one of them finds nothing. What lies outside
 * the scope is not found.
 */
export async function findByPerson(
  store: Store,
  { personKey, matchKey, scope }: { personKey: string; matchKey: string; scope: readonly string[] },
): Promise<Found> {
  const { knex } = store;
  const rows = await knex('journeys')
    .where({ person_key: personKey })
    .orderBy('started_at', 'desc')
    .limit(MOST_OF_PERSON);
  const journeys: JourneyRow[] = [];
  for (const row of (await servedJourneys(knex, rows, scope)).slice(0, MOST)) {
    const person = await personOf(store, knex, row);
    if (person?.matchKey === matchKey) journeys.push(row);
  }
  return { journeys, matters: await mattersOfPerson(store, { personKey, matchKey, scope }) };
}

const columns = {
  registry: 'm.registry',
  externalId: 'm.external_id',
  version: 'm.version',
  state: 'm.state',
  authority: 'm.authority',
} as const;

async function mattersOfEvidence(db: Db, number: string): Promise<FoundMatter[]> {
  const rows = await db('evidence AS e')
    .join('matters AS m', 'm.id', 'e.matter_id')
    .leftJoin('confirmations AS c', { 'c.evidence_id': 'e.id', 'c.matter_id': 'e.matter_id' })
    .where('e.number', number)
    .orderBy('m.version', 'desc')
    .limit(1)
    .select<(Omit<FoundMatter, 'journey'> & { journey: string | null })[]>({
      ...columns,
      journey: 'c.journey_id',
    });
  return rows.map(({ journey, ...row }) => ({ ...row, journey: journey ?? undefined }));
}

async function mattersOfPerson(
  store: Store,
  { personKey, matchKey, scope }: { personKey: string; matchKey: string; scope: readonly string[] },
): Promise<FoundMatter[]> {
  const rows = await store
    .knex('confirmations AS c')
    .join('matters AS m', 'm.id', 'c.matter_id')
    .where('c.person_key', personKey)
    .orderBy('c.pushed_at', 'desc')
    .limit(MOST_OF_PERSON)
    .select<(FoundMatter & { matter: string; person: Buffer })[]>({
      ...columns,
      ...{ matter: 'm.id', person: 'c.person' },
    });
  const served = rows.filter(({ authority }) => mayServe(scope, authority)).slice(0, MOST);
  const keys = await store.dataKeys.findAll(
    store.knex,
    served.map(({ matter }) => `matter:${matter}`),
  );
  const found = new Map<string, FoundMatter>();
  for (const { matter, person: sealed, ...row } of served) {
    const owner = `matter:${matter}`;
    const key = keys.get(owner);
    const person = key && openFrom<EnteredPerson>(store, key, owner, 'person', sealed);
    const application = `${row.registry} ${row.externalId}`;
    if (person?.matchKey === matchKey && !found.has(application)) found.set(application, row);
  }
  return [...found.values()];
}
