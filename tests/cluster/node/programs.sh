# shellcheck shell=bash disable=SC2154
# The programs of the cluster, started and ended. Sourced by up.sh, which sets $pause, $shims, $run and $here.

# start NAME PROGRAM…: in the background, with a log and a file for its process id.
start() {
    local name=$1
    shift
    "$@" > "$run/log/$name.log" 2>&1 &
    echo $! > "$run/$name.pid"
}

# wait_for WHAT COMMAND…: until COMMAND succeeds, a minute at most.
wait_for() {
    local what=$1 tries
    shift
    for ((tries = 0; tries < 300; tries++)); do
        if "$@" > /dev/null 2>&1; then return 0; fi
        sleep 0.2
    done
    echo "cluster: $what did not come up; logs are in $run/log" >&2
    return 1
}

admin() { kubernetes kubectl --kubeconfig "$run/conf/admin.kubeconfig" "$@"; }
containers() { ctr --address "$run/containerd/containerd.sock" --namespace k8s.io "$@"; }
node_is_ready() { admin get node node1 2> /dev/null | grep --quiet ' Ready '; }

start_control_plane() {
    start etcd kubernetes etcd --data-dir "$run/etcd/data" --unsafe-no-fsync --log-level warn \
        --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379 \
        --listen-peer-urls http://127.0.0.1:2380
    start apiserver kubernetes kube-apiserver --etcd-servers http://127.0.0.1:2379 --cert-dir "$run/certs" \
        --bind-address 0.0.0.0 --advertise-address "$NODE_ADDRESS" --secure-port 6443 \
        --service-cluster-ip-range 10.96.0.0/16 --token-auth-file "$run/certs/tokens.csv" \
        --authorization-mode Node,RBAC --enable-admission-plugins NodeRestriction \
        --service-account-issuer https://kubernetes.default.svc \
        --service-account-key-file "$run/certs/accounts.pub" --service-account-signing-key-file "$run/certs/accounts.key" \
        --allow-privileged=true --kubelet-preferred-address-types InternalIP --profiling=false
    wait_for "the API server" admin get --raw /readyz
    start controllers kubernetes kube-controller-manager --kubeconfig "$run/conf/controllers.kubeconfig" \
        --leader-elect=false --use-service-account-credentials=true --bind-address 127.0.0.1 --profiling=false \
        --service-account-private-key-file "$run/certs/accounts.key" --root-ca-file "$run/certs/apiserver.crt" \
        --cert-dir "$run/certs/controllers"
    start scheduler kubernetes kube-scheduler --kubeconfig "$run/conf/scheduler.kubeconfig" --leader-elect=false \
        --cert-dir "$run/certs/scheduler" --bind-address 127.0.0.1
}

# fill TEMPLATE: with this cluster's folders and addresses.
fill() { sed -e "s#@RUN@#$run#g; s#@HERE@#$here#g; s#@NODE_ADDRESS@#$NODE_ADDRESS#g" "$here/$1"; }

start_node() {
    fill containerd.toml > "$run/containerd.toml"
    # A registry without TLS, on the node itself.
    mkdir -p "$run/certs.d/$NODE_ADDRESS:5000"
    printf 'server = "http://%s:5000"\n' "$NODE_ADDRESS" > "$run/certs.d/$NODE_ADDRESS:5000/hosts.toml"
    start containerd env PATH="$shims:$PATH" TODO_SHIM_STORE="$run/shim-store" containerd --config "$run/containerd.toml"
    wait_for containerd containers version
    containers images import "$pause" > "$run/log/import.log" 2>&1
    fill proxy.yaml > "$run/conf/proxy.yaml"
    start proxy kubernetes kube-proxy --config "$run/conf/proxy.yaml"
    fill kubelet.yaml > "$run/conf/kubelet.yaml"
    start kubelet kubernetes kubelet --config "$run/conf/kubelet.yaml" --kubeconfig "$run/conf/node.kubeconfig" \
        --hostname-override node1 --node-ip "$NODE_ADDRESS" --root-dir "$run/kubelet" --cert-dir "$run/certs/kubelet"
    wait_for "the node" node_is_ready
    wait_for "the default service account" admin get serviceaccount default
}

start_registry() {
    fill registry.yaml > "$run/conf/registry.yaml"
    start registry docker-registry serve "$run/conf/registry.yaml"
    wait_for "the registry" curl --silent --fail "http://$NODE_ADDRESS:5000/v2/"
}

# Lets packets through as the NetworkPolicies say; the bridge of the pods asks nobody. Only the policies: Services are the proxy's.
start_policies() {
    start policies kubernetes network-policies --kubeconfig "$run/conf/admin.kubeconfig" --hostname-override node1 \
        --service-cluster-ip-range 10.96.0.0/16
    wait_for "the enforcement of policies" iptables --list KUBE-ROUTER-FORWARD
}

# In a pod, as anywhere else: policies open the way to DNS by namespace, and the node's own address is in none.
start_dns() {
    local image="$NODE_ADDRESS:5000/coredns:1"
    tar --create --file "$run/coredns.tar" --directory "$(dirname "$(command -v coredns)")" coredns
    {
        crane append --insecure --new_layer "$run/coredns.tar" --new_tag "$image"
        crane mutate --insecure --set-platform "linux/$(dpkg --print-architecture)" --tag "$image" "$image"
    } > "$run/log/coredns-image.log" 2>&1
    admin create configmap coredns --namespace kube-system --from-file "$here/Corefile" > /dev/null
    admin apply --filename - > /dev/null < <(fill dns.yaml)
    admin rollout status deployment/coredns --namespace kube-system --timeout 60s > /dev/null
    # What runs on the node asks it too; it knows the cluster's names and no others.
    echo "nameserver 10.96.0.10" > "$run/resolv.conf"
}

# Pods first, so that no container and no cgroup is left behind.
take_down() {
    set +e
    admin delete pods --all-namespaces --all --force --grace-period=0 > /dev/null 2>&1
    local name task container group
    for name in kubelet policies proxy scheduler controllers apiserver registry; do
        kill "$(cat "$run/$name.pid" 2> /dev/null)" 2> /dev/null
    done
    for task in $(containers tasks list --quiet 2> /dev/null); do containers tasks rm --force "$task" > /dev/null 2>&1; done
    for container in $(containers containers list --quiet 2> /dev/null); do
        containers containers rm "$container" > /dev/null 2>&1
    done
    for name in etcd containerd; do kill "$(cat "$run/$name.pid" 2> /dev/null)" 2> /dev/null; done
    sleep 0.5
    for group in /sys/fs/cgroup/*/kubepods /sys/fs/cgroup/kubepods; do
        if [[ -d $group ]]; then find "$group" -depth -type d -exec rmdir {} \; 2> /dev/null; fi
    done
}
