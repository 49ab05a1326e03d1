#!/usr/bin/env bash
# down.sh: takes both local clusters away, and the registry with what was pushed to it.
set -euo pipefail
if command -v kind > /dev/null; then
    kind delete cluster --name todo
fi
if command -v minikube > /dev/null; then
    minikube delete --profile todo
fi
if command -v docker > /dev/null; then
    docker rm --force --volumes todo-registry > /dev/null 2>&1 || true
fi
