//! What the webhooks answer the API server (AdmissionReview of admission.k8s.io/v1).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::executors::KnownObjects;
use super::queue::Key;
use super::rules::{default_app, validate_app, validate_executor};

/// Paths of the webhooks, as controller-runtime makes them of group, version and kind: the one that completes apps, and those
/// that judge. The one that would complete executors changes nothing, and is left out.
pub const COMPLETE_APPS: &str = "/mutate-core-spinkube-dev-v1alpha1-spinapp";
pub const JUDGE_APPS: &str = "/validate-core-spinkube-dev-v1alpha1-spinapp";
pub const JUDGE_EXECUTORS: &str = "/validate-core-spinkube-dev-v1alpha1-spinappexecutor";

/// The answer to a review that came to that path.
pub fn answer(path: &str, review: &Value, known: &KnownObjects) -> Value {
    let request = &review["request"];
    let object = &request["object"];
    let mut response = match path {
        JUDGE_EXECUTORS => judged(validate_executor(object)),
        COMPLETE_APPS => completed(object, known),
        JUDGE_APPS => {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let executor =
                Key { namespace: text(&request["namespace"]), name: text(&object["spec"]["executor"]) };
            judged(validate_app(object, known.get(&executor).as_ref()))
        }
        _ => judged(Err(format!("nobody judges at {path}"))),
    };
    response["uid"] = request["uid"].clone();
    json!({ "apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": response })
}

fn completed(app: &Value, known: &KnownObjects) -> Value {
    let spec = default_app(app, &known.names())["spec"].take();
    let patch = json!([{ "op": "replace", "path": "/spec", "value": spec }]);
    json!({ "allowed": true, "patchType": "JSONPatch", "patch": STANDARD.encode(patch.to_string()) })
}

fn judged(verdict: Result<(), String>) -> Value {
    match verdict {
        Ok(()) => json!({ "allowed": true }),
        Err(message) => {
            json!({ "allowed": false, "status": { "code": 422, "reason": "Invalid", "message": message } })
        }
    }
}
