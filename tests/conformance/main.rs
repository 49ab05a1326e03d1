//! The official conformance suite finds nothing wrong with the protocol crate, as a component on the real host. The fixture
//! tests/fixtures/mcp-conformance has the tools, prompts, resources and skills that the suite calls by name.
//! `cargo xtask test conformance` installs the suite first.

mod authorization_server;
mod suite;
mod unexercised;

use std::collections::BTreeSet;

/// What no set of requirements names.
const OTHERS: [&str; 3] =
    ["sep-2640-skills-directory", "sep-2640-skills-enumeration", "sep-2640-skills-manifest"];

const REVISIONS: [&str; 2] = ["2026-07-28", "2025-11-25"];

#[track_caller]
fn meets_the_requirements_of(revision: &str) {
    let results = suite::run(&["--requirements", revision]);
    let run: BTreeSet<String> = results.iter().map(|result| result.scenario.clone()).collect();
    assert_eq!(run, suite::required_by(revision), "the suite did not run what it requires");
    suite::assert_flawless(&results);
}

#[test]
fn everything_that_2026_07_28_requires_is_there() {
    meets_the_requirements_of("2026-07-28");
}

#[test]
fn everything_that_2025_11_25_requires_is_there() {
    meets_the_requirements_of("2025-11-25");
}

#[test]
fn what_no_set_of_requirements_names_is_there_too() {
    for scenario in OTHERS {
        let results = suite::run(&["--scenario", scenario]);
        assert_eq!(results.len(), 1, "{scenario} was not run");
        suite::assert_flawless(&results);
    }
}

#[test]
fn no_scenario_for_servers_is_left_out() {
    let mut run: BTreeSet<String> = REVISIONS.into_iter().flat_map(suite::required_by).collect();
    run.extend(OTHERS.map(str::to_owned));
    assert_eq!(suite::listed(), run);
}
