import { z } from 'zod';
import { loginsOf } from '../../db/clerks/clerks';
import { countLooks } from '../../db/clerks/looks';
import { startOfShanghaiDay } from '../../domain/shanghai-time';
import { findUnusualUse, unusualUses } from '../../domain/unusual-use';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';

const DAYS = 7;
const DAY = 24 * 3_600_000;

const found = z
  .strictObject({
    use: z.enum(unusualUses),
    clerk: z.string(),
    login: z.string().optional(),
    day: z.iso.date().optional(),
    person: z.string().optional().describe('a pseudonym; it opens nothing'),
    count: z.number().int().describe('of persons, or of looks'),
  })
  .meta({ id: 'UnusualUse' });

/** Which clerks look at persons in an unusual way. */
export function unusualUseRoute({ store }: ApiDependencies): Route {
  return defineRoute({
    method: 'get',
    path: '/api/clerk/unusual-use',
    summary: `Clerks who looked at many persons, at night, or at one person often, in ${DAYS} days`,
    audience: 'clerk',
    right: 'see-actions',
    action: 'report-unusual-use',
    responses: {
      200: { description: 'The report', schema: z.strictObject({ found: z.array(found) }) },
    },
    async handle({ now }) {
      const since = new Date(startOfShanghaiDay(now).getTime() - (DAYS - 1) * DAY);
      const unusual = findUnusualUse(await countLooks(store.knex, since));
      const logins = await loginsOf(
        store.knex,
        unusual.map(({ clerk }) => clerk),
      );
      return {
        status: 200,
        body: { found: unusual.map((one) => ({ ...one, login: logins.get(one.clerk) })) },
      };
    },
  });
}
