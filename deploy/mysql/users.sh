# MySQL's image runs this file once, when the data directory is new. It creates the schemas and the users with minimal rights. The
# migration grants the rights of api and worker on each table (db/store/rights.ts). The image provides the function docker_process_sql,
# which sends SQL to the server as root.
docker_process_sql <<SQL
CREATE DATABASE registration_identity;
CREATE DATABASE registration_identity_keys;
CREATE DATABASE temporal;
CREATE DATABASE temporal_visibility;
CREATE USER 'registration_identity_owner'@'%' IDENTIFIED BY '${DATABASE_OWNER_PASSWORD}';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON registration_identity.* TO 'registration_identity_owner'@'%' WITH GRANT OPTION;
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON registration_identity_keys.* TO 'registration_identity_owner'@'%' WITH GRANT OPTION;
CREATE USER 'registration_identity_api'@'%' IDENTIFIED BY '${DATABASE_API_PASSWORD}';
CREATE USER 'registration_identity_worker'@'%' IDENTIFIED BY '${DATABASE_WORKER_PASSWORD}';
CREATE USER 'temporal_owner'@'%' IDENTIFIED BY '${TEMPORAL_OWNER_PASSWORD}';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, TRIGGER ON temporal.* TO 'temporal_owner'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, TRIGGER ON temporal_visibility.* TO 'temporal_owner'@'%';
CREATE USER 'temporal'@'%' IDENTIFIED BY '${TEMPORAL_DATABASE_PASSWORD}';
GRANT SELECT, INSERT, UPDATE, DELETE ON temporal.* TO 'temporal'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON temporal_visibility.* TO 'temporal'@'%';
SQL
