//! A row as a task.

use jiff::Timestamp;
use jiff::civil::Date;
use task_model::recurrence::Series;
use task_model::types::{Recurrence, SubtaskCounts, Task};
use task_model::{due, instant, priority};
use user_database::{DecodeError, FromRow, Name, Row, columns};
use uuid::Uuid;

/// What a statement selects of a task: the one place that says in which form a column is read. Instants come as microseconds,
/// which a bigint holds exactly. The names are those of `Columns`, in the same order; names without a table, so that they may
/// come from anything that has the table's columns; the list's name and the counts of subtasks are looked up for the user whom `acting`
/// names. The counts are those before the statement ([`crate::Effect`]).
pub const TASK_COLUMNS: &str = "id, title, notes,
    due_on, (extract(epoch FROM due_at) * 1000000)::bigint AS due_at, due_offset, time_zone,
    priority, labels, list_id,
    CASE WHEN list_id IS NOT NULL THEN (
        SELECT lists.name FROM todo.lists
        WHERE lists.user_id = (SELECT acting.user_id FROM acting) AND lists.id = list_id
    ) END AS list,
    recurrence::text AS recurrence, parent_id,
    (SELECT ARRAY[count(*) - count(child_completed_at), count(child_completed_at)] FROM (
        SELECT tasks.parent_id AS child_of, tasks.completed_at AS child_completed_at FROM todo.tasks
        WHERE tasks.user_id = (SELECT acting.user_id FROM acting) AND tasks.parent_id IS NOT NULL AND tasks.deleted_at IS NULL
    ) AS child WHERE child_of = id HAVING count(*) > 0) AS subtasks,
    (extract(epoch FROM completed_at) * 1000000)::bigint AS completed_at, version,
    (extract(epoch FROM created_at) * 1000000)::bigint AS created_at,
    (extract(epoch FROM updated_at) * 1000000)::bigint AS updated_at";

columns! {
    /// The columns as PostgreSQL gives them.
    struct Columns {
        id: Uuid,
        title: String,
        notes: Option<String>,
        due_on: Option<(i32, u8, u8)>,
        due_at: Option<i64>,
        due_offset: Option<i32>,
        time_zone: Option<String>,
        priority: i16,
        labels: Vec<String>,
        list_id: Option<Uuid>,
        list: Option<String>,
        recurrence: Option<String>,
        parent_id: Option<Uuid>,
        /// Those that are open and those that are completed; none for a task that has none, which most are.
        subtasks: Option<Vec<i64>>,
        completed_at: Option<i64>,
        version: i64,
        created_at: i64,
        updated_at: i64,
    }
}

/// A row with the columns of a task ([`TASK_COLUMNS`]), read as one.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskRow(pub Task);

impl FromRow for TaskRow {
    const COLUMNS: Option<&'static [Name]> = Columns::COLUMNS;

    fn from_row(row: &mut Row) -> Result<Self, DecodeError> {
        let columns = Columns::from_row(row)?;
        Ok(Self(Task {
            id: columns.id.to_string(),
            due: due(row, columns.due_on, columns.due_at, columns.due_offset)?,
            title: columns.title,
            notes: columns.notes,
            time_zone: columns.time_zone,
            priority: priority::from_rank(columns.priority)
                .ok_or_else(|| row.invalid_value("priority", "no known rank"))?,
            labels: columns.labels,
            list_id: columns.list_id.map(|id| id.to_string()),
            list: columns.list,
            recurrence: columns.recurrence.map(|text| recurrence(row, &text)).transpose()?,
            parent_id: columns.parent_id.map(|id| id.to_string()),
            subtasks: columns.subtasks.map(|counts| subtasks(row, &counts)).transpose()?,
            completed_at: columns.completed_at.map(written),
            version: columns.version.try_into().map_err(|_| row.invalid_value("version", "negative"))?,
            created_at: written(columns.created_at),
            updated_at: written(columns.updated_at),
        }))
    }
}

fn due(
    row: &Row,
    day: Option<(i32, u8, u8)>,
    at: Option<i64>,
    offset: Option<i32>,
) -> Result<Option<String>, DecodeError> {
    match (day, at, offset) {
        (None, None, _) => Ok(None),
        (Some(parts), None, _) => match date(parts) {
            Some(date) => Ok(Some(date.to_string())),
            None => Err(row.invalid_value("due_on", "no day of the calendar")),
        },
        (None, Some(microseconds), Some(offset)) => match Timestamp::from_microsecond(microseconds) {
            Ok(at) => Ok(Some(due::written(at, offset))),
            Err(_) => Err(row.invalid_value("due_at", "out of range")),
        },
        _ => Err(row.invalid_value("due_at", "neither a day nor an instant with its offset")),
    }
}

