#!/usr/bin/env bash
# kind-up.sh: a cluster in containers, with a registry of its own on 127.0.0.1:5001. Safe to run again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
cluster=todo registry=todo-registry port=5001
for program in docker kind kubectl; do
    command -v "${program}" > /dev/null || { echo "${program} is missing (docs/local-kubernetes.md)" >&2; exit 1; }
done
if [ "$(docker inspect --format '{{.State.Running}}' "${registry}" 2> /dev/null)" != true ]; then
    docker rm --force "${registry}" > /dev/null 2>&1 || true
    docker run --detach --restart unless-stopped --name "${registry}" --publish "127.0.0.1:${port}:5000" \
        docker.io/library/registry:2.8.3
fi
if ! kind get clusters --quiet | grep --quiet --line-regexp "${cluster}"; then
    kind create cluster --config kind.yaml --wait 120s
fi
# Nodes know the registry by the name people push to, and pods by the name it has among containers.
docker network connect kind "${registry}" 2> /dev/null || true
for node in $(kind get nodes --name "${cluster}"); do
    docker exec "${node}" mkdir -p "/etc/containerd/certs.d/localhost:${port}"
    printf '[host."http://%s:5000"]\n' "${registry}" |
        docker exec --interactive "${node}" tee "/etc/containerd/certs.d/localhost:${port}/hosts.toml" > /dev/null
done
# Tools such as Tilt find the registry by this (KEP-1755).
kubectl --context "kind-${cluster}" apply --filename - << YAML
apiVersion: v1
kind: ConfigMap
metadata:
  name: local-registry-hosting
  namespace: kube-public
data:
  localRegistryHosting.v1: |
    host: "localhost:${port}"
    hostFromContainerRuntime: "${registry}:5000"
    help: "docs/local-kubernetes.md"
YAML
./addons.sh "kind-${cluster}"
echo "The cluster is up: deploy/local/deploy.sh, or tilt up --file deploy/local/Tiltfile"
