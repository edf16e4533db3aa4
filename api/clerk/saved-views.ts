import { z } from 'zod';
import { listSavedViews, removeView, saveView } from '../../db/clerks/saved-views';
import { plainTextDefect } from '../../domain/plain-text';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { worklistFilter } from './worklist';

/** What of an entry can be a column. */
const columns = [
  ...['caseNumber', 'cause', 'priority', 'since', 'due', 'dueAt', 'authority', 'documentType'],
  ...['assignee', 'reviewer', 'claim', 'attemptsAskedAt', 'codeShownAt', 'snoozedUntil'],
] as const;

const definition = z.strictObject({
  filter: worklistFilter,
  columns: z
    .array(z.enum(columns))
    .min(1)
    .max(columns.length)
    .refine((chosen) => new Set(chosen).size === chosen.length, 'column_repeated'),
  sort: z.enum(['priority']).describe('by priority and then age, the order that the list has'),
});

const view = definition
  .extend({
    id: z.uuid(),
    name: z.string(),
    sharedWith: z.string().optional().describe('the entry of a scope whose clerks may use it'),
    isOwn: z.boolean().describe('only own views can be changed'),
  })
  .meta({ id: 'SavedView' });

const body = definition.extend({
  name: z
    .string()
    .max(60)
    .superRefine((text, context) => {
      const message = text.includes('\n') ? 'text_has_hidden_characters' : plainTextDefect(text);
      if (message) context.addIssue({ code: 'custom', message });
    }),
  sharedWith: z.string().max(16).optional().describe('an entry of the own scope; without, it is for oneself'),
});

const viewId = z.strictObject({ view: z.uuid() });
const subject = ({ params }: { params: z.output<typeof viewId> }) => ({
  kind: 'view' as const,
  id: params.view,
});

/** Views of the worklist that clerks keep for themselves or share. */
export function savedViewRoutes({ store }: ApiDependencies): Route[] {
  const save = async (
    given: z.output<typeof body>,
    clerk: { id: string; scope: readonly string[] },
    now: Date,
    id?: string,
  ): Promise<{ id: string }> => {
    const { name, sharedWith = null, ...shown } = given;
    if (sharedWith !== null && !clerk.scope.includes(sharedWith))
      throw new ApiError('invalid', { issues: [{ path: 'sharedWith', code: 'not_in_scope' }] });
    const saved = await saveView(
      store.knex,
      { id, owner: clerk.id, sharedWith, name, definition: shown },
      now,
    );
    if ('rejected' in saved) throw new ApiError(saved.rejected);
    return saved;
  };
  const saved = { description: 'Kept', schema: z.strictObject({ id: z.uuid() }) };

  return [
    defineRoute({
      method: 'get',
      path: '/api/clerk/views',
      summary: 'Saved views of the worklist: own ones, and those shared within the scope',
      audience: 'clerk',
      right: 'see',
      action: 'list-views',
      responses: { 200: { description: 'By name', schema: z.strictObject({ views: z.array(view) }) } },
      async handle({ clerk }) {
        const views = await listSavedViews(store.knex, { clerk: clerk.id, scope: clerk.scope });
        return {
          status: 200,
          body: {
            views: views.flatMap(({ id, owner, sharedWith, name, definition: kept }) => {
              // One of an earlier version may name what is no more.
              const { success, data } = definition.safeParse(kept);
              const isOwn = owner === clerk.id;
              return success ? [{ id, name, ...(sharedWith && { sharedWith }), isOwn, ...data }] : [];
            }),
          },
        };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/views',
      summary: 'Keep a view of the worklist',
      audience: 'clerk',
      right: 'see',
      action: 'save-view',
      body,
      errors: ['too_many_views', 'not_found'],
      responses: { 201: saved },
      async handle({ body: given, clerk, audit, now }) {
        const { id } = await save(given, clerk, now);
        audit.subject = { kind: 'view', id };
        return { status: 201, body: { id } };
      },
    }),
    defineRoute({
      method: 'put',
      path: '/api/clerk/views/:view',
      summary: 'Replace an own view',
      audience: 'clerk',
      right: 'see',
      action: 'replace-view',
      subject,
      params: viewId,
      body,
      errors: ['too_many_views'],
      responses: { 200: saved },
      async handle({ params, body: given, clerk, now }) {
        return { status: 200, body: await save(given, clerk, now, params.view) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/views/:view/removal',
      summary: 'Remove an own view',
      audience: 'clerk',
      right: 'see',
      action: 'remove-view',
      subject,
      params: viewId,
      body: z.strictObject({}),
      responses: { 204: { description: 'Removed' } },
      async handle({ params, clerk }) {
        if (!(await removeView(store.knex, { id: params.view, owner: clerk.id })))
          throw new ApiError('not_found');
        return { status: 204 };
      },
    }),
  ];
}
