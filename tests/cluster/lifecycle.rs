//! A release's life in one mode: installed, used, rolled, broken in every way, removed.

use std::process::Command;
use std::time::Duration;

use libtest_mimic::Trial;

use crate::Scenario;
use crate::database;
use crate::disturbance::{kill_a_pod, kill_a_process, kill_a_shim, restart_the_database};
use crate::load;
use crate::mode::Mode;
use crate::programs::{self, kubectl, kubectl_command};
use crate::published::published;
use crate::release::{NAME, Release};
use crate::shell::{output, progress, refused};
use crate::writer::Writer;

/// How long the app may be away when something breaks.
const MAX_DOWNTIME: Duration = Duration::from_secs(10);

/// The tests, in their order.
pub fn tests(mode: Mode) -> Vec<Trial> {
    let release = Release::new(&format!("todo-{}", mode.name()), mode);
    let scenario = Scenario::default();
    let step = |promise: &str, run: fn(&Release)| {
        let release = release.clone();
        scenario.step(format!("{}: {promise}", mode.name()), move || run(&release))
    };
    vec![
        step("an installation migrates and is ready with two replicas", installs),
        step("helm test signs up, chats, calls MCP and REST through the Service", passes_its_own_test),
        step("the service account may do nothing, and pods are restricted", may_do_nothing),
        step("any replica answers any request", shares_requests),
        step("a roll to a new version under load fails no request", rolls_under_load),
        step("a version that is never ready is rolled back by itself, and nobody notices", rolls_back),
        step("a pod that is killed costs no acknowledged write", |release| survives(release, kill_a_pod)),
        step("a process that is killed costs no acknowledged write", |release| {
            survives(release, kill_a_process)
        }),
        step("a node's shim that is killed costs no acknowledged write", |release| {
            survives(release, kill_a_shim)
        }),
        step("a database that restarts costs no acknowledged write", |release| {
            survives(release, |_| restart_the_database());
        }),
        step("nothing is left behind", leaves_nothing),
    ]
}

fn installs(release: &Release) {
    release.install(&[]);
    assert_eq!(release.ready().len(), 2, "{}", release.tell());
    let applied =
        database::server().sql(&release.namespace, "SELECT count(*) FROM _sqlx_migrations").unwrap();
    assert!(applied.parse::<u32>().unwrap() >= 6, "{applied} migrations");
    let deployment = release.deployment();
    assert_eq!(deployment["spec"]["revisionHistoryLimit"], 10);
}

fn passes_its_own_test(release: &Release) {
    let told = release.helm_test();
    for step in ["signed up", "chat added a task", "REST lists it", "MCP lists it"] {
        assert!(told.contains(step), "{step} is missing in:\n{told}");
    }
}

