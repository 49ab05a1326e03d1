#!/usr/bin/env bash
# addons.sh CONTEXT [--spinkube]: what the environments expect of a cluster: the namespace with its default deny, the admission
# policies, metrics for autoscaling; with --spinkube, cert-manager and SpinKube's operator.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
context=$1
# Versions move by a change here and nowhere else.
metrics_server=3.13.0 cert_manager=v1.21.2 spin_operator=0.6.1
kubectl="kubectl --context ${context}"
${kubectl} apply --kustomize deploy/admission
${kubectl} apply --kustomize deploy/namespaces/dev
if ! ${kubectl} get apiservice v1beta1.metrics.k8s.io > /dev/null 2>&1; then
    helm upgrade --install metrics-server metrics-server --kube-context "${context}" --namespace kube-system \
        --repo https://kubernetes-sigs.github.io/metrics-server --version "${metrics_server}" \
        --set 'args={--kubelet-insecure-tls}'
fi
if [ "${2:-}" = --spinkube ]; then
    helm upgrade --install cert-manager oci://quay.io/jetstack/charts/cert-manager --kube-context "${context}" \
        --namespace cert-manager --create-namespace --version "${cert_manager}" --set crds.enabled=true --wait
    ${kubectl} apply --server-side \
        --filename "https://github.com/spinframework/spin-operator/releases/download/v${spin_operator}/spin-operator.crds.yaml"
    helm upgrade --install spin-operator oci://ghcr.io/spinframework/charts/spin-operator --kube-context "${context}" \
        --namespace spin-operator --create-namespace --version "${spin_operator}" --wait
fi
