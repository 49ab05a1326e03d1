#!/usr/bin/env bash
# prune.sh BACKUPS ARCHIVE KEEP: removes all but the newest KEEP base backups, and the log that only the removed ones need.
set -euo pipefail
backups=$1 archive=$2 keep=$3
if [ "${keep}" -lt 1 ]; then
    echo "at least one base backup is kept" >&2
    exit 1
fi
mapfile -t all < <(find "${backups}" -mindepth 1 -maxdepth 1 -type d -not -name '.*' | sort)
if [ "${#all[@]}" -le "${keep}" ]; then
    exit
fi
oldest_kept=${all[${#all[@]} - keep]}
# The first segment that the oldest kept copy needs; the label inside it says so.
first=$(tar --extract --gzip --to-stdout --file="${oldest_kept}/base.tar.gz" backup_label |
    sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]\{24\}\))$/\1/p')
if [ -z "${first}" ]; then
    echo "${oldest_kept} does not say where its log begins: nothing is removed" >&2
    exit 1
fi
rm -rf "${all[@]:0:${#all[@]} - keep}"
pg_archivecleanup "${archive}" "${first}"
