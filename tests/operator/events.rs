//! Events, by which the operator says what is wrong.

use serde_json::{Value, json};

use super::api::Api;
use super::queue::Key;

/// Warns about an object; once for each reason, and in vain where the namespace is on its way out.
pub fn warn(api: &Api, about: &Value, reason: &str, message: &str) {
    let Key { namespace, name } = Key::from_object(about);
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let event = json!({
        "apiVersion": "v1",
        "kind": "Event",
        "metadata": { "name": format!("{name}.{}", reason.to_lowercase()), "namespace": namespace },
        "involvedObject": {
            "apiVersion": about["apiVersion"],
            "kind": about["kind"],
            "namespace": namespace,
            "name": name,
            "uid": about["metadata"]["uid"],
        },
        "type": "Warning",
        "reason": reason,
        "message": message,
        "source": { "component": "spin-operator" },
        "firstTimestamp": now,
        "lastTimestamp": now,
        "count": 1,
    });
    let _there_already = api.create(&format!("/api/v1/namespaces/{namespace}/events"), &event);
}
