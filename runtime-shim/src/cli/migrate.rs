//! `runtime-shim migrate up|down|status`.

use std::collections::BTreeMap;
use std::time::Duration;

use app_database::Request;
use app_database::migrate::{Down, Migrations, Ran};
use app_database::provision;
use app_database::server::ServerUrl;
use app_database::settings::{DatabaseSettings, RoleSettings};
use clap::{Args, Subcommand};
use sqlx::PgConnection;

use super::CliError;
use super::flags::{AppFlags, DataFlags, VariableFlags, given};

/// Changes the schema as the owner of the database.
#[derive(Debug, Args)]
pub struct Migrate {
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
    /// Apply what is missing.
    Up {
        /// Stop after this version
        #[arg(long, value_name = "VERSION")]
        to: Option<i64>,
        /// Also let the app's roles sign in, with the passwords given as variables
        #[arg(long)]
        roles: bool,
        /// Set those passwords even where the app of another database on the server signs in with the same roles
        #[arg(long, requires = "roles")]
        share_roles: bool,
        #[command(flatten)]
        variables: VariableFlags,
    },
    /// Undo the latest migration, with the data it holds.
    Down {
        /// Undo this many
        #[arg(long, value_name = "N", default_value_t = 1, conflicts_with = "to")]
        steps: usize,
        /// Undo everything after this version; 0 undoes all
        #[arg(long, value_name = "VERSION")]
        to: Option<i64>,
    },
    /// List all migrations and where they stand.
    Status,
}

impl Migrate {
    /// Runs the action.
    pub async fn run(self) -> Result<(), CliError> {
        let (_, settings) = self.app.read()?;
        let Some(database) = &settings.database else {
            return Err(CliError::NoDatabase { file: self.app.settings_file() });
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
        let migrations = Migrations::read(&app_folder.join(&database.migrations)).await?;
        let opened = request.open(database).await?;
        let result = async {
            let mut owner = opened.owner.connect_within(Duration::from_secs(self.wait)).await?;
            self.action.run(&migrations, database, &opened.owner, &mut owner).await
        };
        let result = result.await;
        if let Some(embedded) = opened.embedded {
            embedded.stop().await;
        }
        result
    }
}

impl Action {
    async fn run(
        self,
        migrations: &Migrations,
        database: &DatabaseSettings,
        server: &ServerUrl,
        owner: &mut PgConnection,
    ) -> Result<(), CliError> {
        match self {
            Self::Up { to, roles, share_roles, variables } => {
                // Refused before anything is written, or tables would be left behind.
                let mut to_set = Vec::new();
                if roles {
                    for (role, password) in passwords(database, &given(&variables.sources()))? {
                        let set = share_roles
                            || provision::may_set_password(server, owner, role, &password).await?;
                        to_set.push((role, set.then_some(password)));
                    }
                }
                report("applied", &migrations.up(owner, to).await?);
                for (role, password) in to_set {
                    if let Some(password) = password {
                        provision::let_sign_in(owner, role, &password).await?;
                    }
                    println!("{role} can sign in");
                }
            }
            Self::Down { steps, to } => {
                let down = to.map_or(Down::Steps(steps), Down::To);
                report("undone", &migrations.down(owner, down).await?);
            }
            Self::Status => {
                for state in migrations.status(owner).await? {
                    println!("{}  {:<13}  {}", state.version, state.standing, state.description);
                }
            }
        }
        Ok(())
    }
}

/// Roles with the passwords that the variables give them.
fn passwords<'a>(
    database: &'a DatabaseSettings,
    given: &BTreeMap<String, String>,
) -> Result<Vec<(&'a String, String)>, CliError> {
    let with_password = |(role, settings): (&'a String, &'a RoleSettings)| {
        let missing = || CliError::NoPassword { role: role.clone(), variable: settings.password.clone() };
        given.get(&settings.password).map(|password| (role, password.clone())).ok_or_else(missing)
    };
    database.roles.iter().map(with_password).collect()
}

fn report(done: &str, ran: &[Ran]) {
    if ran.is_empty() {
        println!("nothing to do");
    }
    for ran in ran {
        println!("{done} {} {} in {:.0?}", ran.version, ran.description, ran.took);
    }
}
