//! `todo-smoke wait-for-rollout`: waits until SpinKube's operator has carried a release into its Deployment and the new pods
//! serve. Helm sees a SpinApp alone, which says nothing about pods; so a hook of the chart runs this.

mod state;

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use serde_json::Value;

use crate::cluster::{ACCOUNT, Cluster};
use crate::error::Error;
use state::{Expected, State};

/// Between two looks.
const POLL_INTERVAL: Duration = Duration::from_secs(1);
/// The operator's label of an app's pods.
const APP: &str = "core.spinkube.dev/app-name";

/// What is waited for.
#[derive(Debug, Args)]
pub struct Rollout {
    /// Name of the SpinApp, and so of the operator's Deployment
    name: String,
    /// The annotation checksum/spinapp that the Deployment has when it is of this release
    #[arg(long, default_value = "")]
    checksum: String,
    /// Wait until the app has no pod at all
    #[arg(long)]
    stopped: bool,
    /// Replace pods that were made before the policy that hardens them was in force
    #[arg(long)]
    hardened: bool,
    /// Name of the executor of this release; the others with --executors are removed in the end
    #[arg(long, requires = "executors")]
    executor: Option<String>,
    /// Labels of the chart's executors, such as a=b,c=d
    #[arg(long, value_name = "LABELS")]
    executors: Option<String>,
    /// Seconds until it counts as failed
    #[arg(long, value_name = "S", default_value_t = 240)]
    timeout: u64,
}

impl Rollout {
    /// Waits for the rollout, and tidies up behind it.
    ///
    /// # Errors
    /// When this is no pod of a cluster, or the new pods do not serve in time; the text names the pod and why.
    pub fn wait(&self) -> Result<(), Error> {
        let cluster = Cluster::around_this_pod(Path::new(ACCOUNT))?;
        let start = Instant::now();
        let mut last = String::new();
        loop {
            let now = match self.read_state(&cluster) {
                Ok(State::Done) => break,
                Ok(State::Waiting(reason)) => reason,
                Ok(State::Unhardened(pods)) => {
                    replace(&cluster, &pods).unwrap_or_else(|error| format!("the API server: {error}"))
                }
                // Rights and network policies of a hook take a moment to be in force.
                Err(error) => format!("the API server: {error}"),
            };
            if now != last {
                println!("{now}");
                last = now;
            }
            if start.elapsed() >= Duration::from_secs(self.timeout) {
                return Err(Error::NotRolledOut { seconds: self.timeout, reason: last });
            }
            thread::sleep(POLL_INTERVAL);
        }
        println!("{}", if self.stopped { "stopped" } else { "every pod is of this release and ready" });
        self.remove_unused_executors(&cluster)
    }

    fn read_state(&self, cluster: &Cluster) -> Result<State, Error> {
        let pods = cluster.list("api/v1", "pods", &format!("{APP}={}", self.name))?;
        if self.stopped {
            return Ok(state::stopped(&pods));
        }
        let deployment = cluster.object("apis/apps/v1", "deployments", &self.name)?;
        let expected = Expected { name: &self.name, checksum: &self.checksum, hardened: self.hardened };
        Ok(state::rolled_out(&expected, deployment.as_ref(), &pods))
    }

    /// Executors of releases before: no SpinApp names them any more, so the operator lets them go.
    fn remove_unused_executors(&self, cluster: &Cluster) -> Result<(), Error> {
        let (Some(kept), Some(labels)) = (&self.executor, &self.executors) else { return Ok(()) };
        const API: &str = "apis/core.spinkube.dev/v1alpha1";
        for executor in cluster.list(API, "spinappexecutors", labels)? {
            let name = executor.pointer("/metadata/name").and_then(Value::as_str).unwrap_or_default();
            if !name.is_empty() && name != kept {
                cluster.remove(API, "spinappexecutors", name)?;
                println!("removed executor {name} of a release before");
            }
        }
        Ok(())
    }
}

fn replace(cluster: &Cluster, pods: &[String]) -> Result<String, Error> {
    for pod in pods {
        cluster.remove("api/v1", "pods", pod)?;
    }
    Ok(format!(
        "replaced, because made before the policy that hardens pods was in force: {}",
        pods.join(", ")
    ))
}
