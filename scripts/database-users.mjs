/** The services' schema, and their user. Wrapped keys are in a schema beside it, which backups of the data leave out. */
export const DATABASE = 'registration_identity';

// What the services need in their own schemas, migrations included; nothing outside them, no files, no other users.
const APP_RIGHTS = 'SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, TRIGGER';

/** SQL for every start, so that schemas, password and rights are always those written here. One statement a line. */
export function statements(password) {
  return [
    ...[DATABASE, `${DATABASE}_keys`].map((name) => `CREATE DATABASE IF NOT EXISTS ${name};`),
    ...user(DATABASE, password),
    ...[DATABASE, `${DATABASE}_keys`].map((name) => `GRANT ${APP_RIGHTS} ON ${name}.* TO '${DATABASE}'@'%';`),
    '',
  ].join('\n');
}

/** SQL for tests, which make their own schemas `test_…`: `app` has there the rights it has outside tests. */
export function testStatements(password, adminPassword) {
  return [
    ...user('app', password),
    `GRANT ${APP_RIGHTS} ON \`test\\_%\`.* TO 'app'@'%';`,
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
