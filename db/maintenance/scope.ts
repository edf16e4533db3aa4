import type { Knex } from 'knex';
import { NATIONAL } from '../../domain/clerks';

/** Condition: an authority that clerks of this scope serve. Without a scope, any. */
export function withinScope(scope: readonly string[] | undefined, column: string) {
  return (query: Knex.QueryBuilder): void => {
    if (scope === undefined) return;
    void query.where((any) => {
      void any.whereRaw('FALSE');
      for (const entry of scope)
        void any.orWhere(column, 'like', entry === NATIONAL ? NATIONAL : `${entry}%`);
    });
  };
}
