import { freshStore } from '../../test/setup/api';
import { countTry } from './sign-in-tries';
import type { Counted } from './sign-in-tries';
import type { Store } from '../store/store';

let store: Store;
let end: () => Promise<void>;

beforeAll(async () => {
  ({ store, end } = await freshStore());
});
afterAll(() => end());

const begin = new Date('2026-03-01T04:00:00Z').getTime();
const DAY = 24 * 3600_000;
const key = (name: string, at = 0) => name.padEnd(64, String(at));

/** How many passwords are looked at from `from` to `to` when somebody tries again as soon as they may. */
async function guesses(counted: (at: number) => Counted, from: number, to: number): Promise<number> {
  let count = 0;
  for (let now = from; now < to;) {
    const freeAt = await countTry(store.knex, counted(count), new Date(now));
    if (freeAt) now = freeAt.getTime();
    else count += 1;
  }
  return count;
}

it('from one place a login takes 34 guesses in the first day, and 24 in each that follows', async () => {
  const one = () => ({ login: key('login'), place: key('place') });
  expect(await guesses(one, begin, begin + DAY)).toBe(34);
  expect(await guesses(one, begin + DAY, begin + 2 * DAY)).toBe(24);
});

it('from however many places it takes 315 in the first day, and 288 in each that follows', async () => {
  const many = (at: number) => ({ login: key('login-of-many'), place: key(`place-${at}-`) });
  expect(await guesses(many, begin, begin + DAY)).toBe(315);
  expect(await guesses(many, begin + DAY, begin + 2 * DAY)).toBe(288);
});
