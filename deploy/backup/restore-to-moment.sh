#!/usr/bin/env bash
# restore-to-moment.sh BACKUPS ARCHIVE DATA MOMENT: lays out a server as it was at MOMENT (`2026-11-26T14:03:00Z`, any
# notation that names its zone), or as late as the archive reaches (`latest`).
#
# DATA must be empty; start PostgreSQL on it afterwards, as its owner. It replays the log, then takes writes. The damaged server's
# own folder is not touched: keep it until the restored one has been looked at.
set -euo pipefail
backups=$1 archive=$2 data=$3 moment=$4
if [ -n "$(ls -A "${data}" 2> /dev/null)" ]; then
    echo "${data} is not empty: restore beside what is there, not over it" >&2
    exit 1
fi
if [ "${moment}" != latest ]; then
    moment=$(date -u -d "${moment}" +%Y-%m-%dT%H:%M:%S.%6NZ)
fi
# The newest copy that was complete by then; names sort by time, and so does this notation.
chosen=
for backup in "${backups}"/*/; do
    usable_from=$(cat "${backup}usable-from")
    if [ "${moment}" = latest ] || [[ ! "${usable_from}" > "${moment}" ]]; then
        chosen=${backup%/}
    fi
done
if [ -z "${chosen}" ]; then
    echo "no base backup in ${backups} was complete by ${moment}" >&2
    exit 1
fi
echo "restoring ${chosen} to ${moment}"
mkdir -p "${data}"
chmod 0700 "${data}"
tar --extract --gzip --file="${chosen}/base.tar.gz" --directory="${data}"
tar --extract --gzip --file="${chosen}/pg_wal.tar.gz" --directory="${data}/pg_wal"
cp "${chosen}/backup_manifest" "${data}/backup_manifest"
# Every file against its checksum, before anything is built on them.
pg_verifybackup --quiet "${data}"
{
    echo "restore_command = 'cp \"${archive}/%f\" \"%p\"'"
    echo "recovery_target_timeline = 'latest'"
    echo "recovery_target_action = 'promote'"
    if [ "${moment}" != latest ]; then
        # Here PostgreSQL knows no names of zones, not even Z.
        echo "recovery_target_time = '${moment%Z}+00'"
    fi
} >> "${data}/postgresql.auto.conf"
touch "${data}/recovery.signal"
