//! More replicas behind the Service: requests a second, for each core they use, and the 99th percentile.

use std::time::Duration;

use libtest_mimic::Trial;

use crate::disturbance::{container_of, task};
use crate::load;
use crate::measurements::Table;
use crate::mode::Mode;
use crate::programs;
use crate::release::Release;
use crate::test;

const CLIENTS: u32 = 16;
const LOAD_INTERVAL: Duration = Duration::from_secs(15);

pub fn tests() -> Vec<Trial> {
    vec![test("scale: 1, 2 and 4 replicas behind the Service, in each mode", measure)]
}

fn measure() {
    let columns = ["mode", "replicas", "requests/s", "requests per core-second of the replicas", "p99"];
    let mut table = Table::new("scale-out", &columns);
    for mode in Mode::OWN {
        let release = Release::new(&format!("scale-{}", mode.name()), mode);
        release.install(&[]);
        for replicas in [1, 2, 4] {
            release.scale(replicas);
            crate::shell::wait_for("pods gone", Duration::from_secs(60), || {
                (release.pods().len() == replicas).then_some(())
            });
            release.settle();
            let before = processor_time(&release);
            let outcome = load::start(&release.url(), CLIENTS, LOAD_INTERVAL).finish();
            let used = processor_time(&release) - before;
            assert_eq!(outcome.failed, 0.0, "{outcome:?}");
            assert!(outcome.requests > 500.0, "{outcome:?}");
            table.row(&[
                mode.name().to_owned(),
                replicas.to_string(),
                format!("{:.0}", outcome.rate),
                format!("{:.0}", outcome.requests / used),
                format!("{:.0} ms", outcome.p99),
            ]);
        }
        release.uninstall();
        programs::remove_namespace(&release.namespace);
    }
    table.publish();
}

/// Processor time of all replicas so far, in seconds.
fn processor_time(release: &Release) -> f64 {
    release.ready().iter().map(|pod| ticks(task(&container_of(pod))) / 100.0).sum()
}

/// User and system time of a process, in hundredths of a second (proc(5), fields 14 and 15 of `stat`).
fn ticks(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let after_name = stat.rsplit_once(") ").unwrap().1;
    after_name.split_whitespace().skip(11).take(2).map(|field| field.parse::<f64>().unwrap()).sum()
}
