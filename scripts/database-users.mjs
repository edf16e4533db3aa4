/** The services' schema. Wrapped keys are in a second schema, which backups of the data leave out. */
export const DATABASE = 'registration_identity';

/** The user that migrates, and gives api and worker their rights in each table (db/store/rights.ts). */
export const OWNER = `${DATABASE}_owner`;
export const API = `${DATABASE}_api`;
export const WORKER = `${DATABASE}_worker`;

// In their own schemas only: no rights to files or other users.
const OWNER_RIGHTS = 'SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, TRIGGER';

/**
 * SQL for every start, so that schemas, passwords and rights are always those written here. One statement a line.
 * @param {(user: string) => string} passwordOf
 */
export function statements(passwordOf) {
  return [
    ...[DATABASE, `${DATABASE}_keys`].map((name) => `CREATE DATABASE IF NOT EXISTS ${name};`),
    // Earlier versions had this user with rights on every table.
    `DROP USER IF EXISTS '${DATABASE}'@'%';`,
    ...[OWNER, API, WORKER].flatMap((name) => user(name, passwordOf(name))),
    ...[DATABASE, `${DATABASE}_keys`].map(
      (name) => `GRANT ${OWNER_RIGHTS} ON ${name}.* TO '${OWNER}'@'%' WITH GRANT OPTION;`,
    ),
    '',
  ].join('\n');
}

/** Temporal's schemas in the same server; the user that makes their tables, and the one of its processes. */
export const TEMPORAL_SCHEMAS = /** @type {const} */ (['temporal', 'temporal_visibility']);
export const TEMPORAL_OWNER = 'temporal_owner';
export const TEMPORAL = 'temporal';

/** The same for Temporal. @param {(user: string) => string} passwordOf */
export function temporalStatements(passwordOf) {
  return [
    ...TEMPORAL_SCHEMAS.map((name) => `CREATE DATABASE IF NOT EXISTS ${name};`),
    ...[TEMPORAL_OWNER, TEMPORAL].flatMap((name) => user(name, passwordOf(name))),
    ...TEMPORAL_SCHEMAS.flatMap((name) => [
      `GRANT ${OWNER_RIGHTS} ON ${name}.* TO '${TEMPORAL_OWNER}'@'%';`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ${name}.* TO '${TEMPORAL}'@'%';`,
    ]),
    '',
  ].join('\n');
}

/**
 * SQL for tests, which make their own schemas `test_…`: `owner`, `api` and `worker` have there the rights they have outside tests,
 * `app` those of api and worker together.
 * @param {string} password
 * @param {string} adminPassword
 */
export function testStatements(password, adminPassword) {
  return [
    ...['owner', 'api', 'worker', 'app'].flatMap((name) => user(name, password)),
    `GRANT ${OWNER_RIGHTS} ON \`test\\_%\`.* TO 'owner'@'%' WITH GRANT OPTION;`,
    ...user('admin', adminPassword),
    "GRANT ALL PRIVILEGES ON *.* TO 'admin'@'%' WITH GRANT OPTION;",
    '',
  ].join('\n');
}

/**
 * @param {string} name
 * @param {string} password
 */
function user(name, password) {
  return [
    `CREATE USER IF NOT EXISTS '${name}'@'%' IDENTIFIED BY '${password}';`,
    `ALTER USER '${name}'@'%' IDENTIFIED BY '${password}';`,
  ];
}
