/** The services' schema. Wrapped keys are in a second schema, which backups of the data leave out. */
export const DATABASE = 'registration_identity';

/** The user that migrates, and gives api and worker their rights in each table (db/store/rights.ts). */
export const OWNER = `${DATABASE}_owner`;
export const API = `${DATABASE}_api`;
export const WORKER = `${DATABASE}_worker`;

// In their own schemas only: no rights to files or other users.
const OWNER_RIGHTS = 'SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, TRIGGER';

/** SQL for every start, so that schemas, passwords and rights are always those written here. One statement a line. @param {string} password */
export function statements(password) {
  return [
    ...[DATABASE, `${DATABASE}_keys`].map((name) => `CREATE DATABASE IF NOT EXISTS ${name};`),
    // Earlier versions had this user with rights on every table.
    `DROP USER IF EXISTS '${DATABASE}'@'%';`,
    ...[OWNER, API, WORKER].flatMap((name) => user(name, password)),
    ...[DATABASE, `${DATABASE}_keys`].map(
      (name) => `GRANT ${OWNER_RIGHTS} ON ${name}.* TO '${OWNER}'@'%' WITH GRANT OPTION;`,
    ),
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
