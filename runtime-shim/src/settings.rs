//! Everything a run can be told.

use crate::host::postgres::PostgresSettings;
use crate::limits::Limits;
use crate::manifest::VariableSources;
use crate::observe::TraceSettings;
use crate::serve::InstancePolicy;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// Settings of one run.
#[derive(Clone, Debug)]
pub struct RunSettings {
    /// The app's `spin.toml`.
    pub manifest: PathBuf,
    /// Where to take requests; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where to answer for metrics, if anywhere.
    pub metrics_listen: Option<SocketAddr>,
    /// Values for the app's variables.
    pub variables: VariableSources,
    /// Environment variables added to every component's.
    pub environment: BTreeMap<String, String>,
    /// Folder for compiled code.
    pub cache_dir: PathBuf,
    /// What one request may use.
    pub limits: Limits,
    /// How instances are shared between requests.
    pub instances: InstancePolicy,
    /// How databases are used.
    pub postgres: PostgresSettings,
    /// Where spans of requests go.
    pub traces: TraceSettings,
    /// How long requests in progress may take when the run ends.
    pub grace: Duration,
}

impl RunSettings {
    /// The defaults for `manifest`.
    pub fn new(manifest: PathBuf) -> Self {
        Self {
            manifest,
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            metrics_listen: None,
            variables: VariableSources::default(),
            environment: BTreeMap::new(),
            cache_dir: PathBuf::from(".todo/cache"),
            limits: Limits::default(),
            instances: InstancePolicy::default(),
            postgres: PostgresSettings::default(),
            traces: TraceSettings::default(),
            grace: Duration::from_secs(20),
        }
    }
}

/// Where a run can be reached.
#[derive(Clone, Copy, Debug)]
pub struct Addresses {
    /// Requests.
    pub http: SocketAddr,
    /// Metrics.
    pub metrics: Option<SocketAddr>,
}
