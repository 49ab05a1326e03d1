#!/usr/bin/env bash
# promote.sh ENVIRONMENT IMAGE_DIGEST ARTIFACT_DIGEST [FOLDER]: writes which release an environment runs.
# promote.sh ENVIRONMENT --from OTHER [FOLDER]: the release that another environment runs already.
#
# Changes deploy/environments/ENVIRONMENT.yaml and nothing else. Commit it: Argo CD and Flux roll out what is in git.
set -euo pipefail
usage="usage: promote.sh dev|staging|prod (IMAGE_DIGEST ARTIFACT_DIGEST | --from ENVIRONMENT) [FOLDER]"
[ $# -ge 3 ] || { echo "${usage}" >&2; exit 2; }
folder=${4:-$(dirname "${BASH_SOURCE[0]}")/../deploy/environments}
file="${folder}/$1.yaml"
[ -f "${file}" ] || { echo "no environment $1 in ${folder}" >&2; exit 2; }
digest_of() {
    sed -n "/^$1:/,/^[^ ]/s/^  digest: \"\(.*\)\"$/\1/p" "$2"
}
if [ "$2" = --from ]; then
    image=$(digest_of image "${folder}/$3.yaml")
    artifact=$(digest_of artifact "${folder}/$3.yaml")
else
    image=$2 artifact=$3
fi
for digest in "${image}" "${artifact}"; do
    [[ "${digest}" =~ ^sha256:[0-9a-f]{64}$ ]] || { echo "\"${digest}\" is no digest" >&2; exit 1; }
done
sed -i -e "/^image:/,/^[^ ]/s/^  digest: .*/  digest: \"${image}\"/" \
    -e "/^artifact:/,/^[^ ]/s/^  digest: .*/  digest: \"${artifact}\"/" "${file}"
echo "${file}: image ${image}, artifact ${artifact}"
