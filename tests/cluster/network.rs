//! The chart's network policies, as the cluster enforces them: what they name can be reached, and nothing else. Each refusal
//! has its opposite, so that it is known for a policy's.

use harness::repository;
use libtest_mimic::Trial;

use crate::Scenario;
use crate::database;
use crate::mode::Mode;
use crate::programs::{kubectl, node_address, registry, remove_namespace, restricted_namespace};
use crate::published::published;
use crate::release::Release;
use crate::test;
use crate::visitor::Outcome::{Reached, Refused, Unnamed};
use crate::visitor::Visitor;

/// Namespaces of visitors: those that the chart's values name, and one that they don't.
const CALLERS: &str = "envoy-gateway-system";
const METRICS: &str = "monitoring";
const STRANGERS: &str = "strangers";
/// Service of the Kubernetes API.
const KUBERNETES: &str = "http://10.96.0.1:443";

/// The tests, in their order.
pub fn tests() -> Vec<Trial> {
    let release = Release::new("network", Mode::RuntimeImage);
    let scenario = Scenario::default();
    let step = |promise: &str, run: fn(&Release)| {
        let release = release.clone();
        scenario.step(format!("network: {promise}"), move || run(&release))
    };
    let migrates = "network: in a namespace that is closed by default a migration reaches its database";
    vec![
        test(migrates, migrates_behind_closed_ports),
        step("only what the values name reaches the app, each at its port", lets_in_what_is_named),
        step("the app reaches DNS, database and registry, and nothing else", lets_out_to_what_it_needs),
        step("without the policies all of that is open", is_open_without),
        step("other values open other ways", follows_its_values),
    ]
}

fn migrates_behind_closed_ports() {
    let release = Release::new("closed", Mode::RuntimeImage);
    restricted_namespace(&release.namespace);
    let closed = repository().join("deploy/namespaces/default-deny").display().to_string();
    kubectl(&["apply", "--namespace", &release.namespace, "--kustomize", &closed]);
    // Nothing but the migration.
    release.install_behind_rules(&[("replicaCount", "0")]);
    release.uninstall();
    remove_namespace(&release.namespace);
}

/// URLs of the app and of its metrics, at one of its pods.
fn pod_urls(release: &Release) -> (String, String) {
    let ready = release.ready();
    let address = ready[0]["status"]["podIP"].as_str().unwrap();
    (format!("http://{address}:8080"), format!("http://{address}:9464"))
}

/// Inside a pod of the app: not the one whose ports are tried.
fn inside(release: &Release) -> Visitor {
    let ready = release.ready();
    Visitor::in_pod(&release.namespace, ready[1]["metadata"]["name"].as_str().unwrap())
}

/// Another port on the node that has the database: the kubelet's.
fn kubelet() -> String {
    format!("http://{}:10250", node_address())
}

fn lets_in_what_is_named(release: &Release) {
    release.install(&[]);
    let (app, metrics) = pod_urls(release);
    let callers = Visitor::arrive(CALLERS);
    callers.finds(&app, Reached);
    callers.finds(&release.url(), Reached);
    callers.finds(&metrics, Refused);
    let monitoring = Visitor::arrive(METRICS);
    monitoring.finds(&metrics, Reached);
    monitoring.finds(&app, Refused);
    // A stranger, and a neighbour that has none of the release's labels.
    for namespace in [STRANGERS, &release.namespace] {
        let visitor = Visitor::arrive(namespace);
        visitor.finds(&app, Refused);
        visitor.finds(&release.url(), Refused);
        visitor.finds(&metrics, Refused);
    }
}

fn lets_out_to_what_it_needs(release: &Release) {
    let inside = inside(release);
    inside.finds(&format!("http://{}:{}", node_address(), database::port()), Reached);
    inside.finds(&format!("http://{}", registry()), Reached);
    // The name is known, the way is closed.
    inside.finds(&release.url(), Refused);
    inside.finds(&pod_urls(release).0, Refused);
    inside.finds(KUBERNETES, Refused);
    inside.finds(&kubelet(), Refused);
}

fn is_open_without(release: &Release) {
    kubectl(&["delete", "networkpolicies", "--all", "--namespace", &release.namespace]);
    let (app, metrics) = pod_urls(release);
    let inside = inside(release);
    for url in [&app, &metrics, &release.url()] {
        Visitor::in_pod(STRANGERS, "visitor").finds(url, Reached);
        inside.finds(url, Reached);
    }
    inside.finds(KUBERNETES, Reached);
    inside.finds(&kubelet(), Reached);
}

fn follows_its_values(release: &Release) {
    let callers = format!("{{{STRANGERS}}}");
    let settings = [("networkPolicy.callerNamespaces", &*callers), ("networkPolicy.dnsNamespace", STRANGERS)];
    release.upgrade(&published().app, &settings);
    let app = pod_urls(release).0;
    Visitor::in_pod(STRANGERS, "visitor").finds(&app, Reached);
    Visitor::in_pod(CALLERS, "visitor").finds(&app, Refused);
    inside(release).finds(&release.url(), Unnamed);
    release.uninstall();
    // All at once: each takes some seconds to go.
    kubectl(&["delete", "namespaces", CALLERS, METRICS, STRANGERS, &release.namespace, "--timeout=60s"]);
}
