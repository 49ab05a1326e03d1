//! How `up` can be told to run an app: names and defaults for operators, units in the text.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use runtime_observability::LogFormat;
use runtime_shim::ListenAddress;
use runtime_shim::RunSettings;
use tracing_subscriber::EnvFilter;

use crate::cli::flags::{TargetCpu, pair};

/// Where the run listens and what it tells.
#[derive(Debug, Clone, Args)]
pub struct ServeFlags {
    /// Where to take requests: localhost for both loopback addresses, or an IP address; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "localhost:3000", env = "SPIN_HTTP_LISTEN_ADDR")]
    pub listen: ListenAddress,
    /// Where to answer /metrics, /livez and /readyz
    #[arg(long, value_name = "ADDRESS", env = "RUNTIME_SHIM_METRICS_LISTEN")]
    pub metrics_listen: Option<SocketAddr>,
    /// An environment variable for all components
    #[arg(short, long = "env", value_name = "NAME=VALUE", value_parser = pair)]
    pub environment: Vec<(String, String)>,
    /// Spin's runtime config file
    #[arg(long, value_name = "FILE")]
    pub runtime_config_file: Option<PathBuf>,
    /// Folder for compiled code; nobody else may write there [default: .runtime-shim/cache beside the manifest]
    #[arg(long, value_name = "FOLDER", env = "RUNTIME_SHIM_CACHE_DIR")]
    pub cache_dir: Option<PathBuf>,
    /// Folder of code compiled ahead by `runtime-shim compile`, trusted as this program is and only read
    #[arg(long, value_name = "FOLDER", env = "RUNTIME_SHIM_COMPILED_DIR")]
    pub compiled_dir: Option<PathBuf>,
    #[command(flatten)]
    pub target: TargetCpu,
    /// How log lines look: text on standard error, or JSON on standard output
    #[arg(long, value_enum, default_value = "text", env = "RUNTIME_SHIM_LOG_FORMAT")]
    pub log_format: LogFlag,
    /// Which log lines there are: `error`, `warn`, `info`, `debug`, or RUST_LOG's syntax; RUST_LOG does it, too [default:
    /// info, on a terminal without a line for each request]
    #[arg(long, value_name = "LEVEL", value_parser = log_filter)]
    pub log: Option<String>,
}

impl ServeFlags {
    /// Which log lines are asked for, by the flag or by `RUST_LOG`.
    pub fn log_filter(&self) -> Option<String> {
        self.log.clone().or_else(|| std::env::var("RUST_LOG").ok())
    }
}

fn log_filter(text: &str) -> Result<String, String> {
    match EnvFilter::try_new(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// What one request may use, and how instances are shared.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Limits")]
pub struct LimitFlags {
    /// Requests one instance serves; 1 gives each request its own
    #[arg(long, value_name = "N")]
    pub instance_reuse: Option<usize>,
    /// Requests one instance serves at once
    #[arg(long, value_name = "N")]
    pub instance_concurrency: Option<usize>,
    /// Milliseconds an instance waits for its next request
    #[arg(long, value_name = "MS")]
    pub instance_idle_timeout: Option<u64>,
    /// Milliseconds of processor time a request may use
    #[arg(long, value_name = "MS")]
    pub limit_cpu: Option<u64>,
    /// Milliseconds until the response head
    #[arg(long, value_name = "MS")]
    pub limit_response: Option<u64>,
    /// Milliseconds until the end of the response
    #[arg(long, value_name = "MS")]
    pub limit_total: Option<u64>,
    /// MiB of memory an instance may use
    #[arg(long, value_name = "MIB")]
    pub limit_memory: Option<usize>,
    /// Bytes a request body may have
    #[arg(long, value_name = "BYTES")]
    pub limit_body: Option<u64>,
    /// Milliseconds a client may take to send or to take the next bytes of a body
    #[arg(long, value_name = "MS")]
    pub limit_stall: Option<u64>,
    /// MiB of memory all instances together may use
    #[arg(long, value_name = "MIB", env = "RUNTIME_SHIM_LIMIT_GUEST_MEMORY")]
    pub limit_guest_memory: Option<usize>,
    /// Requests of one component in progress at a time; as many more may wait
    #[arg(long, value_name = "N")]
    pub limit_requests: Option<usize>,
    /// Milliseconds a request may wait for its component to have room for it
    #[arg(long, value_name = "MS")]
    pub limit_wait: Option<u64>,
    /// Connections at a time, as far as the system gives file descriptors
    #[arg(long, value_name = "N")]
    pub limit_connections: Option<usize>,
    /// Seconds to go on answering when the process is told to stop, each answer the last of its connection
    #[arg(long, value_name = "S", env = "RUNTIME_SHIM_DRAIN")]
    pub drain: Option<u64>,
    /// Seconds requests in progress may take after that
    #[arg(long, value_name = "S", env = "RUNTIME_SHIM_GRACE")]
    pub grace: Option<u64>,
}

/// Log formats by their flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFlag {
    /// One JSON object a line
    Json,
    /// For people
    Text,
}

impl From<LogFlag> for LogFormat {
    fn from(flag: LogFlag) -> Self {
        match flag {
            LogFlag::Json => Self::Json,
            LogFlag::Text => Self::Text,
        }
    }
}

impl LimitFlags {
    /// Puts what was given in place of the defaults.
    pub fn apply(&self, settings: &mut RunSettings) {
        set_duration(&mut settings.limits.cpu, self.limit_cpu);
        set_duration(&mut settings.limits.response_head, self.limit_response);
        set_duration(&mut settings.limits.total, self.limit_total);
        set_duration(&mut settings.limits.stall, self.limit_stall);
        set_duration(&mut settings.limits.wait, self.limit_wait);
        set_duration(&mut settings.instances.idle_timeout, self.instance_idle_timeout);
        set_duration(&mut settings.drain, self.drain.map(|seconds| seconds.saturating_mul(1000)));
        set_duration(&mut settings.grace, self.grace.map(|seconds| seconds.saturating_mul(1000)));
        set(&mut settings.limits.memory, self.limit_memory.map(|mib| mib.saturating_mul(1 << 20)));
        let guest_memory = self.limit_guest_memory.map(|mib| mib.saturating_mul(1 << 20));
        set(&mut settings.limits.guest_memory, guest_memory);
        set(&mut settings.limits.body, self.limit_body);
        set(&mut settings.limits.concurrent_requests, self.limit_requests);
        set(&mut settings.limits.connections, self.limit_connections);
        set(&mut settings.instances.max_requests, self.instance_reuse.map(|n| n.max(1)));
        set(&mut settings.instances.concurrency, self.instance_concurrency.map(|n| n.max(1)));
    }
}

fn set<T>(setting: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *setting = value;
    }
}

fn set_duration(setting: &mut Duration, milliseconds: Option<u64>) {
    set(setting, milliseconds.map(Duration::from_millis));
}
