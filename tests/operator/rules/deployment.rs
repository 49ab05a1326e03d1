//! The Deployment.

use serde_json::{Value, json};

use super::{PORT, PORT_NAME, items, labels, metadata, or_empty, ready};

/// Name of the Secret with certificate authorities, when the executor names none.
const AUTHORITIES: &str = "spin-ca";

/// The Deployment that an app is made into, as its executor wants it.
pub fn deployment(app: &Value, executor: &Value) -> Value {
    let spec = &app["spec"];
    let config = &executor["spec"]["deploymentConfig"];
    let mut selected = labels(app);
    selected.extend(ready(app));
    let mut pod_labels = or_empty(&spec["podLabels"]);
    for (label, value) in &selected {
        pod_labels[label] = value.clone();
    }
    let mut pod = json!({
        "serviceAccountName": spec["serviceAccountName"].as_str().unwrap_or("default"),
        "containers": [container(app, config)],
        "volumes": volumes(spec, config),
    });
    for (to, from) in
        [("runtimeClassName", &config["runtimeClassName"]), ("imagePullSecrets", &spec["imagePullSecrets"])]
    {
        if !from.is_null() {
            pod[to] = from.clone();
        }
    }
    let annotations = or_empty(&spec["podAnnotations"]);
    let mut deployment = json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": metadata(app, &spec["deploymentAnnotations"]),
        "spec": {
            "selector": { "matchLabels": selected },
            "template": { "metadata": { "labels": pod_labels, "annotations": annotations }, "spec": pod },
        },
    });
    // Given up to an autoscaler: the API server then falls back to 1, until the autoscaler says more.
    if spec["enableAutoscaling"] != true {
        deployment["spec"]["replicas"] = json!(spec["replicas"].as_i64().unwrap_or_default());
    }
    deployment
}

fn container(app: &Value, config: &Value) -> Value {
    let spec = &app["spec"];
    let mut container = json!({
        "name": app["metadata"]["name"],
        "ports": [{ "name": PORT_NAME, "containerPort": PORT }],
        "env": environment(spec, config),
        "volumeMounts": mounts(spec, config),
        "resources": or_empty(&spec["resources"]),
    });
    for (to, check) in [("livenessProbe", "liveness"), ("readinessProbe", "readiness")] {
        if let Some(check) = spec["checks"][check].as_object() {
            let mut probe = Value::Object(check.clone());
            let path = &check["httpGet"]["path"];
            let headers = items(&check["httpGet"]["httpHeaders"]);
            probe["httpGet"] = json!({ "path": path, "port": PORT, "httpHeaders": headers });
            container[to] = probe;
        }
    }
    if config["runtimeClassName"].is_string() {
        container["image"] = spec["image"].clone();
        container["command"] = json!(["/"]);
    } else {
        container["image"] = config["spinImage"].clone();
        let listen = format!("0.0.0.0:{PORT}");
        let file = "/runtime-config.toml";
        container["args"] =
            json!(["up", "--listen", listen, "-f", spec["image"], "--runtime-config-file", file]);
    }
    container
}

fn environment(spec: &Value, config: &Value) -> Vec<Value> {
    let mut environment = items(&spec["variables"]);
    for variable in &mut environment {
        let name = variable["name"].as_str().unwrap().to_uppercase();
        variable["name"] = json!(format!("SPIN_VARIABLE_{name}"));
    }
    environment.push(json!({ "name": "SPIN_HTTP_LISTEN_ADDR", "value": format!("0.0.0.0:{PORT}") }));
    for of in ["", "traces_", "metrics_", "logs_"] {
        let endpoint = &config["otel"][format!("exporter_otlp_{of}endpoint")];
        if endpoint.as_str().is_some_and(|endpoint| !endpoint.is_empty()) {
            let name = format!("OTEL_EXPORTER_OTLP_{}ENDPOINT", of.to_uppercase());
            environment.push(json!({ "name": name, "value": endpoint }));
        }
    }
    environment
}

/// The files of Secrets that the operator mounts: volume, Secret, key, place; before what the app mounts, and after it.
fn files<'a>(spec: &'a Value, config: &'a Value) -> [Option<[&'a str; 4]>; 2] {
    let settings = "runtime-config.toml";
    let secret = spec["runtimeConfig"]["loadFromSecret"].as_str();
    let before = secret.map(|secret| ["spin-runtime-config", secret, settings, "/runtime-config.toml"]);
    let default = (config["installDefaultCACerts"] == true).then_some(AUTHORITIES);
    let authorities = config["caCertSecret"].as_str().or(default);
    let bundle = "ca-certificates.crt";
    let after = authorities.map(|secret| ["spin-ca", secret, bundle, "/etc/ssl/certs/ca-certificates.crt"]);
    [before, after]
}

fn volumes(spec: &Value, config: &Value) -> Vec<Value> {
    let volume = |[name, secret, key, _]: [&str; 4]| {
        let keys = json!([{ "key": key, "path": key }]);
        json!({ "name": name, "secret": { "secretName": secret, "optional": true, "items": keys } })
    };
    let [before, after] = files(spec, config).map(|file| file.map(volume));
    before.into_iter().chain(items(&spec["volumes"])).chain(after).collect()
}

fn mounts(spec: &Value, config: &Value) -> Vec<Value> {
    let mount = |[name, _, key, place]: [&str; 4]| json!({ "name": name, "readOnly": true, "mountPath": place, "subPath": key });
    let [before, after] = files(spec, config).map(|file| file.map(mount));
    before.into_iter().chain(items(&spec["volumeMounts"])).chain(after).collect()
}
