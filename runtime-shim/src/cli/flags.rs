//! Flags that several subcommands share.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use app_database::embedded::{MAVEN_CENTRAL, ProgramSource};
use app_database::settings::{FILE_NAME, LocalRun};
use app_manifest::{Manifest, VariableSources};
use clap::{Args, ValueEnum};
use locked_app::LOCKED;
use runtime_engine::CodeTarget;

use super::CliError;

/// Folder beside the manifest for data, secrets and compiled code.
const DATA_FOLDER: &str = ".runtime-shim";

/// Which app.
#[derive(Debug, Clone, Args)]
pub struct AppFlags {
    /// The app: its manifest, the folder it is in, an unpacked artifact; for `up` also an artifact in a registry
    #[arg(
        global = true,
        short = 'f',
        long = "from",
        visible_alias = "file",
        value_name = "PATH",
        default_value = "spin.toml"
    )]
    pub from: PathBuf,
}

impl AppFlags {
    /// The manifest file: `spin.toml`, or the locked app of an unpacked artifact.
    pub fn manifest(&self) -> PathBuf {
        let locked = self.from.join(LOCKED);
        match self.from.is_dir() {
            true if locked.is_file() => locked,
            true => self.from.join("spin.toml"),
            false => self.from.clone(),
        }
    }

    /// The folder of the manifest.
    pub fn folder(&self) -> PathBuf {
        match self.manifest().parent() {
            Some(folder) if folder != Path::new("") => folder.to_path_buf(),
            _ => PathBuf::from("."),
        }
    }

    /// Manifest and settings, checked against each other.
    pub fn read(&self) -> Result<(Manifest, LocalRun), CliError> {
        let manifest = app_manifest::read(&self.manifest())?;
        let settings = LocalRun::read(&self.folder())?;
        let unknown = settings.variables().find(|variable| !manifest.variables.contains_key(*variable));
        if let Some(variable) = unknown.map(str::to_owned) {
            return Err(CliError::UnknownVariable { file: self.settings_file(), variable });
        }
        Ok((manifest, settings))
    }

    /// Where the settings are, if the app has any.
    pub fn settings_file(&self) -> PathBuf {
        self.folder().join(FILE_NAME)
    }
}

/// Where things are kept, and which database to use.
#[derive(Debug, Clone, Args)]
pub struct DataFlags {
    /// Folder for the data of the embedded database and generated secrets [default: .runtime-shim beside the manifest]
    #[arg(global = true, long, value_name = "FOLDER", env = "RUNTIME_SHIM_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// PostgreSQL to use instead of a server that is started for this run, as the owner of the database:
    /// postgres://owner:password@host:5432/name
    #[arg(
        global = true,
        long,
        value_name = "URL",
        env = "RUNTIME_SHIM_DATABASE_URL",
        hide_env_values = true
    )]
    pub database_url: Option<String>,
    /// Folder with PostgreSQL's server programs for the embedded database, 15 or newer [default: those installed here, or
    /// else an archive that is downloaded once]
    #[arg(global = true, long, value_name = "FOLDER", env = "RUNTIME_SHIM_POSTGRES_PROGRAMS")]
    pub postgres_programs: Option<PathBuf>,
    /// Maven repository with those archives: a mirror, where Maven Central cannot be reached
    #[arg(
        global = true,
        long,
        value_name = "URL",
        env = "RUNTIME_SHIM_POSTGRES_REPOSITORY",
        hide_env_values = true,
        default_value = MAVEN_CENTRAL
    )]
    pub postgres_repository: String,
}

impl DataFlags {
    /// Where the embedded database's programs come from.
    pub fn programs(&self) -> ProgramSource {
        let (folder, repository) = (self.postgres_programs.clone(), self.postgres_repository.clone());
        ProgramSource { folder, repository, ..ProgramSource::default() }
    }

    /// The data folder.
    pub fn folder(&self, app: &AppFlags) -> PathBuf {
        self.data_dir.clone().unwrap_or_else(|| default_data_folder(app))
    }
}

/// Where everything goes that no flag puts elsewhere.
pub fn default_data_folder(app: &AppFlags) -> PathBuf {
    app.folder().join(DATA_FOLDER)
}

/// Values the operator gives.
#[derive(Debug, Clone, Args)]
pub struct VariableFlags {
    /// A value for a variable of the app, also as SPIN_VARIABLE_<NAME>
    #[arg(long = "variable", value_name = "NAME=VALUE", value_parser = pair)]
    pub variables: Vec<(String, String)>,
}

impl VariableFlags {
    /// All sources of this process.
    pub fn sources(&self) -> VariableSources {
        VariableSources {
            arguments: self.variables.iter().cloned().collect(),
            environment: VariableSources::environment_of_process(),
            ..VariableSources::default()
        }
    }
}

/// What code is compiled for.
#[derive(Debug, Clone, Args)]
pub struct TargetCpu {
    /// Processors compiled code is for; with x86-64-v3, code compiled on one such machine is found on another
    #[arg(long, value_enum, default_value = "native", env = "RUNTIME_SHIM_TARGET_CPU")]
    target_cpu: Cpu,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Cpu {
    /// This machine's
    Native,
    /// Level 3 of the x86-64 psABI
    #[value(name = "x86-64-v3")]
    X86_64V3,
}

impl TargetCpu {
    /// As the engine takes it.
    pub fn code(&self) -> CodeTarget {
        match self.target_cpu {
            Cpu::Native => CodeTarget::Native,
            Cpu::X86_64V3 => CodeTarget::X86_64V3,
        }
    }
}

/// All values the operator has given, by variable.
pub fn given(sources: &VariableSources) -> BTreeMap<String, String> {
    let mut given = sources.runtime_config.clone();
    given.extend(sources.environment.clone());
    given.extend(sources.arguments.clone());
    given
}

/// Reads `name=value`.
pub fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("must be name=value".to_owned()),
    }
}
