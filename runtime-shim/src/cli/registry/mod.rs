//! `runtime-shim registry …`: the app as an OCI artifact.

mod access;
mod inspect;
mod login;
mod pack;
mod publish;
mod pull;
mod push;
mod source;
mod trust;
mod verify;

use clap::{Args, Subcommand};

pub use access::AccessFlags;
pub use source::fetch_if_referenced;
pub use trust::TrustFlags;

use super::CliError;

/// Moves apps to and from registries.
#[derive(Debug, Args)]
pub struct Registry {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Pack the app and push it.
    Push(push::Push),
    /// Fetch an app and unpack it, ready to run.
    Pull(pull::Pull),
    /// Pack the app into a folder, as a pull would leave it there.
    Pack(pack::Pack),
    /// Remember credentials for a registry.
    Login(login::Login),
    /// Say what an artifact consists of.
    Inspect(inspect::Inspect),
    /// Say whether an artifact is signed.
    Verify(verify::Verify),
    /// Publish components by themselves, for other apps.
    Publish(publish::Publish),
}

impl Registry {
    /// Runs the action.
    pub async fn run(self) -> Result<(), CliError> {
        match self.action {
            Action::Push(push) => push.run().await,
            Action::Pull(pull) => pull.run().await,
            Action::Pack(pack) => pack.run().await,
            Action::Login(login) => login.run().await,
            Action::Inspect(inspect) => inspect.run().await,
            Action::Verify(verify) => verify.run().await,
            Action::Publish(publish) => publish.run().await,
        }
    }
}
