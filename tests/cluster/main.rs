//! The chart on a real Kubernetes: installed, rolled, broken and removed, in every mode. `cargo xtask test cluster` installs what
//! it takes. Started outside a cluster this fetches what has to be there, boots one (node/up.sh) and runs itself inside,
//! one test after the other: they share the node's two cores.

mod admission;
mod boot;
mod database;
mod definitions;
mod density;
mod disturbance;
mod documented;
mod in_cluster_database;
mod leftovers;
mod lifecycle;
mod load;
mod measurements;
mod mode;
mod network;
#[path = "../operator/mod.rs"]
mod operator;
mod postgres_image;
mod programs;
mod published;
mod release;
mod released;
mod scale;
mod shell;
mod spinkube;
mod strictness;
mod visitor;
mod writer;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use libtest_mimic::{Arguments, Trial};

fn main() {
    let mut arguments = Arguments::from_args();
    if !arguments.list && !boot::is_inside() {
        boot::inside_a_cluster();
    }
    // In the order below: a release is installed, disturbed and removed by tests that follow each other.
    arguments.test_threads = Some(1);
    let mut trials: Vec<Trial> = Vec::new();
    trials.extend(definitions::tests());
    trials.extend(admission::tests());
    for mode in mode::Mode::OWN {
        trials.extend(lifecycle::tests(mode));
    }
    trials.extend(released::tests());
    trials.extend(in_cluster_database::tests());
    trials.extend(network::tests());
    trials.extend(strictness::tests());
    trials.extend(spinkube::tests());
    trials.extend(documented::tests());
    trials.extend(density::tests());
    trials.extend(scale::tests());
    libtest_mimic::run(&arguments, trials).exit();
}

/// A test by the promise it proves; it fails by panicking.
fn test(name: impl Into<String>, run: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, move || {
        run();
        Ok(())
    })
}

/// A scenario whose steps build on each other: after one that failed, the rest fails at once.
#[derive(Clone, Default)]
struct Scenario(Arc<AtomicBool>);

impl Scenario {
    /// A step by the promise it proves.
    fn step(&self, name: String, run: impl FnOnce() + Send + 'static) -> Trial {
        let broken = Arc::clone(&self.0);
        Trial::test(name, move || {
            if broken.swap(true, Ordering::Relaxed) {
                return Err("a step before it failed".into());
            }
            run();
            broken.store(false, Ordering::Relaxed);
            Ok(())
        })
    }
}
