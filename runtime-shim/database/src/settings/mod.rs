//! `runtime-shim.toml`: what a local run of an app is given. The shim itself knows nothing of any app.

mod check;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::DatabaseError;

/// Name of the settings file, beside the app's `spin.toml`.
pub const FILE_NAME: &str = "runtime-shim.toml";

/// The whole file. Everything in it is a default: what the operator gives wins.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LocalRun {
    /// The PostgreSQL database to provide; none when absent.
    pub database: Option<DatabaseSettings>,
    /// Secrets to make once and keep, by the variable that gets them.
    #[serde(default)]
    pub secrets: BTreeMap<String, SecretSettings>,
    /// Variable that tells the app where people reach it. It is given no value: without one the app is for this machine alone,
    /// and a run that takes requests from elsewhere says that it is missing.
    pub public_url: Option<VariableName>,
    /// What the run calls by its clock.
    #[serde(default)]
    pub schedule: Vec<ScheduleSettings>,
}

/// `[[schedule]]`: a `POST` to the app itself, made again and again.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ScheduleSettings {
    /// The path that is called.
    pub path: String,
    /// How many seconds after a call the next one is due.
    pub every_seconds: u64,
    /// The variable whose value is sent as a bearer token. While it has none, nothing is called.
    pub bearer: Option<String>,
}

/// `[database]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DatabaseSettings {
    /// Where it runs when no `--database-url` is given.
    #[serde(default)]
    pub kind: DatabaseKind,
    /// Name of the embedded database.
    pub name: String,
    /// Folder of the migrations, relative to the settings file.
    pub migrations: PathBuf,
    /// What the names of the app's audit log begin with ([`crate::audit`]), such as `todo.audit`; none when absent.
    pub audit: Option<String>,
    /// Variables that get its address.
    pub variables: AddressVariables,
    /// Roles the components sign in as, by role name.
    #[serde(default)]
    pub roles: BTreeMap<String, RoleSettings>,
}

/// Where the database of a local run is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DatabaseKind {
    /// On a server of the app's own that the shim starts.
    #[default]
    Embedded,
    /// On a server: `--database-url` must be given.
    Server,
}

/// `[database.variables]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AddressVariables {
    /// Gets the host. When the operator gives host, port or name, no database is provided.
    pub host: String,
    /// Gets the port.
    pub port: Option<String>,
    /// Gets the name of the database.
    pub name: Option<String>,
    /// Gets the query of the URL, such as `sslmode=disable`.
    pub params: Option<String>,
}

/// `[database.roles.<role>]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RoleSettings {
    /// Variable that gets the role's password.
    pub password: String,
}

/// `[secrets.<variable>]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SecretSettings {
    /// How many random bytes; the value is twice as many hexadecimal digits.
    #[serde(default = "default_secret_bytes")]
    pub bytes: usize,
}

/// A table that names a variable.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct VariableName {
    /// The variable.
    pub variable: String,
}

fn default_secret_bytes() -> usize {
    32
}

impl LocalRun {
    /// Reads [`FILE_NAME`] in `folder`; an app without the file is given nothing.
    ///
    /// # Errors
    /// [`DatabaseError::Settings`] with the place: unknown keys, wrong types, impossible values.
    pub fn read(folder: &Path) -> Result<Self, DatabaseError> {
        let file = folder.join(FILE_NAME);
        let wrong = |reason: String| DatabaseError::Settings { file: file.clone(), reason };
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(wrong(error.to_string())),
        };
        Self::parse(&text).map_err(wrong)
    }

    fn parse(text: &str) -> Result<Self, String> {
        let settings: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        settings.check()?;
        Ok(settings)
    }

    /// All variables that a local run may set, in no order.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        let address = self.database.iter().flat_map(|database| {
            let AddressVariables { host, port, name, params } = &database.variables;
            let roles = database.roles.values().map(|role| role.password.as_str());
            std::iter::once(host.as_str())
                .chain([port, name, params].into_iter().flatten().map(String::as_str))
                .chain(roles)
        });
        let url = self.public_url.iter().map(|url| url.variable.as_str());
        address.chain(self.secrets.keys().map(String::as_str)).chain(url)
    }
}

#[cfg(test)]
mod tests;
