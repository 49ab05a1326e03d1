//! Packing the app.

use std::path::PathBuf;

use app_artifact::folder::write_artifact;
use app_artifact::{Artifact, pack::Files};
use app_manifest::Manifest;
use app_packing::{Compose, PackSettings, annotations, pack};
use clap::{ArgAction, Args};

use crate::cli::flags::{AppFlags, pair};
use crate::cli::{CliError, build};

/// How the app is packed.
#[derive(Debug, Clone, Args)]
pub struct PackFlags {
    /// Build what is stale first
    #[arg(long)]
    build: bool,
    /// Compose components with their dependencies; otherwise the host that runs them does
    #[arg(long, action = ArgAction::Set, default_value_t = false, default_missing_value = "true", num_args = 0..=1, require_equals = true)]
    compose: bool,
    /// Keep the files of a component in one layer rather than in one each
    #[arg(long)]
    archive_layers: bool,
    /// A word about the artifact, such as org.opencontainers.image.revision=…
    #[arg(long = "annotation", value_name = "NAME=VALUE", value_parser = pair)]
    annotations: Vec<(String, String)>,
    /// When it was made, in seconds since 1970: the commit's time, so that it can be made again the same
    #[arg(long, value_name = "S", env = "SOURCE_DATE_EPOCH")]
    source_date_epoch: Option<i64>,
}

impl PackFlags {
    /// The app that `app` names, packed.
    pub async fn pack(&self, app: &AppFlags) -> Result<(Manifest, Artifact), CliError> {
        let (manifest, _) = app.read()?;
        if self.build {
            build::build(&manifest, app, build::Which::Stale).await?;
        }
        let components = build::missing(&manifest);
        if !components.is_empty() {
            return Err(CliError::NotBuilt { components });
        }
        let settings = PackSettings {
            compose: if self.compose { Compose::Composed } else { Compose::Apart },
            files: if self.archive_layers { Files::Archived } else { Files::Apart },
            annotations: annotations(&manifest, self.source_date_epoch, self.annotations.iter().cloned()),
        };
        let artifact = pack(&manifest, &settings)?;
        Ok((manifest, artifact))
    }
}

/// Packs into a folder.
#[derive(Debug, Args)]
pub struct Pack {
    #[command(flatten)]
    app: AppFlags,
    #[command(flatten)]
    pack: PackFlags,
    /// The folder; `up -f` runs it
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
}

impl Pack {
    pub async fn run(self) -> Result<(), CliError> {
        let (_, artifact) = self.pack.pack(&self.app).await?;
        write_artifact(&artifact, &self.to)?;
        println!("{}", artifact.digest());
        Ok(())
    }
}