fn recurrence(row: &Row, text: &str) -> Result<Recurrence, DecodeError> {
    // The library's words may quote the value.
    Series::from_text(text)
        .map(Recurrence::from)
        .map_err(|_| row.invalid_value("recurrence", "no series that this version knows"))
}

/// The counts of open and completed subtasks.
fn subtasks(row: &Row, counts: &[i64]) -> Result<SubtaskCounts, DecodeError> {
    let [open, completed] = counts else {
        return Err(row.invalid_value("subtasks", "not two counts"));
    };
    let count = |count: &i64| u32::try_from(*count).map_err(|_| row.invalid_value("subtasks", "no count"));
    Ok(SubtaskCounts { open: count(open)?, completed: count(completed)?, changed: 0 })
}

fn date((year, month, day): (i32, u8, u8)) -> Option<Date> {
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

fn written(microseconds: i64) -> String {
    instant::text(instant::at(microseconds))
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use task_model::types::Priority;
    use user_database::Value;

    use super::*;

    const SERIES: &str = r#"{"rule":"FREQ=WEEKLY","from":"due","zone":"UTC","exceptions":[],"words":"every week",
        "at":"2026-11-18","passed":0}"#;

    /// The values of a task in the order in which a statement answers them, with the names that `TASK_COLUMNS` gives them.
    fn row(change: impl Fn(&str, Value) -> Value) -> Row {
        let values = [
            Value::Uuid("01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f".to_owned()),
            Value::Str("milk".to_owned()),
            Value::DbNull,
            Value::DbNull,
            Value::Int64(1_795_000_000_000_000),
            Value::Int32(3_600),
            Value::Str("Europe/Berlin".to_owned()),
            Value::Int16(2),
            Value::ArrayStr(vec![Some("home".to_owned())]),
            Value::Uuid("01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e20".to_owned()),
            Value::Str("Home".to_owned()),
            Value::Str(SERIES.to_owned()),
            Value::DbNull,
            Value::ArrayInt64(vec![Some(2), Some(1)]),
            Value::DbNull,
            Value::Int64(3),
            Value::Int64(1_794_000_000_000_000),
            Value::Int64(1_794_500_000_000_000),
        ];
        let text = format!("SELECT {TASK_COLUMNS} FROM todo.tasks");
        let names: Vec<String> =
            sql_template::columns(&text).as_slice().iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(names.len(), values.len());
        let values = names.iter().zip(values).map(|(name, value)| change(name, value)).collect();
        Row::new("todo.tasks", Rc::from(names), values)
    }

    #[test]
    fn what_a_statement_selects_of_a_task_is_what_is_read() {
        let TaskRow(task) = TaskRow::from_row(&mut row(|_, value| value)).unwrap();
        assert_eq!(task.title, "milk");
        assert_eq!(task.due.as_deref(), Some("2026-11-18T12:06:40+01:00"));
        assert_eq!(task.priority, Priority::High);
        assert_eq!((task.version, task.completed_at), (3, None));
        assert_eq!(task.list.as_deref(), Some("Home"));
        assert_eq!(task.recurrence.unwrap().words, "every week");
        let subtasks = task.subtasks.unwrap();
        assert_eq!((subtasks.open, subtasks.completed, subtasks.changed), (2, 1, 0));
        assert!(task.created_at < task.updated_at);
    }

    #[test]
    fn a_row_that_no_task_has_is_refused_by_the_name_of_its_column() {
        for (column, wrong) in [
            ("priority", Value::Int16(9)),
            ("version", Value::Int64(-1)),
            ("recurrence", Value::Str("{}".to_owned())),
            ("subtasks", Value::ArrayInt64(vec![Some(1)])),
            ("due_offset", Value::DbNull),
            ("title", Value::DbNull),
        ] {
            let found =
                TaskRow::from_row(&mut row(|name, value| if name == column { wrong.clone() } else { value }));
            let named = if column == "due_offset" { "due_at" } else { column };
            assert_eq!(found.unwrap_err().column, named);
        }
    }
}
