import { TEMPORAL, TEMPORAL_OWNER } from '../database-users.mjs';
import { UserError } from '../user-error.mjs';

/** @import { Certificates } from './certificates.mjs' */

/** Where Temporal keeps its histories, as environments of its server and of its tool for schemas. @typedef {ReturnType<typeof persistenceIn>} Persistence */

/** What differs between the two engines. */
const engines = {
  mysql: {
    plugin: 'mysql8',
    /** @param {string} host @param {string} user @param {string} password */
    server: (host, user, password) => ({ MYSQL_SEEDS: host, MYSQL_USER: user, MYSQL_PWD: password }),
  },
  postgresql: {
    plugin: 'postgres12_pgx',
    /** @param {string} host @param {string} user @param {string} password */
    server: (host, user, password) => ({ POSTGRES_SEEDS: host, POSTGRES_USER: user, POSTGRES_PWD: password }),
  },
};

/** @typedef {keyof typeof engines} Engine */

/** @param {string | undefined} name @returns {Engine} */
export function engineNamed(name = 'mysql') {
  if (name === 'mysql' || name === 'postgresql') return name;
  throw new UserError('--persistence can be mysql or postgresql.');
}

/**
 * @param {Engine} engine
 * @param {{ port: number, passwordOf: (user: string) => string, certificates: Certificates }} options
 */
export function persistenceIn(engine, { port, passwordOf, certificates: { root } }) {
  const { plugin, server } = engines[engine];
  return {
    server: {
      DB: plugin,
      DB_PORT: String(port),
      ...server('localhost', TEMPORAL, passwordOf(TEMPORAL)),
      SQL_TLS_ENABLED: 'true',
      SQL_CA: root,
      SQL_HOST_VERIFICATION: 'true',
      SQL_HOST_NAME: 'localhost',
    },
    schemaTool: {
      SQL_PLUGIN: plugin,
      SQL_HOST: 'localhost',
      SQL_PORT: String(port),
      SQL_USER: TEMPORAL_OWNER,
      SQL_PASSWORD: passwordOf(TEMPORAL_OWNER),
      SQL_TLS: 'true',
      SQL_TLS_CA_FILE: root,
      SQL_TLS_SERVER_NAME: 'localhost',
    },
  };
}
