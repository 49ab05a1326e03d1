//! The webhook that completes a SpinApp. Its object makes a round trip through the operator's types: fields without `omitempty`
//! come back although nobody has set them.

use serde_json::{Value, json};

/// What comes back for a SpinApp. Without an executor it gets the first of those that there are, by name, in whichever namespace.
pub fn default_app(app: &Value, executors: &[String]) -> Value {
    let mut app = app.clone();
    let spec = &mut app["spec"];
    if spec["executor"].as_str().unwrap_or_default().is_empty() {
        spec["executor"] = json!(executors.iter().min().cloned().unwrap_or_default());
    }
    for part in ["checks", "runtimeConfig", "resources"] {
        if spec[part].is_null() {
            spec[part] = json!({});
        }
    }
    for probe in ["readiness", "liveness"] {
        let request = spec.pointer_mut(&format!("/checks/{probe}/httpGet"));
        if let Some(request) = request.and_then(Value::as_object_mut) {
            request.entry("httpHeaders").or_insert(Value::Null);
        }
    }
    app
}
