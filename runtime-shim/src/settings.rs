//! Everything a run can be told.

use crate::prepared::PreparedApp;
use crate::schedule::ScheduledCall;
use crate::serve::{InstancePolicy, ListenAddress};
use app_manifest::VariableSources;
use runtime_engine::CodeTarget;
use runtime_host::postgres::PostgresSettings;
use runtime_limits::Limits;
use runtime_observability::TraceSettings;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// Settings of one run.
#[derive(Clone, Debug)]
pub struct RunSettings {
    /// The app's `spin.toml`.
    pub manifest: PathBuf,
    /// The app, where it was read and compiled before: then neither the manifest nor a folder of code is looked at.
    pub prepared: Option<PreparedApp>,
    /// Where to take requests; port 0 takes a free one.
    pub listen: ListenAddress,
    /// Where to answer for metrics, if anywhere.
    pub metrics_listen: Option<SocketAddr>,
    /// Values for the app's variables.
    pub variables: VariableSources,
    /// Environment variables added to every component's.
    pub environment: BTreeMap<String, String>,
    /// Folder for compiled code.
    pub cache_dir: PathBuf,
    /// Folder of code that was compiled when the program was packed, trusted as the program is and never written to.
    pub compiled_dir: Option<PathBuf>,
    /// What compiled code is for.
    pub code: CodeTarget,
    /// What one request may use.
    pub limits: Limits,
    /// How instances are shared between requests.
    pub instances: InstancePolicy,
    /// How databases are used.
    pub postgres: PostgresSettings,
    /// Where spans of requests go.
    pub traces: TraceSettings,
    /// What the run calls by its clock.
    pub schedule: Vec<ScheduledCall>,
    /// How long to go on answering after being told to end.
    pub drain: Duration,
    /// How long requests in progress may take after that.
    pub grace: Duration,
}

impl RunSettings {
    /// The defaults for `manifest`.
    pub fn new(manifest: PathBuf) -> Self {
        Self {
            manifest,
            prepared: None,
            listen: ListenAddress::Localhost(3000),
            metrics_listen: None,
            variables: VariableSources::default(),
            environment: BTreeMap::new(),
            cache_dir: PathBuf::from(".todo/cache"),
            compiled_dir: None,
            code: CodeTarget::default(),
            limits: Limits::default(),
            instances: InstancePolicy::default(),
            postgres: PostgresSettings::default(),
            traces: TraceSettings::default(),
            schedule: Vec::new(),
            drain: Duration::ZERO,
            grace: Duration::from_secs(20),
        }
    }
}

/// Where a run can be reached.
#[derive(Clone, Copy, Debug)]
pub struct Addresses {
    /// Requests; the first address, where there are two.
    pub http: SocketAddr,
    /// Metrics.
    pub metrics: Option<SocketAddr>,
}
