//! A row as an action.

use serde_json::Value;
use task_model::types::{Action, ActionKind, ActionTask};
use task_model::{Named, action, instant};
use user_database::{DecodeError, FromRow, Name, Row, columns};

/// The last transaction of the user that is older than an action can be.
pub const YESTERDAY: &str = "yesterday AS MATERIALIZED (
    SELECT coalesce((
        SELECT event.transaction_id FROM todo.task_events AS event
        WHERE event.user_id = (SELECT user_id FROM acting)
          AND event.transaction_id < pg_snapshot_xmax(pg_current_snapshot())
          AND event.occurred_at <= :now::text::timestamptz - interval '1 day'
        ORDER BY event.transaction_id DESC
        LIMIT 1
    ), '0') AS transaction_id
)";

/// Whether `event` is of an action of the last day, by index. After a database was restored in another server there are events whose
/// transactions are still to come there; they belong to no action.
pub const IS_RECENT: &str = "event.transaction_id > (SELECT transaction_id FROM yesterday)
      AND event.transaction_id < pg_snapshot_xmax(pg_current_snapshot())";

/// What the rows `event` of one transaction say of the action.
pub const ACTION_SUMMARY: &str = "count(*) AS task_count, min(event.occurred_at) AS recorded_at,
        bool_or(event.data ? 'is_final') AS is_final,
        -- The first of these that it did.
        (ARRAY['added', 'deleted', 'restored', 'completed', 'reopened', 'updated'])[min(CASE event.type
            WHEN 'todo.task.created' THEN 1 WHEN 'todo.task.deleted' THEN 2 WHEN 'todo.task.restored' THEN 3
            WHEN 'todo.task.completed' THEN 4 WHEN 'todo.task.reopened' THEN 5 ELSE 6 END)] AS kind";

/// What a statement selects of an action. What is selected from has [`ACTION_SUMMARY`], `undone`, and `tasks` as an array of objects with `id`
/// and `title`.
pub const ACTION_COLUMNS: &str =
    "transaction_id::text AS transaction_id, kind, task_count, tasks::text AS tasks,
    (extract(epoch FROM recorded_at) * 1000000)::bigint AS recorded_at, undone, is_final";

columns! {
    /// The columns as PostgreSQL gives them.
    struct Columns {
        transaction_id: String,
        kind: String,
        task_count: i64,
        tasks: String,
        recorded_at: i64,
        undone: bool,
        is_final: bool,
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
            id: columns
                .transaction_id
                .parse()
                .map(|transaction_id| action::id_of(transaction_id).to_string())
                .map_err(|_| row.invalid_value("transaction_id", "no number"))?,
            kind: ActionKind::from_name(&columns.kind)
                .ok_or_else(|| row.invalid_value("kind", "no known kind"))?,
            count: columns
                .task_count
                .try_into()
                .map_err(|_| row.invalid_value("task_count", "out of range"))?,
            tasks: tasks(&columns.tasks).ok_or_else(|| row.invalid_value("tasks", "no tasks"))?,
            at: instant::text(instant::at(columns.recorded_at)),
            undone: columns.undone,
            undoable: !columns.is_final,
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
