//! What docs/local-kubernetes.md takes for granted of the cluster that kind-up.sh and addons.sh make, where there is no kind: a context of
//! its name, the registry under the names people, nodes and pods know it by, the namespace with its rules, images.

use std::io;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use harness::repository;
use serde_json::json;

use crate::postgres_image;
use crate::programs::{apply, kubectl, node_address, registry, setting};
use crate::published::published;
use crate::shell::run;

/// The registry, as it is pushed to from outside the cluster.
const PUSHED_TO: &str = "localhost:5001";
/// The same for pods of the namespace.
const PULLED_FROM: &str = "todo-registry";

/// Prepares the cluster; the path of a kubeconfig whose context is kind's.
pub fn prepare(folder: &Path) -> PathBuf {
    for rules in ["deploy/admission", "deploy/namespaces/dev"] {
        kubectl(&["apply", "--kustomize", &repository().join(rules).display().to_string()]);
    }
    forward(TcpListener::bind("127.0.0.1:5001").unwrap());
    let known = PathBuf::from(setting("CLUSTER_RUN")).join("certs.d").join(PUSHED_TO);
    std::fs::create_dir_all(&known).unwrap();
    std::fs::write(known.join("hosts.toml"), format!("[host.\"http://{}\"]\n", registry())).unwrap();
    name_the_registry();
    tag_the_image();
    std::fs::write(folder.join("local.yaml"), own_values()).unwrap();
    let kubeconfig = folder.join("kind.kubeconfig");
    std::fs::copy(setting("KUBECONFIG"), &kubeconfig).unwrap();
    let file = kubeconfig.display().to_string();
    kubectl(&["config", "rename-context", "test", "kind-todo", "--kubeconfig", &file]);
    kubeconfig
}

/// Hands every connection on to the registry, for as long as the tests run.
fn forward(listener: TcpListener) {
    thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            let server = TcpStream::connect(registry()).unwrap();
            for (mut from, mut to) in
                [(client.try_clone().unwrap(), server.try_clone().unwrap()), (server, client)]
            {
                thread::spawn(move || {
                    // Whoever hangs up first ends it for both.
                    let _ended = io::copy(&mut from, &mut to);
                    let _closed = to.shutdown(std::net::Shutdown::Write);
                });
            }
        }
    });
}

/// What Docker's names do for kind's pods: a Service whose only address is the registry's.
fn name_the_registry() {
    let labels = json!({
        "project": "todo-assistant", "environment": "dev", "cost-centre": "tests", "owner": "tests",
        "kubernetes.io/service-name": PULLED_FROM,
    });
    let metadata = json!({ "name": PULLED_FROM, "namespace": "todo-dev", "labels": labels });
    let service = json!({
        "apiVersion": "v1", "kind": "Service", "metadata": metadata,
        "spec": { "ports": [{ "name": "http", "port": 5000 }] },
    });
    let addresses = json!({
        "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": metadata,
        "addressType": "IPv4", "ports": [{ "name": "http", "port": 5000 }],
        "endpoints": [{ "addresses": [node_address()] }],
    });
    for object in [service, addresses] {
        apply(&object.to_string());
    }
}

/// The image is there already, under the tag that deploy.sh looks for before it asks Docker to build one.
fn tag_the_image() {
    let log = ["log", "-1", "--format=%h", "--", "runtime-shim", "migrations", "Cargo.lock"];
    let tag = run(Command::new("git").args(log).current_dir(repository()));
    let image = format!("{}/todo-assistant/runtime@{}", registry(), published().image);
    run(Command::new("crane").args(["tag", "--insecure", &image, &tag]));
}

/// The database's image is made here, and there are no volumes.
fn own_values() -> String {
    let image = json!({
        "registry": registry(), "repository": postgres_image::REPOSITORY, "digest": postgres_image::push(),
    });
    json!({ "database": { "statefulset": { "image": image, "persistent": false } } }).to_string()
}
