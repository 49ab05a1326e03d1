//! How a registry is reached.

use std::path::PathBuf;

use app_artifact::registry::{Reach, Reference, Registry, RegistryError, credentials_for};
use clap::Args;
use clap::builder::BoolishValueParser;

/// Flags of everything that talks to a registry. Each has a variable: in a cluster nobody writes the command line.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Registry")]
pub struct AccessFlags {
    /// Talk to the registry over plain HTTP
    #[arg(short = 'k', long, env = "RUNTIME_SHIM_REGISTRY_INSECURE", value_parser = BoolishValueParser::new())]
    pub insecure: bool,
    /// Authorities to trust beside the system's, as a PEM file
    #[arg(
        long = "registry-ca-file",
        visible_alias = "ca-file",
        value_name = "FILE",
        env = "RUNTIME_SHIM_REGISTRY_CA_FILE"
    )]
    pub ca_file: Option<PathBuf>,
}

impl AccessFlags {
    /// How to reach it.
    pub fn reach(&self) -> Reach {
        Reach { insecure: self.insecure, ca_file: self.ca_file.clone() }
    }

    /// The registry of `reference`, with the credentials in Docker's configuration.
    pub fn registry(&self, reference: &Reference) -> Result<Registry, RegistryError> {
        Registry::new(reference, &self.reach(), credentials_for(reference)?)
    }
}