fn may_do_nothing(release: &Release) {
    let account = format!("--as=system:serviceaccount:{}:{NAME}", release.namespace);
    for (verb, what) in
        [("get", "secrets"), ("list", "pods"), ("create", "pods"), ("get", "configmaps"), ("*", "*")]
    {
        let said = refused(&mut kubectl_command(&[
            "auth",
            "can-i",
            verb,
            what,
            "--namespace",
            &release.namespace,
            &account,
        ]));
        assert!(said.starts_with("no"), "{verb} {what}: {said}");
    }
    let namespace = programs::get(&["namespace", &release.namespace]);
    assert_eq!(namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"], "restricted");
    for pod in release.pods() {
        assert_eq!(pod["spec"]["automountServiceAccountToken"], false);
        assert_eq!(pod["spec"]["serviceAccountName"], NAME);
    }
}

/// Requests that a pod has answered, by its own count.
pub fn answered_by(release: &Release, pod: &serde_json::Value) -> f64 {
    let address = pod["status"]["podIP"].as_str().unwrap();
    let metrics = ureq::get(format!("http://{address}:9464/metrics")).call().unwrap();
    let text = metrics.into_body().read_to_string().unwrap();
    let lines = text.lines().filter(|line| line.starts_with("http_requests_total{"));
    let counts: Vec<f64> = lines.filter_map(|line| line.rsplit(' ').next()?.parse().ok()).collect();
    assert!(!counts.is_empty(), "{}", release.tell());
    counts.iter().sum()
}

fn shares_requests(release: &Release) {
    let before: Vec<f64> = release.ready().iter().map(|pod| answered_by(release, pod)).collect();
    let person = crate::writer::Person::sign_up(&release.url());
    // A connection each, so that the Service chooses anew: what one pod was told, the next one knows.
    for number in 1..=60 {
        assert!(person.add(&format!("shared {number}")));
        assert_eq!(person.titles().len(), number);
    }
    for (pod, before) in release.ready().iter().zip(before) {
        let answered = answered_by(release, pod) - before;
        assert!(answered > 20.0, "one pod answered only {answered} of 120 requests");
    }
}

fn rolls_under_load(release: &Release) {
    let before: Vec<String> = names(release);
    let mut load = load::start(&release.url(), 4, Duration::from_secs(40));
    std::thread::sleep(Duration::from_secs(3));
    release.upgrade(&published().next, &[]);
    assert!(load.is_running(), "the load ended before the roll did");
    let outcome = load.finish();
    progress(&format!("{outcome:?}"));
    assert!(names(release).iter().all(|name| !before.contains(name)), "old pods are left");
    assert!(outcome.requests > 500.0, "{outcome:?}");
    assert_eq!(outcome.failed, 0.0, "{outcome:?}");
}

fn names(release: &Release) -> Vec<String> {
    release.ready().iter().map(|pod| pod["metadata"]["name"].as_str().unwrap().to_owned()).collect()
}

fn rolls_back(release: &Release) {
    let before = release.deployment()["spec"]["template"].clone();
    let load = load::start(&release.url(), 2, Duration::from_secs(45));
    let failed = output(&mut release.upgrade_or_roll_back(&published().broken, &[], 20));
    assert!(!failed.status.success(), "a version that is never ready was taken");
    let outcome = load.finish();
    progress(&format!("{outcome:?}"));
    assert_eq!(release.deployment()["spec"]["template"], before);
    release.wait_for_ready(2);
    assert_eq!(outcome.failed, 0.0, "{outcome:?}");
    // By hand, too: a version back and forth.
    let undo = programs::helm_command(&[
        "rollback",
        NAME,
        "1",
        "--namespace",
        &release.namespace,
        "--wait",
        "--timeout=90s",
    ]);
    let mut undo: Command = undo;
    crate::shell::run(&mut undo);
    let image = release.deployment()["spec"]["template"].to_string();
    assert!(image.contains(&published().app), "the first version is not back: {image}");
}

fn survives(release: &Release, disturb: fn(&Release)) {
    release.wait_for_ready(2);
    let writer = Writer::start(&release.url());
    std::thread::sleep(Duration::from_secs(1));
    disturb(release);
    std::thread::sleep(Duration::from_secs(4));
    let again = release.wait_for_ready(2);
    let written = writer.finish();
    progress(&format!(
        "{} acknowledged, {} failed, away {:.1?} at most, both replicas ready after {again:.1?}",
        written.acknowledged.len(),
        written.failed,
        written.longest_gap
    ));
    assert!(written.acknowledged.len() > 50, "{written:?}");
    assert!(written.longest_gap < MAX_DOWNTIME, "away for {:?}", written.longest_gap);
}

fn leaves_nothing(release: &Release) {
    release.uninstall();
    let (left, _) = crate::shell::wait_for("an empty namespace", Duration::from_secs(60), || {
        let left = release.left_behind();
        left.is_empty().then_some(left)
    });
    assert!(left.is_empty());
    let classes = kubectl(&["get", "runtimeclasses", "--output=name"]);
    assert_eq!(classes, "");
    programs::remove_namespace(&release.namespace);
}
