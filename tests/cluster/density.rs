//! How many idle pods fit into a GiB: what they hold of memory, shared pages counted by share.

use std::fs;
use std::thread;
use std::time::Duration;

use libtest_mimic::Trial;

use crate::disturbance::{container_of, parent, task};
use crate::measurements::Table;
use crate::mode::Mode;
use crate::programs;
use crate::release::Release;
use crate::test;

/// Pods to measure at a time.
const PODS: usize = 8;
/// What a pod may hold at most, in MiB: a guard against a regression.
const MAX_MEMORY_MIB: f64 = 128.0;

pub fn tests() -> Vec<Trial> {
    vec![test("density: idle pods in a GiB, by what runs them", measure)]
}

fn measure() {
    let mut table = Table::new("density", &["mode", "MiB a pod", "of it the shim", "idle pods in 1 GiB"]);
    for mode in Mode::OWN {
        let release = Release::new(&format!("density-{}", mode.name()), mode);
        release.install(&[]);
        release.scale(PODS);
        // Until instances have ended for want of requests.
        thread::sleep(Duration::from_secs(8));
        let (mut all, mut shims) = (0.0, 0.0);
        for pod in release.ready() {
            let process = task(&container_of(&pod));
            let shim = parent(process);
            all += share_of_memory(process) + share_of_memory(shim);
            shims += share_of_memory(shim);
        }
        let (each, shim) = (all / PODS as f64, shims / PODS as f64);
        table.row(&[
            mode.name().to_owned(),
            format!("{each:.0}"),
            format!("{shim:.0}"),
            format!("{:.0}", 1024.0 / each),
        ]);
        release.uninstall();
        programs::remove_namespace(&release.namespace);
        assert!(each < MAX_MEMORY_MIB, "a pod in mode {} holds {each:.0} MiB", mode.name());
    }
    table.publish();
}

/// Proportional set size of a process, in MiB: pages that several processes map count by share.
fn share_of_memory(process: u32) -> f64 {
    let text = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:")).unwrap();
    line.trim().trim_end_matches("kB").trim().parse::<f64>().unwrap() / 1024.0
}
