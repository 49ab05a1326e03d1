#!/usr/bin/env bash
# dump.sh FOLDER: the database's contents as one file, for another server or another version, beside base backups.
#
# The database is named by PostgreSQL's own variables (PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSFILE or PGPASSWORD). Row-level
# security is forced, so the user must stand above it (BYPASSRLS, as SQL below; or a superuser): anyone else's dump would be a part
# of the data, and pg_dump refuses to make it.
#
#   CREATE ROLE todo_backup LOGIN BYPASSRLS IN ROLE pg_read_all_data;
#
# No password of a role is in the file.
set -euo pipefail
folder=$1
: "${PGDATABASE:?names the database}"
name="${PGDATABASE}-$(date -u +%Y%m%dT%H%M%SZ)"
part="${folder}/.${name}"
mkdir -p "${folder}"
rm -rf "${part}"
trap 'rm -rf "${part}"' EXIT
mkdir "${part}"
pg_dump --no-password --format=custom --file="${part}/contents.dump"
# What belongs to the database as a whole and is in no archive that is restored into another one: who may connect, and limits.
psql --no-psqlrc --no-password --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 > "${part}/database.sql" <<'SQL'
SELECT format('GRANT CONNECT ON DATABASE :"DBNAME" TO %I;', rolname) FROM pg_roles
WHERE rolname IN ('todo_app', 'todo_identity') ORDER BY rolname;
SELECT format('ALTER ROLE %I IN DATABASE :"DBNAME" SET %I = %L;', rolname, split_part(setting, '=', 1),
              substr(setting, strpos(setting, '=') + 1))
FROM pg_db_role_setting
JOIN pg_roles ON pg_roles.oid = setrole
JOIN pg_database ON pg_database.oid = setdatabase AND datname = current_database(),
     unnest(setconfig) AS setting
WHERE rolname IN ('todo_app', 'todo_identity') ORDER BY rolname, setting;
SQL
# A dump that can't be read is none.
pg_restore --list "${part}/contents.dump" > /dev/null
(cd "${part}" && sha256sum contents.dump database.sql > checksums)
sync
mv "${part}" "${folder}/${name}"
echo "${folder}/${name}"
