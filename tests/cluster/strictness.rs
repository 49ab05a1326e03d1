//! The stand-in for SpinKube's operator is as strict, and as blind, as the real one was seen to be.

use std::time::Duration;

use libtest_mimic::Trial;
use serde_json::{Value, json};

use crate::mode::Mode;
use crate::operator::operator;
use crate::programs::{apply, get, items, kubectl, with_manifest};
use crate::release::Release;
use crate::shell::{said, wait_for};
use crate::test;

const NAMESPACE: &str = "operator-here";
const ELSEWHERE: &str = "operator-elsewhere";
const WAIT_TIMEOUT: Duration = Duration::from_secs(30);

pub fn tests() -> Vec<Trial> {
    vec![
        test("operator: it refuses the probes of the released chart", refuses_probes),
        test(
            "operator: it refuses an app before its executor, without pods, or with two masters",
            refuses_apps,
        ),
        test("operator: it refuses an executor that runs pods in no way or in two", refuses_executors),
        test(
            "operator: an app of another namespace keeps an executor of its executor's name",
            keeps_executors,
        ),
        test("operator: a changed executor changes no app", sees_no_executor),
        test("operator: scaling by hand is undone, and an autoscaler starts from one", owns_replicas),
    ]
}

fn prepare() {
    operator();
    for namespace in [NAMESPACE, ELSEWHERE] {
        apply(
            &json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": namespace } })
                .to_string(),
        );
    }
}

fn object(kind: &str, namespace: &str, name: &str, spec: &Value) -> String {
    let metadata = json!({ "name": name, "namespace": namespace });
    let api = "core.spinkube.dev/v1alpha1";
    json!({ "apiVersion": api, "kind": kind, "metadata": metadata, "spec": spec }).to_string()
}

/// An app whose image nobody has: what is made of it is all that matters.
fn app(namespace: &str, name: &str, more: Value) -> String {
    let mut spec = json!({ "image": "localhost/none:1", "executor": name });
    spec.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    object("SpinApp", namespace, name, &spec)
}

fn executor(namespace: &str, name: &str, config: Value) -> String {
    let spec = json!({ "createDeployment": true, "deploymentConfig": config });
    object("SpinAppExecutor", namespace, name, &spec)
}

fn by_image(image: &str) -> Value {
    json!({ "spinImage": format!("localhost/{image}") })
}

/// What the API server says to a manifest; nothing when it takes it.
fn refusal(manifest: &str) -> Option<String> {
    let output = with_manifest(&["apply", "--server-side", "--dry-run=server"], manifest);
    (!output.status.success()).then(|| said(&output))
}

fn refused(manifest: &str, words: &str) {
    let refusal = refusal(manifest).unwrap_or_else(|| panic!("taken: {manifest}"));
    assert!(refusal.contains(words), "{refusal}\nexpected: {words}");
}

/// Makes an executor, and waits until the operator knows it.
fn make_executor(namespace: &str, name: &str) {
    apply(&executor(namespace, name, by_image("runtime:1")));
    wait_for("an executor that is known", WAIT_TIMEOUT, || {
        let executor = get(&["spinappexecutor", name, "--namespace", namespace]);
        let is_kept = executor["metadata"]["finalizers"].to_string().contains("core.spinkube.dev/finalizer");
        (is_kept && refusal(&app(namespace, name, json!({ "replicas": 1 }))).is_none()).then_some(())
    });
}

fn refuses_probes() {
    prepare();
    let released =
        Release::new(NAMESPACE, Mode::SpinKubeImage).render_released("templates/workload/spinapp.yaml");
    for probe in ["readiness", "liveness"] {
        refused(&released, &format!("spec.checks.{probe}.httpGet.httpHeaders: Invalid value: \"null\""));
    }
}

