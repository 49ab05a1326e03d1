//! The library with nothing around it: no database of its own, no build, just `up` with every limit as a flag.

use app_manifest::VariableSources;
use clap::{Parser, Subcommand, ValueEnum};
use runtime_observability::{LogFormat, start_logs};
use runtime_shim::{RunSettings, run, runtime_config};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// Runs Spin apps.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Starts an app.
    Up(Box<Up>),
}

#[derive(clap::Args)]
struct Up {
    /// The app's manifest.
    #[arg(short = 'f', long = "from", visible_alias = "file", default_value = "spin.toml")]
    from: PathBuf,
    /// Where to take requests.
    #[arg(long, default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// Where to answer /metrics, /livez and /readyz.
    #[arg(long)]
    metrics_listen: Option<SocketAddr>,
    /// A value for a variable, name=value.
    #[arg(long = "variable", value_parser = pair)]
    variables: Vec<(String, String)>,
    /// An environment variable for all components, name=value.
    #[arg(short, long = "env", value_parser = pair)]
    environment: Vec<(String, String)>,
    /// Spin's runtime config file.
    #[arg(long)]
    runtime_config_file: Option<PathBuf>,
    /// Folder for compiled code.
    #[arg(long, default_value = ".todo/cache")]
    cache_dir: PathBuf,
    /// How log lines look.
    #[arg(long, value_enum, default_value = "text")]
    log_format: Format,
    /// Requests one instance serves; 1 gives each request its own.
    #[arg(long)]
    instance_reuse: Option<usize>,
    /// Requests one instance serves at once.
    #[arg(long)]
    instance_concurrency: Option<usize>,
    /// Milliseconds an instance waits for its next request.
    #[arg(long)]
    instance_idle_timeout: Option<u64>,
    /// Milliseconds of processor time a request may use.
    #[arg(long)]
    limit_cpu: Option<u64>,
    /// Milliseconds until the response head.
    #[arg(long)]
    limit_response: Option<u64>,
    /// Milliseconds until the end of the response.
    #[arg(long)]
    limit_total: Option<u64>,
    /// MiB of memory an instance may use.
    #[arg(long)]
    limit_memory: Option<usize>,
    /// Bytes a request body may have.
    #[arg(long)]
    limit_body: Option<u64>,
    /// Requests in progress at a time.
    #[arg(long)]
    limit_requests: Option<usize>,
    /// Seconds requests in progress may take when the process is told to stop.
    #[arg(long)]
    grace: Option<u64>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Json,
    Text,
}

fn pair(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .ok_or_else(|| "must be name=value".to_owned())
}

impl Up {
    fn settings(self) -> Result<RunSettings, String> {
        let mut settings = RunSettings::new(self.from);
        settings.listen = self.listen.into();
        settings.metrics_listen = self.metrics_listen;
        settings.variables.arguments = self.variables.into_iter().collect();
        settings.variables.environment = VariableSources::environment_of_process();
        settings.environment = self.environment.into_iter().collect();
        settings.cache_dir = self.cache_dir;
        if let Some(path) = self.runtime_config_file {
            runtime_config::read(&path).map_err(|e| e.to_string())?.apply(&mut settings);
        }
        let milliseconds = |to: &mut Duration, value: Option<u64>| {
            if let Some(value) = value {
                *to = Duration::from_millis(value);
            }
        };
        milliseconds(&mut settings.limits.cpu, self.limit_cpu);
        milliseconds(&mut settings.limits.response_head, self.limit_response);
        milliseconds(&mut settings.limits.total, self.limit_total);
        milliseconds(&mut settings.instances.idle_timeout, self.instance_idle_timeout);
        milliseconds(&mut settings.grace, self.grace.map(|s| s.saturating_mul(1000)));
        settings.limits.memory =
            self.limit_memory.map_or(settings.limits.memory, |m| m.saturating_mul(1 << 20));
        settings.limits.body = self.limit_body.unwrap_or(settings.limits.body);
        settings.limits.concurrent_requests =
            self.limit_requests.unwrap_or(settings.limits.concurrent_requests);
        settings.instances.max_requests =
            self.instance_reuse.unwrap_or(settings.instances.max_requests).max(1);
        settings.instances.concurrency =
            self.instance_concurrency.unwrap_or(settings.instances.concurrency).max(1);
        Ok(settings)
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let Command::Up(up) = Arguments::parse().command;
    let format = match up.log_format {
        Format::Json => LogFormat::Json,
        Format::Text => LogFormat::Text,
    };
    start_logs(format, std::env::var("RUST_LOG").ok().as_deref());
    let settings = match up.settings() {
        Ok(settings) => settings,
        Err(error) => return failure(&error),
    };
    let outcome =
        run(settings, runtime_shim::termination(), |addresses| println!("http://{}", addresses.http));
    match outcome.await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failure(&error.to_string()),
    }
}

fn failure(error: &str) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::FAILURE
}
