import { Readable } from 'node:stream';
import { allActions } from '../../db/clerks/action-search';
import { placesInLog } from '../../db/log/places';
import type { ActionFilter } from '../../db/clerks/action-search';
import type { Db } from '../../db/store/store';
import { BYTE_ORDER_MARK, csvLine } from '../../domain/csv';
import { shanghaiSecond } from '../../domain/shanghai-time';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { actionFilter, readActionFilter, subjectOfSearch } from './action-filter';

const MOST = 100_000;
const AT_ONCE = 500;

const HEAD = ['id', 'time (Asia/Shanghai)', 'login', 'clerk', 'operator', 'action', 'subject kind', 'subject']
  .concat(['result', 'reason', 'request', 'leaf', 'commitment'])
  .map(String);

/** What a search of actions finds, as a table for spreadsheets. */
export function actionExportRoute({ store }: ApiDependencies): Route {
  return defineRoute({
    method: 'get',
    path: '/api/clerk/actions/export',
    summary: `The record of what clerks did, as CSV, the newest ${MOST} at most`,
    audience: 'clerk',
    right: 'see-actions',
    action: 'export-actions',
    query: actionFilter,
    subject: subjectOfSearch,
    responses: { 200: { description: 'CSV in UTF-8 with a byte order mark', mediaType: 'text/csv' } },
    async handle({ query }) {
      const filter = await readActionFilter(store.knex, query);
      return {
        status: 200,
        body: Readable.from(linesOf(store.knex, filter)),
        headers: {
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': 'attachment; filename="actions.csv"',
        },
      };
    },
  });
}

async function* linesOf(db: Db, filter: ActionFilter | undefined): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(HEAD);
  if (!filter) return;
  let count = 0;
  for await (const page of allActions(db, filter, { atOnce: AT_ONCE, most: MOST })) {
    const places = await placesInLog(
      db,
      'clerk-action',
      page.map(({ commitment }) => commitment),
    );
    count += page.length;
    const lines = page.map((one, at) =>
      csvLine([
        ...[String(one.id), shanghaiSecond(one.at), one.login ?? '', one.clerk ?? '', one.operator ?? ''],
        ...[
          one.action,
          one.subject?.kind ?? '',
          one.subject?.id ?? '',
          one.result,
          one.reason ?? '',
          one.requestId,
        ],
        ...[String(places[at]), one.commitment],
      ]),
    );
    yield lines.join('');
  }
  // Nobody should take a part for the whole.
  if (count === MOST) yield csvLine([`only the newest ${MOST}: choose a shorter time for the rest`]);
}
