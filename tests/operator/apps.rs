//! What the operator does about a SpinApp.

use serde_json::{Value, json};

use super::api::{Api, ApiError};
use super::queue::Key;
use super::{GROUP, events, log, rules, status};

/// Makes Deployment and Service as the app wants them. What a deleted app leaves is for the garbage collector.
pub fn reconcile(api: &Api, key: &Key) -> Result<(), ApiError> {
    let Key { namespace, name } = key;
    let path = format!("{GROUP}/namespaces/{namespace}/spinapps/{name}");
    let Some(app) = api.get(&path)? else { return Ok(()) };
    let executor = executor_of(api, &app, namespace)?;
    let makes = executor["spec"]["createDeployment"] == true;
    let deployment = format!("/apis/apps/v1/namespaces/{namespace}/deployments/{name}");
    if makes {
        let mut told = app.clone();
        told["status"] = status::derive(&app, api.get(&deployment)?.as_ref());
        // Somebody was quicker: there will be another time.
        if let Err(error) = api.replace(&format!("{path}/status"), &told) {
            log(&format!("status of {namespace}/{name}: {error}"));
        }
    }
    if !app["metadata"]["deletionTimestamp"].is_null() {
        return Ok(());
    }
    if makes {
        make_authorities(api, &executor, namespace)?;
        api.apply(&deployment, &owned(&app, rules::deployment(&app, &executor)))?;
    } else {
        api.delete(&deployment)?;
    }
    let service = format!("/api/v1/namespaces/{namespace}/services/{name}");
    api.apply(&service, &owned(&app, rules::service(&app))).map(drop)
}

fn executor_of(api: &Api, app: &Value, namespace: &str) -> Result<Value, ApiError> {
    let name = app["spec"]["executor"].as_str().unwrap_or_default();
    let path = format!("{GROUP}/namespaces/{namespace}/spinappexecutors/{name}");
    let found = if name.is_empty() { None } else { api.get(&path)? };
    found.ok_or_else(|| {
        let message = format!("Could not find SpinAppExecutor {namespace}/{name}");
        events::warn(api, app, "MissingExecutor", &message);
        ApiError::Own(message)
    })
}

/// The app controls the object, which is collected as garbage when the app is gone.
fn owned(app: &Value, mut object: Value) -> Value {
    object["metadata"]["ownerReferences"] = json!([{
        "apiVersion": "core.spinkube.dev/v1alpha1",
        "kind": "SpinApp",
        "name": app["metadata"]["name"],
        "uid": app["metadata"]["uid"],
        "controller": true,
        "blockOwnerDeletion": true,
    }]);
    object
}

/// The Secret with the public certificate authorities, where an executor asks for it. It is the namespace's, and nobody's: it stays
/// when the app goes. The tests need no authority to be in it.
fn make_authorities(api: &Api, executor: &Value, namespace: &str) -> Result<(), ApiError> {
    let config = &executor["spec"]["deploymentConfig"];
    if config["installDefaultCACerts"] != true {
        return Ok(());
    }
    let name = config["caCertSecret"].as_str().unwrap_or("spin-ca");
    let secrets = format!("/api/v1/namespaces/{namespace}/secrets");
    if api.get(&format!("{secrets}/{name}"))?.is_some() {
        return Ok(());
    }
    let annotations = json!({ "app.kubernetes.io/managed-by": "spin-operator.spinkube.dev" });
    let secret = json!({
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": { "name": name, "namespace": namespace, "annotations": annotations },
        "stringData": { "ca-certificates.crt": "" },
    });
    api.create(&secrets, &secret).map(drop)
}
