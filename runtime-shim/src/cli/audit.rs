//! `runtime-shim audit verify`.

use std::path::PathBuf;
use std::time::Duration;

use app_database::Request;
use app_database::audit::{self, ChainEnd, Verified};
use clap::{Args, Subcommand};

use super::CliError;
use super::flags::{AppFlags, DataFlags};

/// Reads the audit log as the owner of the database.
#[derive(Debug, Args)]
pub struct Audit {
    #[command(flatten)]
    app: AppFlags,
    #[command(flatten)]
    data: DataFlags,
    /// Seconds to wait for a database that is not there yet
    #[arg(global = true, long, value_name = "S", default_value_t = 0)]
    wait: u64,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Check that every event is there and as it was recorded; fail with the first that is not.
    Verify {
        /// What this command said before: also check that the log goes on from there
        #[arg(long, value_name = "FILE")]
        since: Option<PathBuf>,
    },
}

impl Action {
    /// Where the chains ended before.
    fn before(&self) -> Result<Vec<ChainEnd>, CliError> {
        let Self::Verify { since } = self;
        let Some(file) = since else { return Ok(Vec::new()) };
        let unreadable = |reason: String| CliError::EarlierLog { file: file.clone(), reason };
        let text = std::fs::read_to_string(file).map_err(|error| unreadable(error.to_string()))?;
        let ends: Vec<ChainEnd> = text.lines().filter_map(|line| line.parse().ok()).collect();
        if ends.is_empty() { Err(unreadable("no chain is named in it".to_owned())) } else { Ok(ends) }
    }
}

impl Audit {
    /// Runs the action.
    pub async fn run(self) -> Result<(), CliError> {
        let (_, settings) = self.app.read()?;
        let Some(database) = &settings.database else {
            return Err(CliError::NoDatabase { file: self.app.settings_file() });
        };
        let Some(name) = &database.audit else {
            return Err(CliError::NoAuditLog { file: self.app.settings_file() });
        };
        let (app_folder, data_folder) = (self.app.folder(), self.data.folder(&self.app));
        let programs = self.data.programs();
        let request = Request {
            settings: &settings,
            app_folder: &app_folder,
            data_folder: &data_folder,
            database_url: self.data.database_url.as_deref(),
            programs: &programs,
            given: &Default::default(),
        };
        let before = self.action.before()?;
        let opened = request.open(database).await?;
        let result = async {
            let mut owner = opened.owner.connect_within(Duration::from_secs(self.wait)).await?;
            audit::verify(&mut owner, name, &before).await
        };
        let result = result.await;
        if let Some(embedded) = opened.embedded {
            embedded.stop().await;
        }
        report(&result??);
        Ok(())
    }
}

fn report(verified: &Verified) {
    let Verified { events, without_details, chains } = verified;
    println!("{events} events are as they were recorded; the details of {without_details} were erased");
    for end in chains.iter().filter(|end| end.end > 0) {
        println!("{end}");
    }
}
