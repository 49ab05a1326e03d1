//! The operator's documents, typed word for word: what they name is put in by one table (`harness::documents::Places`), and what can not
//! be run here stands in one list (`harness::documents::LEFT_OUT`).

mod checkout;
mod local;
mod prometheus;
mod session;
mod setup;

use std::collections::BTreeSet;
use std::process::Command as Process;
use std::sync::{Arc, Mutex, PoisonError};

use harness::documents::{Command, PLANS, Part, Plan, Run, commands, left_out};
use libtest_mimic::Trial;

use crate::Scenario;
use crate::definitions;
use crate::operator;
use crate::programs::{kubectl_command, remove_namespace};
use crate::shell::{output, run};
use session::Session;
use setup::Setup;

/// Namespaces that the documents make.
const NAMESPACES: [&str; 2] = ["todo-prod", "todo-spin"];

/// The tests: the documents in the order of each plan.
pub fn tests() -> Vec<Trial> {
    PLANS.iter().flat_map(|plan| steps(*plan)).collect()
}

type Shared = Arc<Mutex<Option<Setup>>>;

fn steps(plan: Plan) -> Vec<Trial> {
    let scenario = Scenario::default();
    let setup = Shared::default();
    let mut trials = vec![{
        let setup = Arc::clone(&setup);
        scenario.step(format!("documents, {}: a server and a checkout are there", plan.name), move || {
            *lock(&setup) = Some(prepare(plan));
        })
    }];
    for (number, step) in plan.runs.iter().enumerate() {
        let (setup, step) = (Arc::clone(&setup), *step);
        let name = format!("documents, {}: {} {}", plan.name, number + 1, promise(step));
        trials.push(scenario.step(name, move || {
            let guard = lock(&setup);
            let setup = guard.as_ref().expect("the stage is set by the step before");
            carry_out(setup, step);
        }));
    }
    trials.push(scenario.step(format!("documents, {}: nothing of it is left", plan.name), move || {
        lock(&setup).take();
        assert_eq!(namespaces(), "", "a namespace is left");
        clear();
    }));
    trials
}

fn lock(setup: &Shared) -> std::sync::MutexGuard<'_, Option<Setup>> {
    setup.lock().unwrap_or_else(PoisonError::into_inner)
}

fn promise(step: Run) -> String {
    match step {
        Run::Document(document, []) => format!("{document} runs as it is written"),
        Run::Document(document, sections) => {
            format!("{document} runs as it is written, {} to {}", sections[0], sections[sections.len() - 1])
        }
        Run::Runbooks => "docs/runbooks run as they are written".to_owned(),
    }
}

/// What the documents take for granted: the resources other projects define, SpinKube's operator, an empty place.
fn prepare(plan: Plan) -> Setup {
    for file in definitions::fetch() {
        let file = file.display().to_string();
        run(&mut kubectl_command(&["apply", "--server-side", "--force-conflicts", "--filename", &file]));
    }
    if plan.mode.ends_with("spinkube") {
        operator::operator();
    }
    clear();
    Setup::set(plan)
}

/// Takes away what an earlier run left, and the rules that are the cluster's.
fn clear() {
    for namespace in NAMESPACES.iter().chain(&["todo-dev"]) {
        remove_namespace(namespace);
    }
    let rules = harness::repository().join("deploy/admission").display().to_string();
    let _gone = output(&mut kubectl_command(&["delete", "--ignore-not-found", "--kustomize", &rules]));
}

fn namespaces() -> String {
    let names = ["get", "namespaces", "--ignore-not-found", "--output=name"];
    run(kubectl_command(&names).args(NAMESPACES))
}

fn carry_out(setup: &Setup, step: Run) {
    // What one runbook has done, another that says the same word for word does not do again.
    let mut done = BTreeSet::new();
    let introduction = match step {
        Run::Runbooks => commands("docs/runbooks/README.md"),
        Run::Document(..) => Vec::new(),
    };
    for part in step.parts() {
        let mut typed = introduction.clone();
        typed.extend(part_commands(setup, &part).into_iter().filter(|command| match step {
            Run::Runbooks => done.insert(command.text.clone()),
            Run::Document(..) => true,
        }));
        let session = Session::new(setup, typed);
        session.run(setup.given(&part.document));
    }
}

/// The commands of a part that are run.
fn part_commands(setup: &Setup, part: &Part) -> Vec<Command> {
    let mut commands = part.commands();
    if part.document.ends_with("runbooks/README.md") {
        commands.clear();
    }
    commands.retain(|command| left_out(command, setup.plan.name).is_none());
    commands
}

/// A program that is asked for what it prints.
fn printed(program: &str, arguments: &[&str]) -> String {
    run(Process::new(program).args(arguments))
}
