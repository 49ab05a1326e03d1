#!/usr/bin/env bash
# archive-wal.sh PATH NAME ARCHIVE: keeps a finished segment of the write-ahead log. PostgreSQL runs it:
#
#   archive_command = '/path/to/archive-wal.sh "%p" "%f" /archive'
#
# It succeeds only when the segment is on disk under its name: PostgreSQL may then forget its own.
set -euo pipefail
segment=$1 name=$2 archive=$3
if [ -e "${archive}/${name}" ]; then
    # After a crash the same segment comes again. A different one under this name is another server's: never replace it.
    cmp --silent "${segment}" "${archive}/${name}"
    exit
fi
part="${archive}/.${name}.$$"
trap 'rm -f "${part}"' EXIT
cp "${segment}" "${part}"
sync "${part}"
mv "${part}" "${archive}/${name}"
sync "${archive}"
