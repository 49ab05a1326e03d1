#!/usr/bin/env bash
# base-backup.sh FOLDER: a copy of the whole server from which, with the archived log, every later moment can be restored.
#
# The server is named by PostgreSQL's own variables (PGHOST, PGPORT, PGUSER, PGPASSFILE or PGPASSWORD); the user needs REPLICATION.
# The copy is in FOLDER under the time at which it was begun, and only when it is complete.
set -euo pipefail
folder=$1
name=$(date -u +%Y%m%dT%H%M%SZ)
part="${folder}/.${name}"
mkdir -p "${folder}"
if [ -e "${folder}/${name}" ]; then
    echo "${folder}/${name} is there already" >&2
    exit 1
fi
rm -rf "${part}"
trap 'rm -rf "${part}"' EXIT
pg_basebackup --no-password --pgdata="${part}" --format=tar --gzip --wal-method=stream --checkpoint=fast \
    --manifest-checksums=SHA256
# From here on a moment can be restored: the server's clock counts, as it is the one that stamps what is committed.
psql --no-psqlrc --no-password --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname=postgres --command="
    SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')" > "${part}/usable-from"
sync
mv "${part}" "${folder}/${name}"
echo "${folder}/${name}"
