import type {} from 'knex';

/**
 * knex takes any string for a column. With these declarations, which come before its own, a query on one of our tables that names
 * a column that is not there turns into an UnknownColumn, which has no rows and no further method.
 */
interface UnknownColumn<C, TResult> {
  unknownColumn: C;
  insteadOf: TResult;
}

/** The names among C that are no columns of a query's tables; what a raw query gives is not known. */
type Unknown<TRecord, C> = 0 extends 1 & TRecord
  ? never
  : string extends C
    ? never
    : Exclude<C, keyof TRecord | '*' | `${string}.*`>;

/** Matches where one of the names in C is unknown. */
type Wrong<TRecord, C> = [Unknown<TRecord, C>] extends [never] ? never : unknown;

type Names<TRecord, C> = readonly (C & Wrong<TRecord, C>)[];

declare module 'knex' {
  interface Knex<TRecord, TResult> {
    <T extends string>(
      table: T & Wrong<Record<Knex.TableNames | `${string}.${string}`, never>, T>,
    ): UnknownColumn<T, [TRecord, TResult]>;
  }

  namespace Knex {
    interface Where<TRecord, TResult> {
      <C extends string>(column: C & Wrong<TRecord, C>, ...rest: unknown[]): UnknownColumn<C, TResult>;
    }

    interface WhereNull<TRecord, TResult> {
      <C extends string>(column: C & Wrong<TRecord, C>): UnknownColumn<C, TResult>;
    }

    interface WhereIn<TRecord, TResult> {
      <C extends string>(column: C & Wrong<TRecord, C>, values: unknown): UnknownColumn<C, TResult>;
    }

    interface OrderBy<TRecord, TResult> {
      <C extends string>(column: C & Wrong<TRecord, C>, order?: string): UnknownColumn<C, TResult>;
      <C extends string>(columns: Names<TRecord, C>): UnknownColumn<C, TResult>;
    }

    interface Select<TRecord, TResult> {
      <C extends string>(one: C & Wrong<TRecord, C>, ...more: Names<TRecord, C>): UnknownColumn<C, TResult>;
      <C extends string>(
        columns: Readonly<Record<string, C>> & Wrong<TRecord, C>,
        ...rest: unknown[]
      ): UnknownColumn<C, TResult>;
    }

    interface Distinct<TRecord, TResult> {
      <C extends string>(one: C & Wrong<TRecord, C>, ...more: Names<TRecord, C>): UnknownColumn<C, TResult>;
    }

    interface GroupBy<TRecord, TResult> {
      <C extends string>(one: C & Wrong<TRecord, C>, ...more: Names<TRecord, C>): UnknownColumn<C, TResult>;
    }

    /** Of tables under the aliases that db/tables.ts declares. */
    interface Join<TRecord, TResult> {
      <T extends TableNames>(
        table: T,
        one: keyof (TRecord & TableType<T>),
        other: keyof (TRecord & TableType<T>),
      ): QueryBuilder<TRecord & TableType<T>, (TRecord & TableType<T>)[]>;
      <T extends TableNames>(table: T, one: string, other: string): UnknownColumn<string, TResult>;
      <T extends TableNames>(
        table: T,
        on: JoinCallback,
      ): QueryBuilder<TRecord & TableType<T>, (TRecord & TableType<T>)[]>;
    }
  }
}
