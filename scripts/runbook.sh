#!/usr/bin/env bash
# runbook.sh [ALERT]: prints the runbook of an alert, named as Prometheus does or in kebab-case; without one, lists them.
set -euo pipefail
folder="$(dirname "${BASH_SOURCE[0]}")/../docs/runbooks"
if [ $# -eq 0 ]; then
    find "${folder}" -name '*.md' -not -name README.md -printf '%f\n' | sed 's/\.md$//' | sort
    exit
fi
name=$(sed -E 's/([a-z0-9])([A-Z])/\1-\2/g; s/([A-Z]+)([A-Z][a-z])/\1-\2/g' <<< "$1" | tr '[:upper:]' '[:lower:]')
if [[ ! "${name}" =~ ^[a-z0-9-]+$ ]] || [ ! -f "${folder}/${name}.md" ]; then
    echo "no runbook ${name}; there are:" >&2
    "${BASH_SOURCE[0]}" >&2
    exit 1
fi
cat "${folder}/${name}.md"
