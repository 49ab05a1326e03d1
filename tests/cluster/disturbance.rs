//! What happens to pods, nodes and databases when nobody asks.

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::database;
use crate::programs::kubectl;
use crate::release::Release;
use crate::shell::run;

/// A pod is gone at once, without a word to it.
pub fn kill_a_pod(release: &Release) {
    let pods = release.ready();
    let name = pods[0]["metadata"]["name"].as_str().unwrap();
    kubectl(&[
        "delete",
        "pod",
        name,
        "--namespace",
        &release.namespace,
        "--grace-period=0",
        "--force",
        "--wait=false",
    ]);
}

/// A pod is told to go, and may take its time.
pub fn delete_a_pod(release: &Release) {
    let pods = release.ready();
    let name = pods[0]["metadata"]["name"].as_str().unwrap();
    kubectl(&["delete", "pod", name, "--namespace", &release.namespace, "--wait=false"]);
}

/// The process on the node that holds a pod's container dies: its containerd shim.
pub fn kill_a_shim(release: &Release) {
    let container = container_of(&release.ready()[0]);
    let process = task(&container);
    let shim = parent(process);
    let name = std::fs::read_to_string(format!("/proc/{shim}/comm")).unwrap();
    assert!(name.starts_with("containerd-shim"), "{name} is no shim");
    run(Command::new("kill").args(["-KILL", &shim.to_string()]));
}

/// The process in a pod's container dies.
pub fn kill_a_process(release: &Release) {
    let process = task(&container_of(&release.ready()[0]));
    run(Command::new("kill").args(["-KILL", &process.to_string()]));
}

/// The database crashes, and comes back.
pub fn restart_the_database() {
    let mut server = database::server();
    server.stop();
    thread::sleep(Duration::from_millis(500));
    server.resume().unwrap();
}

/// Id of a pod's container in containerd.
pub fn container_of(pod: &Value) -> String {
    let id = pod["status"]["containerStatuses"][0]["containerID"].as_str().unwrap();
    id.trim_start_matches("containerd://").to_owned()
}

/// Process id of a container's first process.
pub fn task(container: &str) -> u32 {
    let tasks = run(Command::new("ctr").args(["--namespace", "k8s.io", "tasks", "list"]));
    let line =
        tasks.lines().find(|line| line.starts_with(container)).unwrap_or_else(|| panic!("no {container}"));
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Process id of a process' parent.
pub fn parent(process: u32) -> u32 {
    let status =
        std::fs::read_to_string(Path::new("/proc").join(process.to_string()).join("status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("PPid:")).unwrap();
    line.trim().parse().unwrap()
}
