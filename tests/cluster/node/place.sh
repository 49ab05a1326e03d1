# shellcheck shell=bash disable=SC2154
# Where the cluster lives: folders, network, identities. Sourced by up.sh, which sets $run and $here.

prepare_folders() {
    mount --make-rprivate /
    rm -rf "$run"
    mkdir -p "$run"/{etcd,kubelet,certs,log,conf,containerd,registry}
    mount -t tmpfs tmpfs "$run/etcd"
    mkdir -p /var/log/pods /var/log/containers /var/lib/cni /run/netns
    local folder
    for folder in /var/log/pods /var/log/containers /var/lib/cni /run/netns; do
        mount -t tmpfs tmpfs "$folder"
    done
    mount --make-rshared /
    # No name server: looking up a name outside fails at once.
    : > "$run/resolv.conf"
    mount --bind "$run/resolv.conf" /etc/resolv.conf
}

# Loopback, and a bridge that carries the node's address. No default route: nothing leaves.
prepare_network() {
    ip link set lo up
    ip link add node0 type bridge
    ip addr add "$NODE_ADDRESS/24" dev node0
    ip link set node0 up
    ip route add 10.96.0.0/16 dev node0 # addresses of Services, which the proxy rewrites
    sysctl --quiet --write net.ipv4.ip_forward=1
    # What two pods say to each other passes iptables too: the proxy and the policies see it nowhere else.
    modprobe --quiet br_netfilter 2> /dev/null || true # built into some kernels
    sysctl --quiet --write net.bridge.bridge-nf-call-iptables=1
}

# Tokens instead of client certificates; the API server makes its own serving certificate.
write_identities() {
    cat > "$run/certs/tokens.csv" <<EOF
admin-token,admin,admin,system:masters
controllers-token,system:kube-controller-manager,controllers
scheduler-token,system:kube-scheduler,scheduler
proxy-token,system:kube-proxy,proxy
node-token,system:node:node1,node,system:nodes
EOF
    openssl genrsa -out "$run/certs/accounts.key" 2048 2> /dev/null
    openssl rsa -in "$run/certs/accounts.key" -pubout -out "$run/certs/accounts.pub" 2> /dev/null
    local who
    for who in admin controllers scheduler proxy node; do
        cat > "$run/conf/$who.kubeconfig" <<EOF
apiVersion: v1
kind: Config
clusters: [{name: test, cluster: {server: "https://$NODE_ADDRESS:6443", certificate-authority: $run/certs/apiserver.crt}}]
users: [{name: $who, user: {token: $who-token}}]
contexts: [{name: test, context: {cluster: test, user: $who}}]
current-context: test
EOF
    done
}
