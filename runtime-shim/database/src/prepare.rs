//! From settings to a database the app can use, and the variables that lead there.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use sqlx::{Connection, PgConnection};
use tokio::task::JoinSet;

use crate::embedded::{Embedded, ProgramSource};
use crate::migrate::{Migrations, Ran};
use crate::secrets::SecretStore;
use crate::server::ServerUrl;
use crate::settings::{DatabaseKind, DatabaseSettings, LocalRun};
use crate::{DatabaseError, provision};

/// The file in the folder of secrets with the password of the owner of the embedded database; no variable has such a name.
const OWNER_SECRET: &str = "postgres-owner";

/// What is known before a run.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// What the app asks for.
    pub settings: &'a LocalRun,
    /// Where the settings file is; paths in it start here.
    pub app_folder: &'a Path,
    /// Where data and secrets are kept.
    pub data_folder: &'a Path,
    /// The owner's URL of a server to use instead of one of the app's own.
    pub database_url: Option<&'a str>,
    /// PostgreSQL's programs for a server of the app's own.
    pub programs: &'a ProgramSource,
    /// Variables the operator has given; they win.
    pub given: &'a BTreeMap<String, String>,
}

/// What a run is given.
#[derive(Debug, Default)]
pub struct Prepared {
    /// Values for variables the operator has not given.
    pub variables: BTreeMap<String, String>,
    /// The server that was started, to be stopped at the end.
    pub embedded: Option<Embedded>,
    /// What kind of database it is and where; nothing when none is provided.
    pub database: Option<String>,
    /// Migrations that were applied just now.
    pub migrated: Vec<Ran>,
    /// What took how long.
    pub stages: Vec<(&'static str, Duration)>,
}

/// A database with its owner's address.
pub struct Opened {
    /// The server that was started for it, if one was.
    pub embedded: Option<Embedded>,
    /// How the owner reaches it.
    pub owner: ServerUrl,
}

impl Request<'_> {
    /// Whether the operator brings the database by its variables, and with it everything else: then nothing is
    /// provided, so that no replica makes up a secret of its own. With an owner's URL as well there is something to
    /// prepare, and the variables only say how the components get there (through a pooler, say).
    pub fn is_operated(&self) -> bool {
        let Some(database) = &self.settings.database else { return false };
        let address = &database.variables;
        let place = [Some(&address.host), address.port.as_ref(), address.name.as_ref()];
        self.database_url.is_none()
            && place.into_iter().flatten().any(|variable| self.given.contains_key(variable))
    }

    /// Starts or finds the database, migrates it, lets the roles sign in, and collects the variables.
    ///
    /// # Errors
    /// See [`DatabaseError`]. A server that was started is stopped again.
    pub async fn prepare(&self) -> Result<Prepared, DatabaseError> {
        let mut prepared = Prepared::default();
        // An app that asks for nothing gets nothing, and nothing is written for it: an artifact on a read-only disk.
        let asks = self.settings.database.is_some() || !self.settings.secrets.is_empty();
        if !asks || self.is_operated() {
            return Ok(prepared);
        }
        let secrets = self.secrets()?;
        for (variable, secret) in &self.settings.secrets {
            if !self.given.contains_key(variable) {
                let made = secrets.get_or_create(variable, secret.bytes)?;
                prepared.variables.insert(variable.clone(), made.value);
            }
        }
        if let Some(database) = &self.settings.database {
            let started = Instant::now();
            let opened = self.open(database).await?;
            prepared.stages.push(("database", started.elapsed()));
            let filled = self.fill(database, &opened, &mut prepared).await;
            match (filled, opened.embedded) {
                (Ok(()), embedded) => prepared.embedded = embedded,
                (Err(error), Some(embedded)) => {
                    embedded.stop().await;
                    return Err(error);
                }
                (Err(error), None) => return Err(error),
            }
        }
        Ok(prepared)
    }

    /// Starts a server, or takes the one that is named.
    ///
    /// # Errors
    /// See [`DatabaseError`].
    pub async fn open(&self, database: &DatabaseSettings) -> Result<Opened, DatabaseError> {
        match (self.database_url, database.kind) {
            (Some(url), _) => Ok(Opened { embedded: None, owner: ServerUrl::parse(url)? }),
            (None, DatabaseKind::Server) => Err(DatabaseError::ServerNotNamed),
            (None, DatabaseKind::Embedded) => {
                let password = self.secrets()?.get_or_create(OWNER_SECRET, 32)?.value;
                let folder = self.data_folder.join("postgres");
                let embedded = Embedded::start(&folder, &database.name, &password, self.programs).await?;
                let owner = embedded.owner().clone();
                Ok(Opened { embedded: Some(embedded), owner })
            }
        }
    }

    fn secrets(&self) -> Result<SecretStore, DatabaseError> {
        SecretStore::open(self.data_folder.join("secrets"))
    }

    async fn fill(
        &self,
        database: &DatabaseSettings,
        opened: &Opened,
        prepared: &mut Prepared,
    ) -> Result<(), DatabaseError> {
        let started = Instant::now();
        let mut owner = opened.owner.connect().await?;
        let migrations = Migrations::read(&self.app_folder.join(&database.migrations)).await?;
        prepared.migrated = migrations.up(&mut owner, None).await?;
        prepared.stages.push(("migrations", started.elapsed()));

        let started = Instant::now();
        self.provide_roles(database, opened, &mut owner, &mut prepared.variables).await?;
        let _closed = owner.close().await;
        prepared.stages.push(("roles", started.elapsed()));

        let server = &opened.owner;
        let variables = &database.variables;
        for (variable, value) in [
            (Some(&variables.host), server.host().to_owned()),
            (variables.port.as_ref(), server.port().to_string()),
            (variables.name.as_ref(), server.database().to_owned()),
            (variables.params.as_ref(), server.parameters().to_owned()),
        ] {
            if let Some(variable) = variable {
                prepared.variables.insert(variable.clone(), value);
            }
        }
        prepared.variables.retain(|variable, _| !self.given.contains_key(variable));
        prepared.database = Some(match &opened.embedded {
            Some(embedded) => embedded.to_string(),
            None => format!("PostgreSQL at {}:{}/{}", server.host(), server.port(), server.database()),
        });
        Ok(())
    }

    /// Passwords the roles can sign in with from now on. One the operator gave for a server is the operator's to set;
    /// for a server of the app's own nobody else would.
    async fn provide_roles(
        &self,
        database: &DatabaseSettings,
        opened: &Opened,
        owner: &mut PgConnection,
        variables: &mut BTreeMap<String, String>,
    ) -> Result<(), DatabaseError> {
        // Signing in takes most of the time, so all do it at once.
        let mut checks = JoinSet::new();
        for (role, settings) in &database.roles {
            let password = match self.given.get(&settings.password) {
                Some(given) if opened.embedded.is_some() => given.clone(),
                Some(_) => continue,
                // Roles belong to the whole server: every run with the same owner must come to the same password, or
                // each start would lock out the others.
                None => match opened.owner.derive_password(role) {
                    Some(derived) => derived,
                    None => self.secrets()?.get_or_create(&settings.password, 32)?.value,
                },
            };
            variables.insert(settings.password.clone(), password.clone());
            let (server, role) = (opened.owner.clone(), role.clone());
            checks.spawn(async move { (server.admits(&role, &password).await, role, password) });
        }
        while let Some(checked) = checks.join_next().await {
            // A check that was cut short is as good as one that failed.
            if let Ok((false, role, password)) = checked {
                provision::ensure_sign_in(&opened.owner, owner, &role, &password).await?;
            }
        }
        Ok(())
    }
}
