//! A database with the app's schema.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use harness::repository;
use scratch_postgres::ScratchPostgres;

/// The user whose rows the tests look at: one of those in `many_tasks.sql`.
pub const USER: &str = "00000000-0000-7000-8000-00000000002a";
/// Another one.
pub const STRANGER: &str = "00000000-0000-7000-8000-00000000002b";

const DATABASE: &str = "many";

/// A server whose database holds 200 users with 2,000 tasks each, shared by all tests.
pub struct Store(ScratchPostgres);

impl Store {
    /// The one store.
    pub fn shared() -> &'static Self {
        static STORE: OnceLock<Store> = OnceLock::new();
        STORE.get_or_init(|| {
            let server = ScratchPostgres::start().unwrap();
            server.create_database(DATABASE).unwrap();
            for migration in sorted(&repository().join("migrations"), ".up.sql") {
                server.sql(DATABASE, &fs::read_to_string(&migration).unwrap()).unwrap();
            }
            server.sql(DATABASE, include_str!("many_tasks.sql")).unwrap();
            // A plan that depends on which rows were sampled would be another one each time.
            server.sql(DATABASE, "ALTER DATABASE many SET default_statistics_target = 1000").unwrap();
            server
                .sql(DATABASE, "VACUUM ANALYZE todo.tasks, todo.lists, todo.task_occurrences, todo.reminders")
                .unwrap();
            Self(server)
        })
    }

    /// Runs SQL as the role of the tools; what it prints.
    pub fn as_app(&self, sql: &str) -> Result<String, String> {
        self.0.sql(DATABASE, &format!("SET ROLE todo_app; {sql}")).map_err(|error| error.to_string())
    }

    /// Runs SQL as the owner.
    pub fn as_owner(&self, sql: &str) -> String {
        self.0.sql(DATABASE, sql).unwrap()
    }

    /// Runs a statement as the role of the tools for this user, with these literals behind them in the order in which it names
    /// its parameters; the row it answers.
    pub fn run(&self, user: &str, statement: &str, literals: &str) -> String {
        let sql = sql_template::numbered(statement);
        self.as_app(&format!("PREPARE s AS {sql}; EXECUTE s('{user}', {literals})"))
            .unwrap_or_else(|error| panic!("{error}"))
    }

    /// An id that nobody has.
    pub fn new_id(&self) -> String {
        self.as_owner("SELECT gen_random_uuid()")
    }

    /// Runs a statement as the role of the tools with these literals for its parameters, in the order in which it names them, in
    /// front of them the user.
    pub fn execute(
        &self,
        mode: &str,
        prefix: &str,
        statement: &str,
        parameters: &[&str],
    ) -> Result<String, String> {
        let sql = sql_template::numbered(statement);
        let parameters = [&[&*format!("'{USER}'")], parameters].concat().join(", ");
        self.as_app(&format!(
            "SET plan_cache_mode = {mode}; PREPARE s AS {sql}; {prefix} EXECUTE s({parameters})"
        ))
    }
}

/// The files below a folder whose names end so, sorted.
pub fn sorted(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sorted(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}
