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

const MANY_TASKS: &str = include_str!("many_tasks.sql");

/// A database with the app's schema and rows of several users.
pub struct Store {
    server: ScratchPostgres,
    database: &'static str,
}

impl Store {
    /// The one that most tests share: 200 users with 2,000 tasks each.
    pub fn shared() -> &'static Self {
        static STORE: OnceLock<Store> = OnceLock::new();
        STORE.get_or_init(|| {
            let store = Self::with_rows("many", MANY_TASKS);
            // A plan that depends on which rows were sampled would be another one each time.
            store.as_owner("ALTER DATABASE many SET default_statistics_target = 1000");
            store.as_owner("VACUUM ANALYZE todo.tasks, todo.lists, todo.task_occurrences, todo.reminders");
            store
        })
    }

    /// One of [`USER`] and [`STRANGER`] alone, with 300 tasks each, for statements that read every row.
    pub fn with_two_users() -> Self {
        let rows = MANY_TASKS
            .replace("generate_series(1, 200) AS u", "generate_series(42, 43) AS u")
            .replace("generate_series(1, 2000) AS n", "generate_series(1, 300) AS n");
        let store = Self::with_rows("few", &rows);
        assert_eq!(store.as_owner("SELECT count(*), count(DISTINCT user_id) FROM todo.tasks"), "600|2");
        store
    }

    fn with_rows(database: &'static str, rows: &str) -> Self {
        let server = ScratchPostgres::start().unwrap();
        server.create_database(database).unwrap();
        for migration in sorted(&repository().join("migrations"), ".up.sql") {
            server.sql(database, &fs::read_to_string(&migration).unwrap()).unwrap();
        }
        server.sql(database, rows).unwrap();
        Self { server, database }
    }

    /// Runs SQL as the role of the tools; what it prints.
    pub fn as_app(&self, sql: &str) -> Result<String, String> {
        self.try_as_owner(&format!("SET ROLE todo_app; {sql}"))
    }

    /// Runs SQL as the owner.
    pub fn as_owner(&self, sql: &str) -> String {
        self.try_as_owner(sql).unwrap()
    }

    /// Runs SQL as the owner, whom it may give another role; what it prints, or why it failed.
    pub fn try_as_owner(&self, sql: &str) -> Result<String, String> {
        self.server.sql(self.database, sql).map_err(|error| error.to_string())
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
