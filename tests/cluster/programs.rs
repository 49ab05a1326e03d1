//! The programs of the stage, by the environment variables `cargo xtask test cluster` and node/up.sh set.

use std::process::Command;

use serde_json::Value;

use crate::shell::{self, run};

/// A setting that the stage gives.
pub fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run `cargo xtask test cluster`"))
}

/// The registry in the cluster, as host and port.
pub fn registry() -> String {
    setting("CLUSTER_REGISTRY")
}

/// The node's address.
pub fn node_address() -> String {
    setting("NODE_ADDRESS")
}

/// `kubectl` with these arguments.
pub fn kubectl_command(arguments: &[&str]) -> Command {
    let mut command = Command::new("kubernetes");
    command.arg("kubectl").args(arguments);
    command
}

/// What `kubectl` prints.
pub fn kubectl(arguments: &[&str]) -> String {
    run(&mut kubectl_command(arguments))
}

/// What `kubectl get … -o json` prints.
pub fn get(arguments: &[&str]) -> Value {
    let text = kubectl(&[&["get"], arguments, &["--output", "json"]].concat());
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The items of a list that `kubectl get` gives.
pub fn items(arguments: &[&str]) -> Vec<Value> {
    get(arguments)["items"].as_array().cloned().unwrap_or_default()
}

/// Gives `kubectl` a manifest on standard input.
pub fn with_manifest(arguments: &[&str], manifest: &str) -> std::process::Output {
    use std::io::Write;
    use std::process::Stdio;
    let mut command = kubectl_command(arguments);
    command.args(["--filename", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(manifest.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// Applies a manifest, which must be taken.
pub fn apply(manifest: &str) {
    let output = with_manifest(&["apply", "--server-side", "--force-conflicts"], manifest);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// `helm` with these arguments.
pub fn helm_command(arguments: &[&str]) -> Command {
    let mut command = Command::new("helm");
    command.args(arguments);
    command
}

/// Makes a namespace in which only restricted pods are let in.
pub fn restricted_namespace(name: &str) {
    apply(&format!(
        "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {name}\n  labels:\n    pod-security.kubernetes.io/enforce: \
         restricted\n    pod-security.kubernetes.io/enforce-version: latest\n"
    ));
}

/// Removes a namespace and waits until it is gone.
pub fn remove_namespace(name: &str) {
    let _gone = shell::output(&mut kubectl_command(&[
        "delete",
        "namespace",
        name,
        "--ignore-not-found",
        "--timeout=60s",
    ]));
}
