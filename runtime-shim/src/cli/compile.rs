//! `runtime-shim compile`: code for runs to come, on this machine or others.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use runtime_shim::{RunError, RunSettings, precompile};

use super::CliError;
use super::flags::{AppFlags, TargetCpu};

/// Compiles what a later `up --compiled-dir` loads.
#[derive(Debug, Args)]
pub struct Compile {
    #[command(flatten)]
    app: AppFlags,
    /// Folder to put compiled code into
    #[arg(long, value_name = "FOLDER")]
    into: PathBuf,
    #[command(flatten)]
    target: TargetCpu,
}

impl Compile {
    /// Compiles.
    pub fn run(self) -> Result<(), CliError> {
        let started = Instant::now();
        let mut settings = RunSettings::new(self.app.manifest());
        settings.cache_dir = self.into;
        settings.code = self.target.code();
        let components = precompile(&settings).map_err(RunError::from)?;
        println!("compiled {components} components in {:.1} s", started.elapsed().as_secs_f64());
        Ok(())
    }
}
