import { prepared } from '../prepared';

export interface DatabaseServer {
  /** As the owner of every schema whose name begins with `test_`. No schema is named. */
  url: string;
  /** As a user who may do everything. */
  adminUrl: string;
}

/** The database server of this run. */
export function databaseServer(): DatabaseServer {
  return prepared('database');
}
