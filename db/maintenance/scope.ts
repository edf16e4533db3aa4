import type { Knex } from 'knex';
import { isDivision } from '../../domain/clerks';

/** Condition: an authority that clerks of this scope serve, as `mayServe` says. Without a scope, any. */
export function withinScope(scope: readonly string[] | undefined, column: string) {
  return (query: Knex.QueryBuilder): void => {
    if (scope === undefined) return;
    void query.where((any) => {
      void any.whereRaw('FALSE');
      for (const entry of scope) {
        if (isDivision(entry)) void any.orWhere(column, 'like', `${entry}%`);
        else void any.orWhere(column, entry);
      }
    });
  };
}
