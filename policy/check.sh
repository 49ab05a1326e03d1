#!/usr/bin/env bash
# check.sh environment|values FILE…: prints what the rules refuse in these YAML or JSON files, taken together, a line each.
#
# Needs `opa`. Fails when anything is refused.
set -euo pipefail
usage="usage: check.sh environment|values FILE…"
[ $# -ge 2 ] || { echo "${usage}" >&2; exit 2; }
folder=$(dirname "${BASH_SOURCE[0]}")
rules="${folder}/$1"
[ -d "${rules}" ] || { echo "${usage}" >&2; exit 2; }
shift
for file in "$@"; do
    [ -r "${file}" ] || { echo "there is no file ${file} to read" >&2; exit 2; }
done

# Every file goes in whole, as a text: the rules take its documents apart.
as_input() {
    local file
    for file in "$@"; do
        printf -- "- path: '%s'\n  contents: |2\n" "${file//\'/\'\'}"
        sed 's/^/    /' "${file}"
        echo
    done
}

# shellcheck disable=SC2016 # Rego, not shell
query='concat("\n", sort([line | some rule; some message in data[rule].deny; line := sprintf("%s: %s", [rule, message])]))'
refused=$(as_input "$@" | opa eval --stdin-input --strict-builtin-errors --format raw --ignore '*_test.rego' \
    --data "${rules}" --data "${folder}/files" --data "${folder}/credentials" "${query}")
[ -z "${refused}" ] || { echo "${refused}"; exit 1; }
