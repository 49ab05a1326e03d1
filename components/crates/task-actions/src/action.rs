//! A row as an action.

use serde_json::Value;
use task_model::types::{Action, ActionKind, ActionTask};
use task_model::{Named, instant};
use user_database::{DecodeError, FromRow, Name, Row, columns};
use uuid::Uuid;

/// What a statement selects of an action. `tasks` is no column of the table: what is selected from has to have it, as an array of
/// objects with `id` and `title`.
pub const ACTION_COLUMNS: &str = "id, kind, task_count, tasks::text AS tasks,
    (extract(epoch FROM recorded_at) * 1000000)::bigint AS recorded_at, undone_at IS NOT NULL AS undone, can_be_undone";

columns! {
    /// The columns as PostgreSQL gives them.
    struct Columns {
        id: Uuid,
        kind: String,
        task_count: i32,
        tasks: String,
        recorded_at: i64,
        undone: bool,
        can_be_undone: bool,
    }
}

/// A row with the columns of an action ([`ACTION_COLUMNS`]), read as one.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionRow(pub Action);

impl FromRow for ActionRow {
    const COLUMNS: Option<&'static [Name]> = Columns::COLUMNS;

    fn from_row(row: &mut Row) -> Result<Self, DecodeError> {
        let columns = Columns::from_row(row)?;
        Ok(Self(Action {
            id: columns.id.to_string(),
            kind: ActionKind::from_name(&columns.kind)
                .ok_or_else(|| row.invalid_value("kind", "no known kind"))?,
            count: columns
                .task_count
                .try_into()
                .map_err(|_| row.invalid_value("task_count", "out of range"))?,
            tasks: tasks(&columns.tasks).ok_or_else(|| row.invalid_value("tasks", "no tasks"))?,
            at: instant::text(instant::at(columns.recorded_at)),
            undone: columns.undone,
            undoable: columns.can_be_undone,
        }))
    }
}

fn tasks(text: &str) -> Option<Vec<ActionTask>> {
    let Ok(Value::Array(tasks)) = serde_json::from_str(text) else { return None };
    let member = |task: &Value, name: &str| Some(task.get(name)?.as_str()?.to_owned());
    tasks
        .iter()
        .map(|task| Some(ActionTask { id: member(task, "id")?, title: member(task, "title")? }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_have_an_id_and_a_title_each() {
        let read = tasks(r#"[{"id": "1", "title": "Milk"}, {"id": "2", "title": "\"Tea\""}]"#).unwrap();
        assert_eq!(read.iter().map(|task| task.title.as_str()).collect::<Vec<_>>(), ["Milk", "\"Tea\""]);
        assert_eq!(tasks(r#"[{"id": "1"}]"#), None);
        assert_eq!(tasks("null"), None);
    }
}
