//! A release of the chart in a namespace of its own.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use harness::repository;
use serde_json::Value;

use crate::database::{self, Away};
use crate::mode::Mode;
use crate::programs::{self, get, helm_command, items, kubectl, node_address, registry};
use crate::published::published;
use crate::shell::{output, run, said, wait_for};

/// Name of every release, and so of its Service.
pub const NAME: &str = "todo";
/// How long a step of Helm may take.
const HELM_TIMEOUT: &str = "150s";

/// The chart as it was released, with values that its schema takes.
const RELEASED: [&str; 2] =
    ["tests/cluster/released/todo-chatbot-0.1.0.tgz", "tests/cluster/released/values.yaml"];

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

    /// Its mode, for names of tests.
    pub fn mode_name(&self) -> &'static str {
        self.mode.name()
    }

    /// Installs it in a restricted namespace, on an empty database, and waits until all of it is ready.
    pub fn install(&self, settings: &[(&str, &str)]) {
        programs::restricted_namespace(&self.namespace);
        database::recreate(&self.namespace);
        run(&mut self.helm("install", &published().app, settings, &["--wait"]));
    }

    /// Installs it into a namespace that is there and closed. The database comes when the namespace's rules are in force for the
    /// migration: it must not slip through before them.
    pub fn install_behind_rules(&self, settings: &[(&str, &str)]) {
        database::recreate(&self.namespace);
        let mut command = self.helm("install", &published().app, settings, &["--wait"]);
        let away = Away::begin();
        let installation = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // Each rule has a comment that says of which pod it is.
        let (pod, namespace) = (format!("{NAME}-migrate"), format!("namespace: {} ", self.namespace));
        wait_for("rules for the migration's pod", Duration::from_secs(60), || {
            let rules = run(&mut Command::new("iptables-save"));
            rules.lines().any(|rule| rule.contains(&pod) && rule.contains(&namespace)).then_some(())
        });
        drop(away);
        let done = installation.wait_with_output().unwrap();
        assert!(done.status.success(), "{}\n{}", said(&done), self.tell());
    }

    /// Installs the released chart in a restricted namespace.
    pub fn install_released(&self, settings: &[(&str, &str)]) {
        programs::restricted_namespace(&self.namespace);
        let [chart, values] = RELEASED.map(|path| repository().join(path));
        run(&mut self.helm_of(
            [chart.as_path(), values.as_path()],
            "install",
            &published().app,
            settings,
            &["--wait"],
        ));
    }

    /// Rolls from the released chart to this one, with the values it has.
    pub fn upgrade_released(&self, artifact: &str, settings: &[(&str, &str)]) {
        let [chart, values] = ["charts/todo-chatbot", RELEASED[1]].map(|path| repository().join(path));
        run(&mut self.helm_of(
            [chart.as_path(), values.as_path()],
            "upgrade",
            artifact,
            settings,
            &["--wait"],
        ));
    }

    /// What the released chart renders for it, of one of its templates.
    pub fn render_released(&self, template: &str) -> String {
        let [chart, values] = RELEASED.map(|path| repository().join(path));
        let only = ["--show-only", template];
        run(&mut self.helm_of([chart.as_path(), values.as_path()], "template", &published().app, &[], &only))
    }

    /// Rolls to that artifact and waits for the end of the roll.
    pub fn upgrade(&self, artifact: &str, settings: &[(&str, &str)]) {
        run(&mut self.helm("upgrade", artifact, settings, &["--wait"]));
    }

    /// The command that rolls to that artifact, and back by itself when it does not become ready within `seconds`.
    pub fn upgrade_or_roll_back(&self, artifact: &str, settings: &[(&str, &str)], seconds: u32) -> Command {
        let timeout = format!("--timeout={seconds}s");
        self.helm("upgrade", artifact, settings, &["--rollback-on-failure", "--wait", &timeout])
    }

    /// A helm command with this release's values.
    fn helm(&self, verb: &str, artifact: &str, settings: &[(&str, &str)], flags: &[&str]) -> Command {
        let [chart, values] =
            ["charts/todo-chatbot", "tests/cluster/values.yaml"].map(|path| repository().join(path));
        self.helm_of([chart.as_path(), values.as_path()], verb, artifact, settings, flags)
    }

    /// The same with that chart, and that file of values.
    fn helm_of(
        &self,
        [chart, values]: [&Path; 2],
        verb: &str,
        artifact: &str,
        settings: &[(&str, &str)],
        flags: &[&str],
    ) -> Command {
        let mut command =
            helm_command(&[verb, NAME, "--namespace", &self.namespace, "--timeout", HELM_TIMEOUT]);
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
            HELM_TIMEOUT,
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
            HELM_TIMEOUT,
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

    /// Waits until the Service has answered ten times in a row: the proxy hears of pods a little after the API does.
    pub fn settle(&self) {
        let mut answered = 0;
        wait_for("ten answers in a row", Duration::from_secs(60), || {
            let ready = ureq::get(format!("{}/readyz", self.url())).call().is_ok();
            answered = if ready { answered + 1 } else { 0 };
            (answered == 10).then_some(())
        });
    }

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
