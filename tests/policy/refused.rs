//! One mistake at a time in what the chart renders for prod: the rule it breaks refuses it.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::documents::documents;
use crate::rego::{Rules, refusals};
use crate::rendered::{namespace, render};

/// A mistake: the rule that must refuse it, its name, and how it is made.
type Mistake = (&'static str, &'static str, fn(&mut Vec<Value>));

const MISTAKES: &[Mistake] = &[
    ("images", "an image without a tag", |all| {
        container(all)["image"] = json!("registry.example:5000/runtime")
    }),
    ("images", "latest", |all| container(all)["image"] = json!("registry.example/runtime:latest")),
    ("images", "no digest in prod", |all| container(all)["image"] = json!("registry.example/runtime:1.0.0")),
    ("images", "an app without a digest", |all| {
        container(all)["args"] = json!(["up", "-f", "registry.example/app:1.0.0"])
    }),
    ("resources", "no requests", |all| drop_key(&mut container(all)["resources"], "requests")),
    ("resources", "no limits", |all| drop_key(&mut container(all)["resources"], "limits")),
    ("security", "root", |all| {
        container(all)["securityContext"]["runAsUser"] = json!(0);
        container(all)["securityContext"]["runAsNonRoot"] = json!(false);
    }),
    ("security", "more privileges", |all| {
        container(all)["securityContext"]["allowPrivilegeEscalation"] = json!(true)
    }),
    ("security", "a writable root", |all| {
        drop_key(&mut container(all)["securityContext"], "readOnlyRootFilesystem")
    }),
    ("security", "capabilities", |all| drop_key(&mut container(all)["securityContext"], "capabilities")),
    ("security", "no seccomp profile", |all| {
        container(all)["securityContext"]["seccompProfile"] = json!({ "type": "Unconfined" })
    }),
    ("security", "a token for the API server", |all| pod(all)["automountServiceAccountToken"] = json!(true)),
    ("security", "the node's files", |all| {
        pod(all)["volumes"] = json!([{ "name": "node", "hostPath": { "path": "/" } }])
    }),
    ("labels", "no cost centre", |all| drop_key(&mut deployment(all)["metadata"]["labels"], "cost-centre")),
    ("labels", "pods nobody owns", |all| {
        drop_key(&mut deployment(all)["spec"]["template"]["metadata"]["labels"], "owner")
    }),
    ("secrets", "a password in plain environment", |all| {
        container(all)["env"] = json!([{ "name": "SPIN_VARIABLE_DB_APP_PASSWORD", "value": "generated" }])
    }),
    ("secrets", "a password in a ConfigMap", |all| {
        all.push(json!({ "kind": "ConfigMap", "metadata": { "name": "c" }, "data": { "db_app_password": "generated" } }))
    }),
    ("secrets", "a Secret with values", |all| {
        let metadata = json!({ "name": "s", "labels": { "environment": "prod" } });
        all.push(json!({ "kind": "Secret", "metadata": metadata, "stringData": { "key": "generated" } }))
    }),
    ("signatures", "an unverified namespace", |all| {
        drop_key(&mut find_kind(all, "Namespace")["metadata"]["labels"], "policy.sigstore.dev/include")
    }),
    ("signatures", "an app without its key", |all| container(all)["env"] = json!([])),
    ("probes", "no readiness", |all| drop_key(container(all), "readinessProbe")),
    ("probes", "no liveness", |all| drop_key(container(all), "livenessProbe")),
    ("neighbours", "no network policy", |all| all.retain(|one| one["kind"] != "NetworkPolicy")),
    ("neighbours", "no disruption budget", |all| all.retain(|one| one["kind"] != "PodDisruptionBudget")),
];

fn find_kind<'a>(all: &'a mut [Value], kind: &str) -> &'a mut Value {
    all.iter_mut().find(|one| one["kind"] == kind).unwrap_or_else(|| panic!("no {kind}"))
}

fn deployment(all: &mut [Value]) -> &mut Value {
    find_kind(all, "Deployment")
}

fn pod(all: &mut [Value]) -> &mut Value {
    &mut deployment(all)["spec"]["template"]["spec"]
}

fn container(all: &mut [Value]) -> &mut Value {
    &mut pod(all)["containers"][0]
}

fn drop_key(from: &mut Value, key: &str) {
    assert!(from.as_object_mut().unwrap().remove(key).is_some(), "{key} is not there to be left out");
}

#[test]
fn each_mistake_is_refused_by_its_rule() {
    let folder = tempfile::tempdir().unwrap();
    let rendered = render(folder.path(), "prod", "runtime-image");
    let sound = documents(&[rendered.to_str().unwrap(), namespace("prod").to_str().unwrap()]);
    assert_eq!(judge(folder.path().join("sound.json"), &sound), []);
    for (number, (rule, name, mistake)) in MISTAKES.iter().enumerate() {
        let mut broken = sound.clone();
        mistake(&mut broken);
        let found = judge(folder.path().join(format!("broken-{number}.json")), &broken);
        assert!(found.iter().any(|(by, _)| by == rule), "{rule}: {name} is not refused: {found:?}");
    }
}

fn judge(file: PathBuf, objects: &[Value]) -> Vec<(String, String)> {
    std::fs::write(&file, serde_json::to_vec(objects).unwrap()).unwrap();
    refusals(Rules::Environment, &[&file])
}