fn refuses_apps() {
    let one = json!({ "replicas": 1 });
    let denied = "admission webhook \"vspinapp.kb.io\" denied the request: SpinApp.core.spinkube.dev \"strict\" is invalid: ";
    let no_executor = "spec.executor: Invalid value: \"strict\": executor does not exist in namespace";
    refused(&app(NAMESPACE, "strict", one), &format!("{denied}{no_executor}"));
    make_executor(NAMESPACE, "strict");
    let replicas = |count: u32, autoscaling: bool| {
        app(NAMESPACE, "strict", json!({ "replicas": count, "enableAutoscaling": autoscaling }))
    };
    refused(&replicas(0, false), &format!("{denied}spec.replicas: Invalid value: 0: replicas must be > 0"));
    let both = "spec.replicas: Invalid value: 2: replicas cannot be set when autoscaling is enabled";
    refused(&replicas(2, true), &format!("{denied}{both}"));
    assert_eq!(refusal(&replicas(0, true)), None);
}

fn refuses_executors() {
    let two = json!({ "spinImage": "localhost/runtime:1", "runtimeClassName": "todo" });
    refused(&executor(NAMESPACE, "two", two), "runtimeClassName and spinImage are mutually exclusive");
    refused(&executor(NAMESPACE, "none", json!({})), "either runtimeClassName or spinImage must be set");
}

fn keeps_executors() {
    for namespace in [NAMESPACE, ELSEWHERE] {
        make_executor(namespace, "same");
    }
    apply(&app(ELSEWHERE, "same", json!({ "replicas": 1 })));
    kubectl(&["delete", "spinappexecutor", "same", "--namespace", NAMESPACE, "--wait=false"]);
    wait_for("the operator's word", WAIT_TIMEOUT, || {
        let blocked = ["events", "--namespace", NAMESPACE, "--field-selector=reason=DeletionBlocked"];
        (!items(&blocked).is_empty()).then_some(())
    });
    let executor = get(&["spinappexecutor", "same", "--namespace", NAMESPACE]);
    assert!(!executor["metadata"]["deletionTimestamp"].is_null(), "{executor}");
    kubectl(&["delete", "spinapp", "same", "--namespace", ELSEWHERE]);
    kubectl(&["wait", "spinappexecutor", "same", "--namespace", NAMESPACE, "--for=delete", "--timeout=60s"]);
}

/// The Deployment made of an app, once it is as expected.
fn deployment(name: &str, expected: impl Fn(&Value) -> bool) -> Value {
    let found = || {
        items(&["deployments", "--namespace", NAMESPACE])
            .into_iter()
            .find(|one| one["metadata"]["name"] == name)
    };
    wait_for(&format!("Deployment {name}"), WAIT_TIMEOUT, || found().filter(&expected)).0
}

fn sees_no_executor() {
    make_executor(NAMESPACE, "blind");
    apply(&app(NAMESPACE, "blind", json!({ "replicas": 1 })));
    let image = |deployment: &Value| deployment["spec"]["template"]["spec"]["containers"][0]["image"].clone();
    // Each news of the Deployment wakes the operator, too: until it has no more of them.
    deployment("blind", |made| made["status"]["unavailableReplicas"] == 1);
    std::thread::sleep(Duration::from_secs(3));
    let before = deployment("blind", |made| image(made) == "localhost/runtime:1");
    apply(&executor(NAMESPACE, "blind", by_image("runtime:2")));
    std::thread::sleep(Duration::from_secs(3));
    let after = deployment("blind", |_| true);
    assert_eq!(after["metadata"]["generation"], before["metadata"]["generation"]);
    // Only news of the app make it look.
    kubectl(&["annotate", "spinapp", "blind", "--namespace", NAMESPACE, "looked=at"]);
    deployment("blind", |made| image(made) == "localhost/runtime:2");
}

fn owns_replicas() {
    make_executor(NAMESPACE, "count");
    apply(&app(NAMESPACE, "count", json!({ "replicas": 3 })));
    deployment("count", |made| made["spec"]["replicas"] == 3);
    kubectl(&["scale", "deployment", "count", "--namespace", NAMESPACE, "--replicas=0"]);
    deployment("count", |made| made["spec"]["replicas"] == 3);
    apply(&app(NAMESPACE, "count", json!({ "enableAutoscaling": true })));
    deployment("count", |made| made["spec"]["replicas"] == 1);
    // Both at once: each takes some seconds to go.
    kubectl(&["delete", "namespaces", NAMESPACE, ELSEWHERE, "--timeout=120s"]);
}
