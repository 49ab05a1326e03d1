#!/bin/bash
# up.sh COMMAND…: boots a single-node Kubernetes with a registry and DNS, runs COMMAND beside it, takes everything down.
#
# All of it lives in network, mount and PID namespaces of its own: nothing is seen outside, nothing leaves the machine, and
# when this script dies everything dies. Needs root and Debian's runc, containernetworking-plugins, iptables, ipset, conntrack,
# iproute2, docker-registry and containerd.
# The programs kubernetes, coredns and crane are found on the PATH.
#   CLUSTER_PAUSE   archive of the image localhost/pause:1, which holds pods' namespaces
#   CLUSTER_SHIMS   folder with containerd-shim-todo-v2
#   CLUSTER_RUN     scratch folder
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [[ ${CLUSTER_INSIDE:-} != 1 ]]; then
    CLUSTER_INSIDE=1 exec unshare --net --mount --pid --fork --kill-child --mount-proc bash "$0" "$@"
fi
unset CLUSTER_INSIDE
# shellcheck disable=SC2034 # used by what is sourced below
pause=$(realpath "${CLUSTER_PAUSE:?}")
# shellcheck disable=SC2034
shims=$(realpath "${CLUSTER_SHIMS:?}")
run=$(realpath --canonicalize-missing "${CLUSTER_RUN:?}")
export NODE_ADDRESS=10.90.0.1
# shellcheck source-path=SCRIPTDIR source=place.sh
source "$here/place.sh"
# shellcheck source-path=SCRIPTDIR source=programs.sh
source "$here/programs.sh"
trap take_down EXIT

prepare_folders
prepare_network
write_identities
start_control_plane
start_node
start_policies
start_registry
start_dns
export KUBECONFIG="$run/conf/admin.kubeconfig" CONTAINERD_ADDRESS="$run/containerd/containerd.sock"
export CLUSTER_REGISTRY="$NODE_ADDRESS:5000" CLUSTER_LOGS="$run/log"
echo "cluster: ready after $SECONDS s"
status=0
"$@" || status=$?
exit "$status"
