//! The webhooks that refuse.

use serde_json::Value;

/// Whether a SpinApp is taken, with the executor of its name in its namespace, when there is one; the operator's words when not.
pub fn validate_app(app: &Value, executor: Option<&Value>) -> Result<(), String> {
    let spec = &app["spec"];
    let found = [
        check_executor(spec, executor),
        check_replicas(spec),
        check_annotations(spec, executor),
        unknown(spec),
    ];
    verdict("SpinApp", app, found.into_iter().flatten().collect())
}

/// Whether a SpinAppExecutor is taken; the operator's words when not.
pub fn validate_executor(executor: &Value) -> Result<(), String> {
    let config = &executor["spec"]["deploymentConfig"];
    let fault = match (config["runtimeClassName"].as_str(), config["spinImage"].as_str()) {
        _ if config.is_null() => None,
        (Some(_), Some(_)) => Some("runtimeClassName and spinImage are mutually exclusive"),
        (None, None) => Some("either runtimeClassName or spinImage must be set"),
        _ => None,
    };
    let field = "deploymentConfig.runtimeClassName";
    let fault = fault.map(|fault| invalid(field, &config["runtimeClassName"], fault));
    verdict("SpinAppExecutor", executor, fault.into_iter().collect())
}

fn verdict(kind: &str, object: &Value, faults: Vec<String>) -> Result<(), String> {
    let name = object["metadata"]["name"].as_str().unwrap_or_default();
    let faults = match &faults[..] {
        [] => return Ok(()),
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    Err(format!("{kind}.core.spinkube.dev \"{name}\" is invalid: {faults}"))
}

fn invalid(field: &str, value: &Value, fault: &str) -> String {
    format!("spec.{field}: Invalid value: {value}: {fault}")
}

fn check_executor(spec: &Value, executor: Option<&Value>) -> Option<String> {
    let name = &spec["executor"];
    let fault = if name.as_str().unwrap_or_default().is_empty() {
        "executor must be set, likely no default executor was set because you have no executors installed"
    } else if executor.is_none() {
        "executor does not exist in namespace"
    } else {
        return None;
    };
    Some(invalid("executor", name, fault))
}

fn check_replicas(spec: &Value) -> Option<String> {
    let replicas = spec["replicas"].as_i64().unwrap_or_default();
    let fault = match (spec["enableAutoscaling"] == true, replicas) {
        (true, 0) => return None,
        (true, _) => "replicas cannot be set when autoscaling is enabled",
        (false, ..1) => "replicas must be > 0",
        (false, _) => return None,
    };
    Some(invalid("replicas", &replicas.into(), fault))
}

fn check_annotations(spec: &Value, executor: Option<&Value>) -> Option<String> {
    if executor?["spec"]["createDeployment"] == true {
        return None;
    }
    let set = |field: &&str| spec[*field].as_object().is_some_and(|annotations| !annotations.is_empty());
    let field = ["deploymentAnnotations", "podAnnotations"].into_iter().find(set)?;
    let fault = format!("{field} can't be set when the executor does not use operator deployments");
    Some(invalid(field, &spec[field], &fault))
}

/// The operator knows more than its stand-in: rather refused here than taken for what it is not.
fn unknown(spec: &Value) -> Option<String> {
    let fields = [
        ("components", &spec["components"]),
        ("invocationLimits", &spec["invocationLimits"]),
        ("runtimeConfig.sqliteDatabases", &spec["runtimeConfig"]["sqliteDatabases"]),
        ("runtimeConfig.keyValueStores", &spec["runtimeConfig"]["keyValueStores"]),
        ("runtimeConfig.llmCompute", &spec["runtimeConfig"]["llmCompute"]),
    ];
    let (field, value) = fields.into_iter().find(|(_, value)| !value.is_null())?;
    Some(invalid(field, value, "the tests' stand-in for the operator does not know this field"))
}
