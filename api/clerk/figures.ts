import { z } from 'zod';
import { countChecks, daysUntil } from '../../db/maintenance/check-figures';
import { readVendorCalls } from '../../db/maintenance/vendor-calls';
import { countCallbacks, countDecisions, countStuck } from '../../db/maintenance/work-figures';
import { documentTypeNames } from '../../domain/documents';
import { ageBounds, durationBounds, figureDays } from '../../domain/figures';
import { startOfShanghaiDay } from '../../domain/shanghai-time';
import { stuckCauses } from '../../domain/stuck';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';

const DAY = 24 * 3_600_000;
const count = z.number().int();
const day = z.iso.date().describe('in China');
const age = count.describe(
  `0 is less than ${ageBounds[0]} hour; then ${ageBounds.slice(1).join(', ')}; or longer`,
);

const period = z.strictObject({
  days: z
    .enum(figureDays.map(String) as [string, ...string[]])
    .transform(Number)
    .describe('the present day in China and those before it'),
});

const checks = z.array(
  z
    .strictObject({
      day,
      documentType: z.enum(documentTypeNames).optional(),
      purpose: z.enum(['certificate', 'identity-face', 'matter-face', 'bank-card', 'in-person']),
      state: z.enum(['started', 'passed', 'failed', 'refunded']),
      codes: z.array(z.string()).describe('why they failed'),
      isSigned: z.boolean().describe('whether a signature used up what they proved'),
      count,
    })
    .meta({ id: 'CheckFigure' }),
);

const waitingFigures = z
  .strictObject({
    stuck: z.array(z.strictObject({ cause: z.enum(stuckCauses), age, count })),
    callbacks: z.strictObject({ count, oldest: z.iso.datetime().optional() }),
  })
  .meta({ id: 'WaitingFigures' });

const decision = z
  .strictObject({ authority: z.string(), took: age, count, seconds: z.number().describe('of all together') })
  .meta({ id: 'DecisionFigure' });

const call = z
  .strictObject({
    ...{ day, interface: z.string() },
    outcome: z.string().describe('`done`, or the code of the failure'),
    took: count.describe(
      `0 is less than ${durationBounds[0]} ms; then ${durationBounds.slice(1).join(', ')}; or longer`,
    ),
    count,
  })
  .meta({ id: 'VendorFigure' });

/** How things stand for the clerks of a scope, by the queries of `/metrics`. */
export function figureRoutes({ store }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/clerk/figures/checks',
      summary: 'How many checks were started for the matters of this scope, and what became of them',
      audience: 'clerk',
      right: 'see',
      action: 'show-check-figures',
      query: period,
      responses: { 200: { description: 'Counts', schema: z.strictObject({ checks }) } },
      async handle({ query: { days }, clerk, now }) {
        return {
          status: 200,
          body: { checks: await countChecks(store.knex, daysUntil(now, days), clerk.scope) },
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/clerk/figures/waiting',
      summary: 'What waits now: stuck journeys by cause and age, and callbacks',
      audience: 'clerk',
      right: 'see',
      action: 'show-waiting-figures',
      responses: {
        200: { description: 'Counts', schema: waitingFigures },
      },
      async handle({ clerk: { scope }, now }) {
        const [stuck, { count: waiting, oldest }] = await Promise.all([
          countStuck(store.knex, now, scope),
          countCallbacks(store.knex, scope),
        ]);
        const callbacks = { count: waiting, ...(oldest && { oldest: oldest.toISOString() }) };
        return { status: 200, body: { stuck, callbacks } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/clerk/figures/decisions',
      summary: 'How long stuck journeys waited for the decision of a clerk, by authority',
      audience: 'clerk',
      right: 'see',
      action: 'show-decision-figures',
      query: period,
      responses: {
        200: { description: 'Counts', schema: z.strictObject({ decisions: z.array(decision) }) },
      },
      async handle({ query: { days }, clerk, now }) {
        const since = new Date(startOfShanghaiDay(now).getTime() - (days - 1) * DAY);
        return { status: 200, body: { decisions: await countDecisions(store.knex, since, clerk.scope) } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/clerk/figures/vendors',
      summary:
        'How many calls of vendors there were, for all authorities, how long they took, and how they ended',
      audience: 'clerk',
      right: 'see',
      action: 'show-vendor-figures',
      query: period,
      responses: {
        200: { description: 'Counts', schema: z.strictObject({ calls: z.array(call) }) },
      },
      async handle({ query: { days }, now }) {
        return { status: 200, body: { calls: await readVendorCalls(store.knex, daysUntil(now, days)) } };
      },
    }),
  ];
}
