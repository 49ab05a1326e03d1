//! Remembering credentials.

use std::io::Read as _;

use app_artifact::registry::{Credentials, Reference, Registry, save_login};
use clap::Args;

use super::access::AccessFlags;
use crate::cli::CliError;

/// Remembers who to be at a registry.
#[derive(Debug, Args)]
pub struct Login {
    /// Host and port of the registry
    registry: String,
    /// The user's name
    #[arg(short, long)]
    username: String,
    /// Read the password from standard input: on a command line, others could read it
    #[arg(long, required = true)]
    password_stdin: bool,
    #[command(flatten)]
    access: AccessFlags,
}

impl Login {
    /// Checks the credentials with the registry, then writes them where Docker does.
    pub async fn run(self) -> Result<(), CliError> {
        let mut password = String::new();
        std::io::stdin().read_to_string(&mut password).map_err(CliError::Password)?;
        let password = password.trim_end_matches(['\r', '\n']).to_owned();
        let name = self.registry.trim_start_matches("https://").trim_end_matches('/');
        let reference = Reference::with_tag(name.to_owned(), "login".to_owned(), "check".to_owned());
        let credentials = Credentials::Password { user: self.username.clone(), password: password.clone() };
        Registry::new(&reference, &self.access.reach(), credentials)?.check_credentials().await?;
        let file = save_login(reference.resolve_registry(), &self.username, &password)?;
        println!("credentials for {name} are in {}", file.display());
        Ok(())
    }
}
