//! Mode spinkube: its objects are taken by SpinKube's own definitions, and the Deployment that SpinKube's operator makes of
//! them runs. The operator itself can't be had as a Go module's program here, so `tests/chart/operator.rs` does what its
//! documentation says.

use libtest_mimic::Trial;

use crate::mode::Mode;
use crate::operator;
use crate::programs::{self, apply, get};
use crate::release::{NAME, Release};
use crate::test;

/// The tests.
pub fn tests() -> Vec<Trial> {
    let of = |mode: Mode| {
        test(
            format!(
                "{}: what the operator makes of the SpinApp runs and passes the chart's test",
                mode.name()
            ),
            move || {
                runs(mode);
            },
        )
    };
    Mode::SPINKUBE.into_iter().map(of).collect()
}

fn runs(mode: Mode) {
    let release = Release::new(&format!("todo-{}", mode.name()), mode);
    release.install(&[]);
    let app = get(&["spinapp", NAME, "--namespace", &release.namespace]);
    let executor = app["spec"]["executor"].as_str().unwrap();
    let executor = get(&["spinappexecutor", executor, "--namespace", &release.namespace]);
    apply(&operator::deployment(&app, &executor).to_string());
    apply(&operator::service(&app).to_string());
    release.wait_for_running(2);
    let told = release.helm_test();
    assert!(told.contains("MCP lists it"), "{told}");
    for object in ["deployment", "service"] {
        programs::kubectl(&["delete", object, NAME, "--namespace", &release.namespace]);
    }
    release.uninstall();
    programs::remove_namespace(&release.namespace);
}
