#!/usr/bin/env bash
# minikube-up.sh: the profile `todo` with the registry and the addons that the chart uses. Safe to run again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
profile=todo
for program in minikube kubectl; do
    command -v "${program}" > /dev/null || { echo "${program} is missing (docs/local-kubernetes.md)" >&2; exit 1; }
done
# 1.36 is the first Kubernetes with the MutatingAdmissionPolicy of `spinkube.harden`.
minikube start --profile "${profile}" --kubernetes-version v1.36.4 --cpus 2 --memory 4g --container-runtime containerd --cni calico \
    --addons registry,metrics-server,default-storageclass,storage-provisioner
minikube --profile "${profile}" kubectl -- --namespace kube-system rollout status --timeout=180s daemonset/registry-proxy
# Pods reach the registry at the port it listens on: network policies judge by that one, not by the addon's Service, whose port is 80.
minikube --profile "${profile}" kubectl -- apply --filename - << YAML
apiVersion: v1
kind: Service
metadata:
  name: todo-registry
  namespace: kube-system
spec:
  selector:
    actual-registry: "true"
    kubernetes.io/minikube-addons: registry
  ports:
    - port: 5000
YAML
./addons.sh "${profile}"
cat << TEXT
The cluster is up. In another terminal, so that the registry can be pushed to:

  kubectl --context ${profile} --namespace kube-system port-forward service/registry 5000:80

Then: deploy/local/deploy.sh, or tilt up --file deploy/local/Tiltfile
TEXT
