#!/bin/sh
# Links the launcher. Where that fails a C compiler is missing or incomplete: then it says which command gets one.
cc "$@" && exit
status=$?
"$(dirname "$0")/../../scripts/doctor" --quiet >&2
exit "${status}"
