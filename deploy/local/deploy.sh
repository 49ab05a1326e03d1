#!/usr/bin/env bash
# deploy.sh [HELM FLAGS…]: builds what is stale, pushes it to the local registry, and rolls it out by digest. Prints what it applied,
# for Tilt; all else goes to standard error.
#
# The cluster is the current context: kind-todo or the minikube profile todo.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
context=$(kubectl config current-context)
case "${context}" in
    kind-todo) push=localhost:5001 pull=todo-registry:5000 ;;
    todo) push=localhost:5000 pull=todo-registry.kube-system.svc.cluster.local:5000 ;;
    *)
        echo "the current context is ${context}: run deploy/local/kind-up.sh or minikube-up.sh first" >&2
        exit 1
        ;;
esac
shim=target/host/runtime-shim
# The runtime changes seldom and builds long: it is pushed when its tag is missing, or with RUNTIME=1.
tag=$(git log -1 --format=%h -- runtime-shim tests/smoke migrations Cargo.lock)
image="${push}/todo-assistant/runtime"
if [ -n "${RUNTIME:-}" ] || ! curl --silent --fail --output /dev/null --head \
    --header 'Accept: application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.v2+json' \
    "http://${push}/v2/todo-assistant/runtime/manifests/${tag}"; then
    docker build --file runtime-shim/image/Dockerfile --tag "${image}:${tag}" . >&2
    docker push "${image}:${tag}" >&2
fi
cargo build --profile host --package runtime-shim >&2
"${shim}" build >&2
digest=$("${shim}" registry push --insecure "${push}/todo-assistant/app:dev" | tail -n 1)
helm upgrade --install todo charts/todo-chatbot --namespace todo-dev --values charts/todo-chatbot/values-dev.yaml \
    --set "image.registry=${push},image.tag=${tag}" \
    --set "artifact.registry=${pull},artifact.digest=${digest},artifact.insecure=true" \
    --set publicUrl=http://127.0.0.1:8080 --wait --timeout 5m "$@" >&2
helm get manifest todo --namespace todo-dev
