//! The statements of the tools, as they stand in their files and as their components hold them, and literals for what they name.

use std::fs;
use std::path::Path;

use harness::repository;
use user_database::{FromRow, Parameters, Statement};

use crate::store::{Store, sorted};

/// A task of the user whose rows the tests look at.
pub const ID: &str = "'01900000-0100-7000-8000-00000000002a'";
/// Two of them.
pub const IDS: &str = "'{01900000-0100-7000-8000-00000000002a,01900000-0101-7000-8000-00000000002a}'";

/// A task to import.
const ENTRIES: &str = r#"'[{"id": "01900000-0100-7000-8000-0000000000ff", "title": "t", "title_key": "t", "due_by": "infinity",
    "priority": 3, "labels": [], "title_words": "", "label_words": "", "notes_words": ""}]'"#;
/// A list of that user.
pub const LIST: &str = "'01910000-0001-7000-8000-00000000002a'";

/// A literal for each parameter of a tool's statement. What a test is about it gives itself, in front of these.
const LITERALS: &[(&str, &str)] = &[
    ("id", ID),
    ("ids", IDS),
    ("expected_version", "NULL"),
    ("now", "'2026-06-01Z'"),
    ("request_id", "'r'"),
    ("limit", "10"),
    ("title", "'t'"),
    ("title_key", "'t'"),
    ("title_words", "''"),
    ("priority", "1"),
    ("labels", "'{}'"),
    ("label_words", "''"),
    ("sets_notes", "true"),
    ("notes", "NULL"),
    ("notes_words", "''"),
    ("sets_due", "true"),
    ("due_on", "NULL"),
    ("due_at", "NULL"),
    ("due_offset", "NULL"),
    ("time_zone", "NULL"),
    ("due_by", "'infinity'"),
    ("idempotency_key", "'k'"),
    ("fingerprint", "'f'"),
    ("max_tasks", "10000"),
    ("entries", ENTRIES),
    ("dry_run", "false"),
    ("is_deletion", "true"),
    ("today_starts", "'2026-06-01Z'"),
    ("today_ends", "'2026-06-02Z'"),
    ("upcoming_ends", "'2026-06-09Z'"),
    ("prefixes", "'''mil'':*'"),
    ("whole_words", "'''mil'''"),
    ("is_done", "false"),
    ("list_id", LIST),
    ("in_inbox", "NULL"),
    ("sets_list", "true"),
    ("name", "'n'"),
    ("colour", "'grey'"),
    ("sets_parent", "true"),
    ("parent_id", "NULL"),
    ("position", "'80'"),
    ("archived", "false"),
    ("max_lists", "200"),
    ("is_last", "false"),
    ("sets_recurrence", "true"),
    ("recurrence", "'{}'"),
    ("moves", "'[]'"),
    ("task_id", ID),
    ("at", "'2027-06-01Z'"),
    ("before_due_minutes", "NULL"),
    ("max_reminders", "20"),
    ("state", "'sent'"),
    ("transaction_id", "NULL"),
    ("may_delete", "true"),
];

/// A statement as PostgreSQL takes it, and what it names.
#[derive(Debug, Clone)]
pub struct Named {
    /// The statement, with numbers.
    pub sql: String,
    /// Its parameters behind the user, in the order of their numbers.
    pub parameters: Vec<String>,
}

impl<P: Parameters, R: FromRow> From<&Statement<P, R>> for Named {
    fn from(statement: &Statement<P, R>) -> Self {
        let parameters = statement.names().into_iter().map(str::to_owned).collect();
        Self { sql: statement.sql.clone().into_owned(), parameters }
    }
}

impl Named {
    /// A statement as its file has it.
    pub fn from_text(text: &str) -> Self {
        let text = text
            .replace("{task_columns}", task_rows::TASK_COLUMNS)
            .replace("{not_archived}", task_rows::NOT_ARCHIVED)
            .replace("{filters}", task_rows::FILTERS)
            .replace("{below}", task_rows::BELOW)
            .replace("{below_moved}", task_rows::BELOW_MOVED)
            .replace("{above}", task_rows::ABOVE)
            .replace("{list_columns}", list_rows::LIST_COLUMNS)
            .replace("{reminder_columns}", reminder_rows::REMINDER_COLUMNS)
            .replace("{yesterday}", task_actions::YESTERDAY)
            .replace("{is_recent}", task_actions::IS_RECENT)
            .replace("{action_summary}", task_actions::ACTION_SUMMARY)
            .replace("{action_columns}", task_actions::ACTION_COLUMNS);
        let names = sql_template::names(&text);
        assert_eq!(names.as_slice().first(), Some(&"user_id"), "{text}");
        let parameters = names.as_slice()[1..].iter().map(|name| (*name).to_owned()).collect();
        Self { sql: sql_template::numbered(&text), parameters }
    }

    /// Its literals in the order of the numbers behind the user's: those given, and otherwise any.
    pub fn literals<'a>(&self, given: &[(&str, &'a str)]) -> Vec<&'a str> {
        for (name, _) in given {
            assert!(self.parameters.iter().any(|parameter| parameter == name), "there is no :{name}");
        }
        let literal = |parameter: &String| {
            let found = given.iter().chain(LITERALS).find(|(name, _)| name == parameter);
            found.map(|(_, literal)| *literal).unwrap_or_else(|| {
                panic!(":{parameter} has no literal: give it one in tests/database/statement.rs")
            })
        };
        self.parameters.iter().map(literal).collect()
    }

    /// Runs it as the role of the tools with these literals, and any for what is not given.
    pub fn execute(&self, mode: &str, prefix: &str, given: &[(&str, &str)]) -> Result<String, String> {
        Store::shared().execute(mode, prefix, &self.sql, &self.literals(given))
    }
}

/// A statement of a tool, or of a crate that tools have in common.
pub fn statement(tool: &str, name: &str) -> Named {
    let folders =
        ["components/tools", "components/crates"].map(|folder| repository().join(folder).join(tool));
    let folder = folders.iter().find(|folder| folder.exists()).unwrap();
    let path = folder.join("src").join(format!("{name}.sql"));
    Named::from_text(&fs::read_to_string(path).unwrap())
}

/// All statements of tools that have one text, by their files' names.
pub fn list_statements_of_one_text() -> Vec<(String, Named)> {
    let read = |path: &Path| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, Named::from_text(&fs::read_to_string(path).unwrap()))
    };
    // Also what several tools have in common.
    let folders = ["components/tools", "components/crates/task-addition", "components/crates/list-rows"];
    let all: Vec<_> = folders.iter().flat_map(|folder| sorted(&repository().join(folder), ".sql")).collect();
    let read = all.iter().map(|path| read(path)).filter(|(_, statement)| !has_placeholders(&statement.sql));
    // One file that is filled for each of two tools.
    let turns = [("undo_action", &task_actions::UNDO), ("redo_action", &task_actions::REDO)];
    read.chain(turns.map(|(name, statement)| (name.to_owned(), statement.into()))).collect()
}

/// Whether a statement has placeholders that are filled while the tool runs, or for each variant of a filter.
fn has_placeholders(sql: &str) -> bool {
    let code = sql.lines().filter(|line| !line.starts_with("--")).collect::<String>().replace("'{}'", "");
    code.contains('{')
}
