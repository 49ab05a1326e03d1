//! Why a command failed, in words that say what to do next.

use std::path::PathBuf;

use app_database::DatabaseError;
use app_manifest::ManifestError;
use runtime_shim::RunError;
use runtime_shim::runtime_config::RuntimeConfigError;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The app's manifest.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// The runtime config file.
    #[error(transparent)]
    RuntimeConfig(#[from] RuntimeConfigError),
    /// The app's database.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The run.
    #[error(transparent)]
    Run(#[from] RunError),
    /// A registry.
    #[error(transparent)]
    Registry(#[from] app_artifact::registry::RegistryError),
    /// What came from a registry.
    #[error(transparent)]
    Store(#[from] app_artifact::store::StoreError),
    /// An artifact on this machine.
    #[error(transparent)]
    Folder(#[from] app_artifact::folder::FolderError),
    /// Packing the app.
    #[error(transparent)]
    Pack(#[from] app_packing::PackError),
    /// A signature that is asked for.
    #[error(transparent)]
    Trust(#[from] app_artifact::registry::TrustError),
    /// A key.
    #[error(transparent)]
    Key(#[from] app_artifact::sign::KeyError),
    /// What the app is built from.
    #[error("{0}. Push with --no-sbom to go without")]
    Crates(#[from] app_artifact::sbom::CratesError),
    /// Writing that down.
    #[error(transparent)]
    Sbom(#[from] app_artifact::sbom::SbomError),
    /// It is not attached.
    #[error("{0} has no list of what it is made of attached")]
    NoSbom(String),
    /// A component or package of interfaces that cannot be published by itself.
    #[error("{what}: {error}")]
    Package {
        /// Which.
        what: String,
        /// Why.
        error: app_artifact::package::PackageError,
    },
    /// An id that is none.
    #[error("the manifest has no component {0:?}")]
    NoComponent(String),
    /// Remembering credentials.
    #[error(transparent)]
    Login(#[from] app_artifact::registry::LoginError),
    /// Standard input holds no password.
    #[error("cannot read the password: {0}")]
    Password(std::io::Error),
    /// The settings file names a variable the app does not have.
    #[error("{}: the manifest declares no variable {variable:?}", file.display())]
    UnknownVariable {
        /// The settings file.
        file: PathBuf,
        /// The name.
        variable: String,
    },
    /// The app asks for no database.
    #[error("this app has no [database] in {}", file.display())]
    NoDatabase {
        /// The settings file.
        file: PathBuf,
    },
    /// The app keeps no audit log that can be verified.
    #[error("this app names no audit log in {}", file.display())]
    NoAuditLog {
        /// The settings file.
        file: PathBuf,
    },
    /// What was said of the audit log before can't be read.
    #[error("{}: {reason}", file.display())]
    EarlierLog {
        /// The file.
        file: PathBuf,
        /// Why.
        reason: String,
    },
    /// The audit log is not what was recorded.
    #[error("the audit log is broken: {0}")]
    BrokenLog(#[from] app_database::audit::BrokenLogError),
    /// A role's password is needed and was not given.
    #[error("role {role} needs a password: give --variable {variable}=… or SPIN_VARIABLE_{}", variable.to_uppercase())]
    NoPassword {
        /// The role.
        role: String,
        /// The variable that holds its password.
        variable: String,
    },
    /// A build command failed.
    #[error("`{command}` failed ({status}); the app was not started")]
    Build {
        /// The command.
        command: String,
        /// How it ended.
        status: String,
    },
    /// A component that was asked for has no build command, or is none.
    #[error("there is no component \"{0}\" with a build command")]
    NotBuildable(String),
    /// A program is missing.
    #[error("cannot run `{program}`: {source}. {hint}")]
    Program {
        /// Its name.
        program: String,
        /// From the operating system.
        source: std::io::Error,
        /// How to get it.
        hint: &'static str,
    },
    /// WebAssembly is missing and was not to be built.
    #[error("not built: {}. Run without --no-build, or `runtime-shim build`", components.join(", "))]
    NotBuilt {
        /// The components.
        components: Vec<String>,
    },
    /// A glob pattern that cannot be read.
    #[error("component {component}: build.watch: {reason}")]
    Watch {
        /// The component.
        component: String,
        /// What is wrong with the pattern.
        reason: String,
    },
}
