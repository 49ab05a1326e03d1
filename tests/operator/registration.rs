//! The webhooks' place in the API server, and whether it has taken notice.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::webhooks::{COMPLETE_APPS, JUDGE_APPS, JUDGE_EXECUTORS};
use crate::programs::{apply, kubectl, with_manifest};
use crate::shell::{said, wait_for};

/// Names as the operator's Helm chart has them.
const COMPLETES: &str = "spin-operator-mutating-webhook-configuration";
const JUDGES: &str = "spin-operator-validating-webhook-configuration";
/// An API server hears of them within seconds.
const WAIT_TIMEOUT: Duration = Duration::from_secs(30);

/// Registers the webhooks served at that URL.
pub fn register(url: &str, authority: &str) {
    let webhook = |name: &str, resource: &str, path: &str| {
        json!({
            "name": name,
            "admissionReviewVersions": ["v1"],
            "clientConfig": { "url": format!("{url}{path}"), "caBundle": STANDARD.encode(authority) },
            "failurePolicy": "Fail",
            "sideEffects": "None",
            "rules": [{
                "apiGroups": ["core.spinkube.dev"],
                "apiVersions": ["v1alpha1"],
                "operations": ["CREATE", "UPDATE"],
                "resources": [resource],
            }],
        })
    };
    let configuration = |kind: &str, name: &str, webhooks: &[Value]| {
        let (api, metadata) = ("admissionregistration.k8s.io/v1", json!({ "name": name }));
        json!({ "apiVersion": api, "kind": kind, "metadata": metadata, "webhooks": webhooks })
    };
    let completes = [webhook("mspinapp.kb.io", "spinapps", COMPLETE_APPS)];
    let judges = [
        webhook("vspinapp.kb.io", "spinapps", JUDGE_APPS),
        webhook("vspinappexecutor.kb.io", "spinappexecutors", JUDGE_EXECUTORS),
    ];
    apply(&configuration("MutatingWebhookConfiguration", COMPLETES, &completes).to_string());
    apply(&configuration("ValidatingWebhookConfiguration", JUDGES, &judges).to_string());
    wait_for("the operator's webhooks in force", WAIT_TIMEOUT, || {
        let refusal = probe()?;
        assert!(!refusal.contains("failed calling webhook"), "{refusal}");
        refusal.contains("executor does not exist in namespace").then_some(())
    });
}

/// Takes them away.
pub fn remove() {
    kubectl(&["delete", "--ignore-not-found", "mutatingwebhookconfiguration", COMPLETES]);
    kubectl(&["delete", "--ignore-not-found", "validatingwebhookconfiguration", JUDGES]);
    wait_for("the operator's webhooks gone", WAIT_TIMEOUT, || probe().is_none().then_some(()));
}

/// Why an app is refused that only a webhook refuses, as it names an executor that is not there.
fn probe() -> Option<String> {
    let app = json!({
        "apiVersion": "core.spinkube.dev/v1alpha1",
        "kind": "SpinApp",
        "metadata": { "name": "probe", "namespace": "default" },
        "spec": { "image": "none", "executor": "not-there", "replicas": 1 },
    });
    let output = with_manifest(&["apply", "--server-side", "--dry-run=server"], &app.to_string());
    (!output.status.success()).then(|| said(&output))
}
