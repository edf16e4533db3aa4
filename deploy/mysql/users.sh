# Run once by MySQL's image, when the data directory is new: schemas, and users who may do what they need and no more. What api and
# worker may do in each table they get from the migration (db/store/rights.ts). The image gives the function docker_process_sql, which
# speaks to the server as root.
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
CREATE USER 'temporal'@'%' IDENTIFIED BY '${TEMPORAL_DATABASE_PASSWORD}';
GRANT ALL PRIVILEGES ON temporal.* TO 'temporal'@'%';
GRANT ALL PRIVILEGES ON temporal_visibility.* TO 'temporal'@'%';
SQL
