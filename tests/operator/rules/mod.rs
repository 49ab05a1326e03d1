//! SpinKube's operator 0.6.1 by its source, as far as it needs no cluster: what its webhooks refuse, and what it makes of a SpinApp.

mod defaulting;
mod deployment;
mod service;
mod validating;

use serde_json::{Map, Value, json};

pub use defaulting::default_app;
pub use deployment::deployment;
pub use service::service;
pub use validating::{validate_app, validate_executor};

/// Port the operator gives to every app, and its name.
const PORT: u16 = 80;
const PORT_NAME: &str = "http-app";

/// Labels of what belongs to an app.
fn labels(app: &Value) -> Map<String, Value> {
    Map::from_iter([("core.spinkube.dev/app-name".to_owned(), app["metadata"]["name"].clone())])
}

/// The label by which the Service finds the app's pods.
fn ready(app: &Value) -> Map<String, Value> {
    let name = app["metadata"]["name"].as_str().unwrap();
    Map::from_iter([(format!("core.spinkube.dev/app.{name}.status"), json!("ready"))])
}

/// Metadata of an object that is called like its app.
fn metadata(app: &Value, annotations: &Value) -> Value {
    json!({
        "name": app["metadata"]["name"],
        "namespace": app["metadata"]["namespace"],
        "labels": labels(app),
        "annotations": or_empty(annotations),
    })
}

/// A map, empty where there is none.
fn or_empty(value: &Value) -> Value {
    if value.is_null() { json!({}) } else { value.clone() }
}

/// The items of a list; none when there is no list.
fn items(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}
