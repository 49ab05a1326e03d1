//! Command line of the runtime shim.

use clap::{Parser, Subcommand};
use runtime_shim::observe::{LogFormat, start_logs};
use runtime_shim::{RunSettings, run};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

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
    Up(Up),
}

#[derive(clap::Args)]
struct Up {
    /// The app's manifest.
    #[arg(short = 'f', long = "from", visible_alias = "file", default_value = "spin.toml")]
    from: PathBuf,
    /// Where to take requests.
    #[arg(long, default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// Where to answer for metrics.
    #[arg(long)]
    metrics_listen: Option<SocketAddr>,
    /// A value for a variable, name=value.
    #[arg(long = "variable", value_parser = pair)]
    variables: Vec<(String, String)>,
    /// An environment variable for all components, name=value.
    #[arg(short, long = "env", value_parser = pair)]
    environment: Vec<(String, String)>,
    /// Folder for compiled code.
    #[arg(long, default_value = ".todo/cache")]
    cache_dir: PathBuf,
}

fn pair(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .ok_or_else(|| "must be name=value".to_owned())
}

#[tokio::main]
async fn main() -> ExitCode {
    let Command::Up(up) = Arguments::parse().command;
    start_logs(LogFormat::Text, std::env::var("RUST_LOG").ok().as_deref());
    let mut settings = RunSettings::new(up.from);
    settings.listen = up.listen;
    settings.metrics_listen = up.metrics_listen;
    settings.variables.arguments = up.variables.into_iter().collect();
    settings.variables.environment = runtime_shim::manifest::VariableSources::environment_of_process();
    settings.environment = up.environment.into_iter().collect();
    settings.cache_dir = up.cache_dir;
    let shutdown = async {
        // Without a handler the signal ends the process, which is what it asks for.
        let _ = tokio::signal::ctrl_c().await;
    };
    match run(settings, shutdown, |addresses| println!("http://{}", addresses.http)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
