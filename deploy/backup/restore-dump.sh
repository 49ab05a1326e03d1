#!/usr/bin/env bash
# restore-dump.sh DUMP: puts a dump into an empty database, all of it or nothing.
#
# The database is named by PostgreSQL's own variables; the user owns it and may make roles. Then let the app's roles sign in:
# `runtime-shim migrate up --roles`, with their passwords.
set -euo pipefail
dump=$1
: "${PGDATABASE:?names the database to fill}"
(cd "${dump}" && sha256sum --check --quiet checksums)
sql() {
    psql --no-psqlrc --no-password --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 "$@"
}
if [ "$(sql --command="SELECT count(*) FROM pg_namespace WHERE nspname = 'todo'")" != 0 ]; then
    echo "${PGDATABASE} has a schema todo already: restore into an empty database" >&2
    exit 1
fi
# Rights are granted to these, so they come first; as the migrations make them, without the right to sign in.
sql <<'SQL'
SELECT format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS', name)
FROM unnest(ARRAY['todo_app', 'todo_identity']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec
SQL
pg_restore --no-password --dbname="${PGDATABASE}" --no-owner --exit-on-error --single-transaction "${dump}/contents.dump"
sql --file="${dump}/database.sql"
sql --command='ANALYZE'
