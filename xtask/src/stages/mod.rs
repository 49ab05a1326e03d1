//! The stages of the test run: what each promises, what it needs, and which paths touch it.

mod clients;
mod cluster;
mod code;
mod coverage;
mod operations;
mod table;

use std::process::Command;

use crate::app;
use crate::count::Count;
use crate::programs;
use crate::run::Error;

pub use table::STAGES;

/// How much of a stage is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// What people wait for with every change.
    First,
    /// Everything, also what takes long.
    All,
}

/// Which other stages a stage runs beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Compiles or computes: these follow each other, for two at once would only take turns on the cores.
    Compute,
    /// Waits for clients, browsers and servers most of the time: two of these run at once.
    Wait,
    /// Measures how long others wait, or how fast something is: runs when all other stages have ended, and nothing is installed.
    Alone,
}

/// One part of the test run.
pub struct Stage {
    /// As it is chosen on the command line.
    pub name: &'static str,
    /// What is true when it passes.
    pub promise: &'static str,
    /// The depth from which on it runs; what is chosen by name always runs.
    pub depth: Depth,
    /// What it runs beside.
    pub lane: Lane,
    /// Stages that must have passed first, where they are part of the run.
    pub after: &'static [&'static str],
    /// A change below one of these paths touches it.
    pub paths: &'static [&'static [&'static str]],
    /// Installs what it needs, beside the stages before it.
    pub prepare: fn(Depth) -> Result<(), Error>,
    pub run: fn(Depth) -> Result<Count, Error>,
}

/// The stage of that name.
pub fn find(name: &str) -> Result<&'static Stage, Error> {
    STAGES.iter().find(|stage| stage.name == name).ok_or_else(|| Error::UnknownStage(name.to_owned()))
}

/// The variable that tells a stage which of its tests run: parts of their names, a line each.
pub const TEST_NAMES: &str = "TEST_NAMES";

/// Whether tests of a stage can be chosen by their names: those of one program.
pub fn takes_names(stage: &str) -> bool {
    programs::NAMED_TESTS.contains(&stage) || stage == "artifacts"
}

/// Prints the stages.
pub fn name_all() -> Result<bool, Error> {
    for stage in STAGES {
        let depth = if stage.depth == Depth::All { " (--all)" } else { "" };
        println!("{:13} {}{depth}", stage.name, stage.promise);
    }
    Ok(true)
}

/// Nothing to install.
fn nothing(_: Depth) -> Result<(), Error> {
    Ok(())
}

/// The program of a test of the product that is a stage of its own; it is told how deep it goes.
fn test_program(target: &str, depth: Depth) -> Result<Command, Error> {
    let programs = programs::native()?;
    let program =
        programs.iter().find(|program| program.package == programs::PRODUCT && program.target == target);
    let program = program.ok_or_else(|| Error::Failed(format!("building the test {target}")))?;
    let mut command = program.command();
    tell_depth(&mut command, depth);
    command.args(std::env::var(TEST_NAMES).unwrap_or_default().lines());
    Ok(command)
}

/// Tells tests how deep they go, by `TEST_DEPTH`.
fn tell_depth(command: &mut Command, depth: Depth) {
    match depth {
        Depth::First => command.env_remove("TEST_DEPTH"),
        Depth::All => command.env("TEST_DEPTH", "all"),
    };
}

/// An app that only tests use.
fn fixture(name: &str) -> Result<Count, Error> {
    let manifest = format!("tests/fixtures/{name}/spin.toml");
    let mut count = app::runtime_shim(&["build", "--component-id", name, "--from", &manifest])?;
    count += app::compile(&manifest)?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run;

    /// The stages that the jobs of a workflow name.
    fn stages_of(workflow: &str) -> Vec<&'static str> {
        let file = run::repository().join(".github/workflows").join(workflow);
        let text = std::fs::read_to_string(file).unwrap();
        let lists = text.lines().filter_map(|line| line.split("stages: \"").nth(1)?.split('"').next());
        lists.flat_map(str::split_whitespace).map(|name| find(name).unwrap().name).collect()
    }

    #[test]
    fn every_stage_is_run_for_every_change_or_every_night() {
        let (change, night) = (stages_of("ci.yml"), stages_of("nightly.yml"));
        for Stage { name, depth, .. } in STAGES {
            let where_it_belongs = if *depth == Depth::First { &change } else { &night };
            assert!(where_it_belongs.contains(name), "{name} is missing");
        }
    }
}
