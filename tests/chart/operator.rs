//! What SpinKube's operator makes of a SpinApp, as its documentation and version 0.6 have it: a Deployment and a Service.

use serde_json::{Map, Value, json};

/// Port the operator gives to every app.
const PORT: u16 = 80;

fn name(app: &Value) -> &str {
    app["metadata"]["name"].as_str().unwrap()
}

/// Labels by which its Service finds the pods.
fn ready(app: &Value) -> Value {
    let mut labels = Map::new();
    labels.insert("core.spinkube.dev/app-name".into(), app["metadata"]["name"].clone());
    labels.insert(format!("core.spinkube.dev/app.{}.status", name(app)), "ready".into());
    Value::Object(labels)
}

fn metadata(app: &Value) -> Value {
    json!({
        "name": app["metadata"]["name"],
        "namespace": app["metadata"]["namespace"],
        "labels": {"core.spinkube.dev/app-name": app["metadata"]["name"]},
    })
}

fn environment(app: &Value, executor: &Value) -> Vec<Value> {
    let variables = app["spec"]["variables"].as_array().into_iter().flatten().map(|variable| {
        let mut entry = variable.clone();
        entry["name"] = format!("SPIN_VARIABLE_{}", variable["name"].as_str().unwrap().to_uppercase()).into();
        entry
    });
    let mut environment: Vec<Value> = variables.collect();
    environment.push(json!({"name": "SPIN_HTTP_LISTEN_ADDR", "value": format!("0.0.0.0:{PORT}")}));
    let endpoint = &executor["spec"]["deploymentConfig"]["otel"]["exporter_otlp_endpoint"];
    if endpoint.is_string() {
        environment.push(json!({"name": "OTEL_EXPORTER_OTLP_ENDPOINT", "value": endpoint}));
    }
    environment
}

fn probe(check: &Value) -> Value {
    let mut probe = check.clone();
    probe["httpGet"]["port"] = PORT.into();
    probe
}

/// The Deployment.
pub fn deployment(app: &Value, executor: &Value) -> Value {
    let spec = &app["spec"];
    let config = &executor["spec"]["deploymentConfig"];
    let mut volumes = spec["volumes"].as_array().cloned().unwrap_or_default();
    let mut mounts = spec["volumeMounts"].as_array().cloned().unwrap_or_default();
    if let Some(secret) = spec["runtimeConfig"]["loadFromSecret"].as_str() {
        let file = "runtime-config.toml";
        let items = json!([{"key": file, "path": file}]);
        let source = json!({"secretName": secret, "optional": true, "items": items});
        volumes.insert(0, json!({"name": "spin-runtime-config", "secret": source}));
        let place = format!("/{file}");
        mounts.insert(
            0,
            json!({"name": "spin-runtime-config", "readOnly": true, "mountPath": place, "subPath": file}),
        );
    }
    let mut container = json!({
        "name": app["metadata"]["name"],
        "ports": [{"name": "http-app", "containerPort": PORT}],
        "env": environment(app, executor),
        "volumeMounts": mounts,
        "resources": spec["resources"],
        "livenessProbe": probe(&spec["checks"]["liveness"]),
        "readinessProbe": probe(&spec["checks"]["readiness"]),
    });
    if config["spinImage"].is_string() {
        container["image"] = config["spinImage"].clone();
        let listen = format!("0.0.0.0:{PORT}");
        container["args"] = json!([
            "up",
            "--listen",
            listen,
            "-f",
            spec["image"],
            "--runtime-config-file",
            "/runtime-config.toml"
        ]);
    } else {
        container["image"] = spec["image"].clone();
        container["command"] = json!(["/"]);
    }
    let mut labels = spec["podLabels"].as_object().cloned().unwrap_or_default();
    labels.extend(ready(app).as_object().cloned().unwrap_or_default());
    let mut pod = json!({
        "serviceAccountName": spec["serviceAccountName"],
        "containers": [container],
        "volumes": volumes,
    });
    for (to, from) in
        [("runtimeClassName", &config["runtimeClassName"]), ("imagePullSecrets", &spec["imagePullSecrets"])]
    {
        if !from.is_null() {
            pod[to] = from.clone();
        }
    }
    let mut metadata = metadata(app);
    metadata["annotations"] = spec["deploymentAnnotations"].clone();
    let mut deployment = json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": metadata,
        "spec": {
            "selector": {"matchLabels": ready(app)},
            "template": {"metadata": {"labels": labels, "annotations": spec["podAnnotations"]}, "spec": pod},
        },
    });
    if spec["enableAutoscaling"] != true {
        deployment["spec"]["replicas"] = spec["replicas"].clone();
    }
    deployment
}

/// The Service.
pub fn service(app: &Value) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": metadata(app),
        "spec": {
            "type": "ClusterIP",
            "ports": [{"protocol": "TCP", "port": PORT, "targetPort": "http-app"}],
            "selector": ready(app),
        },
    })
}
