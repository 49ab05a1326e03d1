//! Mode spinkube, with a stand-in for SpinKube's operator that is as strict as the real one (tests/operator): a release's life in
//! the namespace that deploy/namespaces has for prod, and one that the node's containerd shim runs.

use std::time::Duration;

use harness::repository;
use libtest_mimic::Trial;

use crate::Scenario;
use crate::database;
use crate::disturbance::delete_a_pod;
use crate::load;
use crate::mode::Mode;
use crate::operator::operator;
use crate::programs::{self, kubectl, kubectl_command, node_address};
use crate::published::published;
use crate::release::{NAME, Release};
use crate::released::upgrade_keeps_all;
use crate::shell::{output, progress, run, said, wait_for};
use crate::visitor::{Outcome, Visitor};
use crate::writer::{Person, Writer};

const WAIT_TIMEOUT: Duration = Duration::from_secs(60);

/// The tests, in their order.
pub fn tests() -> Vec<Trial> {
    let mut tests = in_prod();
    tests.extend(by_the_node());
    tests
}

type Step = (&'static str, fn(&Release));

fn scenario(release: &Release, steps: &[Step]) -> Vec<Trial> {
    let scenario = Scenario::default();
    let step = |(promise, run): &Step| {
        let (release, run) = (release.clone(), *run);
        scenario.step(format!("{}: {promise}", release.mode_name()), move || run(&release))
    };
    steps.iter().map(step).collect()
}

fn in_prod() -> Vec<Trial> {
    let steps: [Step; 12] = [
        ("prod's namespace is closed before anything comes", is_closed),
        ("an installation migrates although the namespace's rules are in force, and is ready", installs),
        ("helm test signs up, chats, calls MCP and REST through the Service", passes_its_own_test),
        ("every pod is hardened from its first second", is_hardened),
        ("a roll to a new version under load fails no request", rolls),
        ("a roll to a new image of the runtime alone fails no request", rolls_the_image),
        ("a version that is never ready is rolled back by itself, and nobody notices", rolls_back),
        ("values scale it, and a pod that is deleted fails no request", scales),
        ("values stop it and start it again, with all that was written", stops_and_starts),
        ("beside it a release of the released chart is upgraded, and nobody notices", is_joined),
        ("it leaves nothing, beside a release of the same name that nobody disturbs", leaves),
        ("the other one leaves nothing either", is_left),
    ];
    scenario(&Release::new("todo-prod", Mode::SpinKubeImage), &steps)
}

fn by_the_node() -> Vec<Trial> {
    let steps: [Step; 3] = [
        ("an installation is ready, and passes the chart's test", installs_by_the_node),
        ("a roll to a new version under load fails no request", |release| {
            roll(release, &published().next, &[])
        }),
        ("nothing is left behind", leaves_the_node),
    ];
    scenario(&Release::new("todo-spinkube-class", Mode::SpinKubeClass), &steps)
}

/// The image of the runtime that the release in prod has after its roll.
fn image() -> [(&'static str, &'static str); 1] {
    [("image.digest", &*published().next_image)]
}

/// The release beside it, in another namespace and on another server.
fn beside() -> Release {
    Release::new("todo-beside", Mode::SpinKubeImage)
}

fn is_closed(release: &Release) {
    let folder = repository().join("deploy/namespaces/prod").display().to_string();
    run(&mut kubectl_command(&["apply", "--kustomize", &folder]));
    let visitor = Visitor::come(&release.namespace);
    visitor.finds(&format!("http://{}:{}", node_address(), database::port()), Outcome::Refused);
    kubectl(&["delete", "pod", "visitor", "--namespace", &release.namespace, "--wait=true"]);
}

fn installs(release: &Release) {
    operator();
    release.install_behind_rules(&[]);
    // Helm has waited for them.
    assert_eq!(release.ready().len(), 2, "{}", release.tell());
}

fn passes_its_own_test(release: &Release) {
    let told = release.helm_test();
    for step in ["signed up", "chat added a task", "REST lists it", "MCP lists it"] {
        assert!(told.contains(step), "{step} is missing in:\n{told}");
    }
}

fn is_hardened(release: &Release) {
    let pods = release.ready();
    assert!(!pods.is_empty());
    for pod in pods {
        let (spec, container) = (&pod["spec"], &pod["spec"]["containers"][0]);
        assert_eq!(spec["automountServiceAccountToken"], false, "{pod}");
        assert_eq!(spec["securityContext"]["runAsNonRoot"], true, "{pod}");
        assert_eq!(container["securityContext"]["readOnlyRootFilesystem"], true, "{pod}");
        assert_eq!(container["lifecycle"]["preStop"]["sleep"]["seconds"], 2, "{pod}");
    }
}

/// Rolls; afterwards every pod is of that version, and Helm has waited for it.
fn roll(release: &Release, artifact: &str, settings: &[(&str, &str)]) {
    release.upgrade(artifact, settings);
    let pods = release.ready();
    assert_eq!(pods.len(), 2, "{}", release.tell());
    for part in settings.iter().map(|(_, value)| *value).chain([artifact]) {
        assert!(pods.iter().all(|pod| pod["spec"].to_string().contains(part)), "{part}: {}", release.tell());
    }
}

fn rolls(release: &Release) {
    let mut load = load::start(&release.url(), 4, Duration::from_secs(40));
    std::thread::sleep(Duration::from_secs(3));
    roll(release, &published().next, &[]);
    assert!(load.is_running(), "the load ended before the roll did");
    let outcome = load.finish();
    progress(&format!("{outcome:?}"));
    assert!(outcome.requests > 500.0, "{outcome:?}");
    assert_eq!(outcome.failed, 0.0, "{outcome:?}");
}

fn rolls_the_image(release: &Release) {
    let writer = Writer::start(&release.url());
    roll(release, &published().next, &image());
    nothing_failed(writer);
}

fn rolls_back(release: &Release) {
    let before = release.deployment()["spec"]["template"]["spec"].clone();
    let writer = Writer::start(&release.url());
    let settings = [&image()[..], &[("spinkube.rolloutSeconds", "25")]].concat();
    let failed = output(&mut release.upgrade_or_roll_back(&published().broken, &settings, 60));
    assert!(!failed.status.success(), "a version that is never ready was taken: {}", said(&failed));
    let restored = || (release.deployment()["spec"]["template"]["spec"] == before).then_some(());
    wait_for("the version before", WAIT_TIMEOUT, restored);
    release.wait_for_ready(2);
    nothing_failed(writer);
}

fn nothing_failed(writer: Writer) {
    let written = writer.finish();
    progress(&format!("{} acknowledged, {} failed", written.acknowledged.len(), written.failed));
    assert!(written.acknowledged.len() > 50, "{written:?}");
    assert_eq!(written.failed, 0, "{written:?}");
}

fn scales(release: &Release) {
    let writer = Writer::start(&release.url());
    release.upgrade(&published().next, &[&image()[..], &[("replicaCount", "3")]].concat());
    release.wait_for_ready(3);
    delete_a_pod(release);
    std::thread::sleep(Duration::from_secs(4));
    release.wait_for_ready(3);
    nothing_failed(writer);
}

fn stops_and_starts(release: &Release) {
    let person = Person::sign_up(&release.url());
    assert!(person.add("written before"));
    release.upgrade(&published().next, &[&image()[..], &[("replicaCount", "0")]].concat());
    // Nothing writes, and nothing comes back.
    let pods = ["pods", "--namespace", &release.namespace, "--selector", "app.kubernetes.io/component=app"];
    wait_for("no pod", WAIT_TIMEOUT, || programs::items(&pods).is_empty().then_some(()));
    std::thread::sleep(Duration::from_secs(3));
    assert!(programs::items(&pods).is_empty(), "{}", release.tell());
    release.upgrade(&published().next, &image());
    assert_eq!(release.ready().len(), 2, "{}", release.tell());
    // The node learns of the pods a moment later.
    wait_for("the Service", WAIT_TIMEOUT, || person.add("written after").then_some(()));
    assert_eq!(person.titles().len(), 2);
}

fn is_joined(_: &Release) {
    let (operator, beside) = (operator(), beside());
    let own = database::settings_beside(&beside.namespace);
    let settings = own.each_ref().map(|(name, value)| (*name, value.as_str()));
    // The operator refuses the released chart: only without its webhooks can it be there.
    operator.let_pass();
    beside.install_released(&settings);
    operator.judge();
    // Helm has not waited: nothing here told it of the pods.
    beside.wait_for_ready(2);
    upgrade_keeps_all(&beside, &settings);
    // App and image were new at once: nothing was ever made of one of them and the other's version before.
    for set in programs::items(&["replicasets", "--namespace", &beside.namespace]) {
        let pods = set["spec"]["template"]["spec"].to_string();
        assert_eq!(pods.contains(&published().next), pods.contains(&published().next_image), "{pods}");
    }
}

fn leaves(release: &Release) {
    let writer = Writer::start(&beside().url());
    release.uninstall();
    let is_own = |name: &&String| !name.ends_with("/default-deny");
    wait_for("a namespace as it was", WAIT_TIMEOUT, || {
        let left = release.left_behind();
        left.iter().find(is_own).is_none().then_some(())
    });
    assert_eq!(release.left_in_the_cluster(), Vec::<String>::new());
    nothing_failed(writer);
    programs::remove_namespace(&release.namespace);
}

fn is_left(_: &Release) {
    leaves_nothing(&beside());
}

fn leaves_nothing(release: &Release) {
    release.uninstall();
    wait_for("an empty namespace", WAIT_TIMEOUT, || release.left_behind().is_empty().then_some(()));
    assert_eq!(release.left_in_the_cluster(), Vec::<String>::new());
    programs::remove_namespace(&release.namespace);
}

fn installs_by_the_node(release: &Release) {
    operator();
    release.install(&[]);
    assert_eq!(release.ready().len(), 2, "{}", release.tell());
    for pod in release.ready() {
        assert_eq!(pod["spec"]["runtimeClassName"], NAME);
    }
    passes_its_own_test(release);
    is_hardened(release);
}

fn leaves_the_node(release: &Release) {
    leaves_nothing(release);
    assert_eq!(kubectl(&["get", "runtimeclasses", "--output=name"]), "");
}
