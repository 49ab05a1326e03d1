//! How far a rollout is, by what the API server says of the Deployment and its pods.

use serde_json::Value;

/// Annotation of a Deployment: which SpinApp it was made of (chart, templates/workload/spinapp.yaml).
const RELEASE: &str = "checksum/spinapp";
/// Annotation of a pod: the hardening its template asks for (chart, templates/_hardening.tpl).
const ASKED: &str = "checksum/hardening";
/// Annotation that the chart's policy writes: the hardening it got.
const GOT: &str = "todo-assistant/hardened";

/// What a rollout ends with.
pub struct Expected<'a> {
    /// Name of the Deployment.
    pub name: &'a str,
    /// Its annotation [`RELEASE`].
    pub checksum: &'a str,
    /// Whether its pods have to be hardened.
    pub hardened: bool,
}

/// How far it is.
#[derive(Debug, PartialEq, Eq)]
pub enum State {
    /// At its end.
    Done,
    /// Not yet, and why.
    Waiting(String),
    /// These pods lack the hardening they ask for.
    Unhardened(Vec<String>),
}

/// Whether no pod is left.
pub fn stopped(pods: &[Value]) -> State {
    match pods.len() {
        0 => State::Done,
        left => State::Waiting(format!("{left} pods have not ended yet")),
    }
}

/// As `kubectl rollout status` judges (kubectl's `DeploymentStatusViewer`), once the Deployment is that of this release.
pub fn rolled_out(expected: &Expected<'_>, deployment: Option<&Value>, pods: &[Value]) -> State {
    let name = expected.name;
    let Some(deployment) = deployment else {
        return State::Waiting(format!(
            "SpinKube's operator has made no Deployment {name}: see whether it runs, and `kubectl describe spinapp {name}`"
        ));
    };
    if annotation(deployment, RELEASE) != expected.checksum {
        return State::Waiting(format!(
            "Deployment {name} is that of a release before: SpinKube's operator has not taken up this SpinApp"
        ));
    }
    let count = |path: &str| deployment.pointer(path).and_then(Value::as_u64).unwrap_or(0);
    if count("/status/observedGeneration") < count("/metadata/generation") {
        return State::Waiting(format!("Kubernetes has not looked at Deployment {name} yet"));
    }
    let unhardened: Vec<String> = pods.iter().filter(|pod| lacks_hardening(pod)).map(pod_name).collect();
    if expected.hardened && !unhardened.is_empty() {
        return State::Unhardened(unhardened);
    }
    let wanted = deployment.pointer("/spec/replicas").and_then(Value::as_u64).unwrap_or(1);
    let (updated, all) = (count("/status/updatedReplicas"), count("/status/replicas"));
    let available = count("/status/availableReplicas");
    if updated < wanted || available < updated {
        let reason = refusal(deployment).or_else(|| pods.iter().find_map(fault)).unwrap_or_default();
        let ready = available.min(updated);
        return State::Waiting(format!("{ready} of {wanted} pods of this release are ready{reason}"));
    }
    match all.saturating_sub(updated) {
        0 => State::Done,
        old => State::Waiting(format!("{old} pods of the release before have not ended yet")),
    }
}

fn annotation<'a>(object: &'a Value, name: &str) -> &'a str {
    let annotations = object.pointer("/metadata/annotations").and_then(Value::as_object);
    annotations.and_then(|all| all.get(name)).and_then(Value::as_str).unwrap_or_default()
}

fn pod_name(pod: &Value) -> String {
    pod.pointer("/metadata/name").and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn is_ending(pod: &Value) -> bool {
    pod.pointer("/metadata/deletionTimestamp").is_some()
}

fn lacks_hardening(pod: &Value) -> bool {
    let asked = annotation(pod, ASKED);
    !is_ending(pod) && !asked.is_empty() && asked != annotation(pod, GOT)
}

/// The condition of that kind, when it has that status.
fn condition<'a>(object: &'a Value, kind: &str, status: &str) -> Option<&'a Value> {
    let conditions = object.pointer("/status/conditions")?.as_array()?;
    conditions.iter().find(|one| {
        one.get("type").and_then(Value::as_str) == Some(kind)
            && one.get("status").and_then(Value::as_str) == Some(status)
    })
}

fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    value.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

/// Why no pod can be made at all: a policy, a quota, a missing account.
fn refusal(deployment: &Value) -> Option<String> {
    let failure = condition(deployment, "ReplicaFailure", "True")?;
    Some(format!(": {}", text(failure, "/message")))
}

/// Why a pod does not serve.
fn fault(pod: &Value) -> Option<String> {
    if is_ending(pod) || condition(pod, "Ready", "True").is_some() {
        return None;
    }
    let name = pod_name(pod);
    if let Some(unscheduled) = condition(pod, "PodScheduled", "False") {
        return Some(format!(": pod {name} finds no node: {}", text(unscheduled, "/message")));
    }
    let container = pod.pointer("/status/containerStatuses/0");
    let of = |path: &str| container.map(|status| text(status, path)).unwrap_or_default();
    let (waits, ended) = (of("/state/waiting/reason"), of("/lastState/terminated/reason"));
    let detail = [of("/state/waiting/message"), of("/lastState/terminated/message")];
    let detail = detail.into_iter().find(|message| !message.is_empty()).unwrap_or_default();
    Some(match (waits, ended) {
        ("", "") => format!(": pod {name} runs and is not ready (does /readyz answer 200, so its database?)"),
        ("", ended) => format!(": pod {name} was started again after it ended with {ended} {detail}"),
        (waits, _) => format!(": pod {name} waits with {waits} {detail}"),
    })
}

#[cfg(test)]
mod tests;
