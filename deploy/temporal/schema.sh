#!/bin/sh
# Brings Temporal's two schemas to the version that the server needs. A second run changes nothing. Server, port, user and password
# come from SQL_PLUGIN, SQL_HOST, SQL_PORT, SQL_USER and SQL_PASSWORD. The tables come with the tool.
set -eu
case "$SQL_PLUGIN" in
  mysql8) tables=mysql/v8 ;;
  *) tables=postgresql/v12 ;;
esac
for schema in temporal visibility; do
  database=temporal
  [ "$schema" = visibility ] && database=temporal_visibility
  # This fails if the schema exists already. In that case update-schema alone is enough.
  temporal-sql-tool --db "$database" setup-schema -v 0.0 || true
  temporal-sql-tool --db "$database" update-schema --schema-name "$tables/$schema"
done
