#!/bin/sh
# Starts PostgreSQL as the chart expects it of the official image: POSTGRES_USER owns POSTGRES_DB, with the password in
# POSTGRES_PASSWORD_FILE; data are in PGDATA, made at the first start; arguments are the server's.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    initdb --pgdata "$PGDATA" --username "$POSTGRES_USER" --pwfile "$POSTGRES_PASSWORD_FILE" --auth scram-sha-256 \
        --encoding UTF8 --locale C
    echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
    echo "CREATE DATABASE \"$POSTGRES_DB\"" | postgres --single -D "$PGDATA" postgres
fi
exec postgres -D "$PGDATA" -c listen_addresses='*' "$@"
