//! The Service.

use serde_json::{Value, json};

use super::{PORT, PORT_NAME, metadata, ready};

/// The Service that an app is made into.
pub fn service(app: &Value) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": metadata(app, &app["spec"]["serviceAnnotations"]),
        "spec": {
            "type": "ClusterIP",
            "ports": [{ "protocol": "TCP", "port": PORT, "targetPort": PORT_NAME }],
            "selector": ready(app),
        },
    })
}
