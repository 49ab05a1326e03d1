//! What the operator tells of a SpinApp: what its Deployment tells, and nothing of which version of the app that is about.

use serde_json::{Value, json};

/// The status of an app with this Deployment.
pub fn derive(app: &Value, deployment: Option<&Value>) -> Value {
    let told = deployment.map(|deployment| deployment["status"].clone()).unwrap_or_default();
    let mut conditions = app["status"]["conditions"].as_array().cloned().unwrap_or_default();
    for kind in ["Available", "Progressing"] {
        let found = told["conditions"].as_array().and_then(|all| all.iter().find(|one| one["type"] == kind));
        let next = match (deployment, found) {
            (Some(_), None) => continue,
            (Some(_), Some(found)) => found.clone(),
            (None, _) => {
                json!({ "type": kind, "status": "Unknown", "reason": "DeploymentNotFound", "message": "Deployment not found" })
            }
        };
        put(&mut conditions, kind, &next);
    }
    json!({
        "conditions": conditions,
        "activeScheduler": app["spec"]["executor"],
        "readyReplicas": told["readyReplicas"].as_i64().unwrap_or_default(),
    })
}

fn put(conditions: &mut Vec<Value>, kind: &str, next: &Value) {
    let before = conditions.iter().position(|one| one["type"] == kind).map(|at| conditions.remove(at));
    let unchanged = before.filter(|before| before["status"] == next["status"]);
    let since = unchanged.map_or_else(
        || json!(jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
        |before| before["lastTransitionTime"].clone(),
    );
    conditions.push(json!({
        "type": kind,
        "status": next["status"],
        "reason": next["reason"],
        "message": next["message"].as_str().unwrap_or_default(),
        "lastTransitionTime": since,
    }));
}
