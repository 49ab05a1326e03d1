//! Someone in a pod who tries what can be reached from there.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::programs::{apply, kubectl, kubectl_command, registry, restricted_namespace};
use crate::published::published;
use crate::shell::{output, said};

/// How long news of a pod or a policy may take until it is in force.
const WAIT_TIMEOUT: Duration = Duration::from_secs(20);

/// A pod whose image has `todo-smoke`, to ask from.
#[derive(Debug, Clone)]
pub struct Visitor {
    namespace: String,
    pod: String,
}

/// What became of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Someone answered, whatever it was.
    Reached,
    /// Nobody took it, or a policy forbids it.
    Refused,
    /// The name has no address, or nobody could be asked for it.
    Unnamed,
}

impl Visitor {
    pub fn in_pod(namespace: &str, pod: &str) -> Self {
        Self { namespace: namespace.to_owned(), pod: pod.to_owned() }
    }

    /// A pod of its own, without labels, in a namespace for it.
    pub fn arrive(namespace: &str) -> Self {
        restricted_namespace(namespace);
        Self::come(namespace)
    }

    /// A pod of its own, without labels, in a namespace that is there.
    pub fn come(namespace: &str) -> Self {
        let visitor = Self::in_pod(namespace, "visitor");
        let image = format!("{}/todo-assistant/runtime@{}", registry(), published().image);
        // The image has no shell to wait in: this one asks its own closed port for longer than any test takes.
        let waiting = ["/usr/bin/todo-smoke", "--live", "--startup-timeout", "86400", "http://127.0.0.1:1"];
        let restricted = json!({ "allowPrivilegeEscalation": false, "capabilities": { "drop": ["ALL"] } });
        let pod = json!({
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": { "name": visitor.pod, "namespace": namespace },
            "spec": {
                "automountServiceAccountToken": false,
                "terminationGracePeriodSeconds": 0,
                "securityContext": {
                    "runAsNonRoot": true, "runAsUser": 65532, "seccompProfile": { "type": "RuntimeDefault" },
                },
                "containers": [
                    { "name": "visitor", "image": image, "command": waiting, "securityContext": restricted },
                ],
            },
        });
        apply(&pod.to_string());
        kubectl(&[
            "wait",
            "pod",
            &visitor.pod,
            "--namespace",
            namespace,
            "--for=condition=Ready",
            "--timeout=60s",
        ]);
        visitor
    }

    /// Asserts what becomes of a connection, once all are told of the pods and policies that there are.
    pub fn finds(&self, url: &str, expected: Outcome) {
        let deadline = Instant::now() + WAIT_TIMEOUT;
        loop {
            let (outcome, said) = self.tries(url);
            if outcome == Some(expected) {
                return;
            }
            assert!(Instant::now() < deadline, "{url} from {self:?}: {outcome:?}, not {expected:?}: {said}");
            thread::sleep(Duration::from_millis(100));
        }
    }

    fn tries(&self, url: &str) -> (Option<Outcome>, String) {
        let mut exec = kubectl_command(&["exec", &self.pod, "--namespace", &self.namespace, "--"]);
        let tried = output(exec.args(["/usr/bin/todo-smoke", "--live", "--timeout", "3", url]));
        let said = said(&tried);
        let signs = [
            ("Connection refused", Outcome::Refused),
            ("failed to lookup address", Outcome::Unnamed),
            ("was answered with", Outcome::Reached),
            // What a database makes of HTTP.
            ("Peer disconnected", Outcome::Reached),
        ];
        let sign = signs.into_iter().find(|(sign, _)| said.contains(sign)).map(|(_, outcome)| outcome);
        (if tried.status.success() { Some(Outcome::Reached) } else { sign }, said)
    }
}
