/** The schema of the services. Wrapped keys are in a second schema, which backups of the data omit. */
export const DATABASE = 'registration_identity';

/** This user migrates, and grants api and worker their rights on each table (db/rights.ts). */
export const OWNER = `${DATABASE}_owner`;
export const API = `${DATABASE}_api`;
export const WORKER = `${DATABASE}_worker`;

// The owner has these rights only in its own schemas. It has no rights on other schemas, files or users.
const OWNER_RIGHTS = 'SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, TRIGGER';

/** SQL that runs at every start, so that schemas, passwords and rights always match this file. One statement per line. */
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
 * SQL for tests, which create their own schemas `test_…`. `owner`, `api` and `worker` have the same rights there as outside tests. `app`
 * has the rights of api and worker together.
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

function user(name, password) {
  return [
    `CREATE USER IF NOT EXISTS '${name}'@'%' IDENTIFIED BY '${password}';`,
    `ALTER USER '${name}'@'%' IDENTIFIED BY '${password}';`,
  ];
}
