import type { Db } from '../store/store';

/** Where people find a registration authority. All of it is public, and in Chinese. */
export interface AuthorityContact {
  name: string;
  /** Of its window. */
  address: string;
  /** When the window is open. */
  hours: string;
  phone: string;
}

/** Takes over what a registration system tells about one of its authorities. */
export async function saveAuthority(
  db: Db,
  { registry, code, ...contact }: AuthorityContact & { registry: string; code: string },
  now: Date,
): Promise<void> {
  await db('authorities')
    .insert({ registry, code, ...contact, updated_at: now })
    .onConflict()
    .merge();
}

/** Reads the names of the authorities of matters. @returns what gives the name, if its registration system told it */
export async function namesOfAuthorities(
  db: Db,
  matters: readonly { registry: string; authority: string }[],
): Promise<(matter: { registry: string; authority: string }) => string | undefined> {
  const codes = matters.map(({ registry, authority }) => [registry, authority]);
  const rows = await db('authorities')
    .whereIn(['registry', 'code'], codes)
    .select('registry', 'code', 'name');
  return ({ registry, authority }) =>
    rows.find((row) => row.registry === registry && row.code === authority)?.name;
}

/** Every authority of which a registration system told the name. */
export async function toldNames(db: Db): Promise<{ code: string; name: string }[]> {
  return await db('authorities').distinct('code', 'name').orderBy(['code', 'name']);
}

/** The authority of the matter of a to-do; undefined where its registration system told nothing about it. */
export async function authorityOfToDo(db: Db, toDoId: string): Promise<AuthorityContact | undefined> {
  return await db('confirmations AS c')
    .join('matters AS m', 'm.id', 'c.matter_id')
    .join('authorities AS a', (join) => {
      join.on('a.registry', 'm.registry').andOn('a.code', 'm.authority');
    })
    .where('c.to_do_id', toDoId)
    .first<AuthorityContact | undefined>('a.name', 'a.address', 'a.hours', 'a.phone');
}
