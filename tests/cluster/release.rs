//! A release of the chart in a namespace of its own.

use std::collections::BTreeMap;
use std::process::Command;
use std::time::Duration;

use harness::repository;
use serde_json::Value;

use crate::database;
use crate::mode::Mode;
use crate::programs::{self, get, helm_command, items, kubectl, node_address, registry};
use crate::published::published;
use crate::shell::{output, run, wait_for};

/// Name of every release, and so of its Service.
pub const NAME: &str = "todo";
/// How long a step of Helm may take.
const PATIENCE: &str = "150s";

/// A release.
#[derive(Debug, Clone)]
pub struct Release {
    /// Its namespace, which is also the name of its database.
    pub namespace: String,
    mode: Mode,
}

impl Release {
    /// A release in that mode, not yet installed.
    pub fn new(namespace: &str, mode: Mode) -> Self {
        Self { namespace: namespace.to_owned(), mode }
    }

    /// Installs it in a restricted namespace, on an empty database, and waits until all of it is ready.
    pub fn install(&self, settings: &[(&str, &str)]) {
        programs::restricted_namespace(&self.namespace);
        database::recreate(&self.namespace);
        run(&mut self.helm("install", &published().app, settings, &["--wait"]));
    }

    /// Rolls to that artifact and waits for the end of the roll.
    pub fn upgrade(&self, artifact: &str, settings: &[(&str, &str)]) {
        run(&mut self.helm("upgrade", artifact, settings, &["--wait"]));
    }

    /// The command that rolls to that artifact, and back by itself when it does not become ready within `seconds`.
    pub fn upgrade_or_roll_back(&self, artifact: &str, seconds: u32) -> Command {
        let patience = format!("--timeout={seconds}s");
        self.helm("upgrade", artifact, &[], &["--rollback-on-failure", "--wait", &patience])
    }

    /// A helm command with this release's values.
    fn helm(&self, verb: &str, artifact: &str, settings: &[(&str, &str)], flags: &[&str]) -> Command {
        let chart = repository().join("charts/todo-chatbot");
        let values = repository().join("tests/cluster/values.yaml");
        let mut command = helm_command(&[verb, NAME, "--namespace", &self.namespace, "--timeout", PATIENCE]);
        command.arg(chart).arg("--values").arg(values);
        let port = database::port();
        let own = BTreeMap::from([
            ("fullnameOverride", NAME.to_owned()),
            ("image.registry", registry()),
            ("image.digest", published().image.clone()),
            ("artifact.registry", registry()),
            ("artifact.digest", artifact.to_owned()),
            ("database.host", node_address()),
            ("database.port", port.to_string()),
            ("database.name", self.namespace.clone()),
            ("database.ownerUrl", database::owner_url(&self.namespace)),
        ]);
        let own = own.iter().map(|(name, value)| (*name, value.as_str()));
        let of_mode = self.mode.settings().iter().copied();
        for (name, value) in own.chain(of_mode).chain(settings.iter().copied()) {
            command.arg("--set").arg(format!("{name}={value}"));
        }
        command.args(flags);
        command
    }

    /// Removes the release.
    pub fn uninstall(&self) {
        run(&mut helm_command(&[
            "uninstall",
            NAME,
            "--namespace",
            &self.namespace,
            "--wait",
            "--timeout",
            PATIENCE,
        ]));
    }

    /// Runs the chart's own tests; what they print.
    pub fn helm_test(&self) -> String {
        run(&mut helm_command(&[
            "test",
            NAME,
            "--namespace",
            &self.namespace,
            "--logs",
            "--timeout",
            PATIENCE,
        ]))
    }

    /// The app's URL inside the cluster.
    pub fn url(&self) -> String {
        format!("http://{NAME}.{}.svc.cluster.local", self.namespace)
    }

    /// The app's pods that are not on their way out.
    pub fn pods(&self) -> Vec<Value> {
        let selector = "app.kubernetes.io/component=app";
        let mut pods = items(&["pods", "--namespace", &self.namespace, "--selector", selector]);
        pods.retain(|pod| pod["metadata"]["deletionTimestamp"].is_null());
        pods
    }

    /// The pods that are ready.
    pub fn ready(&self) -> Vec<Value> {
        let is_ready = |pod: &Value| {
            let conditions = pod["status"]["conditions"].as_array().cloned().unwrap_or_default();
            conditions.iter().any(|condition| condition["type"] == "Ready" && condition["status"] == "True")
        };
        let mut pods = self.pods();
        pods.retain(is_ready);
        pods
    }

    /// Runs so many replicas, and waits until they are ready.
    pub fn scale(&self, replicas: usize) {
        let replicas_flag = format!("--replicas={replicas}");
        kubectl(&["scale", "deployment", NAME, "--namespace", &self.namespace, &replicas_flag]);
        self.wait_for_ready(replicas);
    }

    /// Waits until so many pods are ready.
    pub fn wait_for_ready(&self, pods: usize) -> Duration {
        wait_for("ready pods", Duration::from_secs(90), || (self.ready().len() == pods).then_some(())).1
    }

    /// Waits until so many pods of SpinKube's operator are ready.
    pub fn wait_for_running(&self, pods: usize) {
        let selector = format!("core.spinkube.dev/app-name={NAME}");
        let available = format!("--for=jsonpath={{.status.availableReplicas}}={pods}");
        let arguments = [
            "wait",
            "deployment",
            "--selector",
            &selector,
            "--namespace",
            &self.namespace,
            &available,
            "--timeout=90s",
        ];
        let waited = output(&mut programs::kubectl_command(&arguments));
        assert!(waited.status.success(), "{}", self.tell());
    }

    /// What is in the namespace beside what Kubernetes itself puts there, as `kind/name`.
    pub fn left_behind(&self) -> Vec<String> {
        let kinds = kubectl(&["api-resources", "--verbs=list", "--namespaced", "--output=name"]);
        let kinds: Vec<&str> = kinds
            .lines()
            .filter(|kind| !kind.starts_with("events") && !kind.contains("metrics.k8s.io"))
            .collect();
        let found = kubectl(&["get", &kinds.join(","), "--namespace", &self.namespace, "--output=name"]);
        let own = |name: &&str| *name != "configmap/kube-root-ca.crt" && *name != "serviceaccount/default";
        found.lines().filter(own).map(str::to_owned).collect()
    }

    /// The Deployment.
    pub fn deployment(&self) -> Value {
        get(&["deployment", NAME, "--namespace", &self.namespace])
    }

    /// What a failed step leaves to look at.
    pub fn tell(&self) -> String {
        let describe = ["describe", "pods", "--namespace", &self.namespace];
        let logs = [
            "logs",
            "--namespace",
            &self.namespace,
            "--selector",
            "app.kubernetes.io/name",
            "--tail=20",
            "--prefix",
        ];
        [&describe[..], &logs[..]]
            .map(|arguments| {
                let said = output(&mut programs::kubectl_command(arguments));
                String::from_utf8_lossy(&said.stdout).into_owned()
            })
            .join("\n")
    }
}
