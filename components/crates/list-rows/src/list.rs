//! A row as a list.

use task_model::types::{ListColour, TaskList, ToolError};
use task_model::{Named, instant};
use user_database::{DecodeError, FromRow, Name, Row, columns};
use uuid::Uuid;

/// What a statement selects of a list. `open_count` is no column of the table: what is selected from has to have it.
pub const LIST_COLUMNS: &str = "id, name, colour, parent_id, position,
    (extract(epoch FROM archived_at) * 1000000)::bigint AS archived_at, open_count, version,
    (extract(epoch FROM created_at) * 1000000)::bigint AS created_at,
    (extract(epoch FROM updated_at) * 1000000)::bigint AS updated_at";

columns! {
    /// The columns as PostgreSQL gives them.
    struct Columns {
        id: Uuid,
        name: String,
        colour: String,
        parent_id: Option<Uuid>,
        position: String,
        archived_at: Option<i64>,
        open_count: i64,
        version: i64,
        created_at: i64,
        updated_at: i64,
    }
}

/// A row with the columns of a list ([`LIST_COLUMNS`]), read as one.
#[derive(Debug, Clone, PartialEq)]
pub struct ListRow(pub TaskList);

impl FromRow for ListRow {
    const COLUMNS: Option<&'static [Name]> = Columns::COLUMNS;

    fn from_row(row: &mut Row) -> Result<Self, DecodeError> {
        let columns = Columns::from_row(row)?;
        let written = |microseconds| instant::text(instant::at(microseconds));
        Ok(Self(TaskList {
            id: columns.id.to_string(),
            name: columns.name,
            colour: ListColour::from_name(&columns.colour)
                .ok_or_else(|| row.invalid_value("colour", "no known colour"))?,
            parent_id: columns.parent_id.map(|id| id.to_string()),
            position: columns.position,
            archived_at: columns.archived_at.map(written),
            open_count: columns
                .open_count
                .try_into()
                .map_err(|_| row.invalid_value("open_count", "out of range"))?,
            version: columns.version.try_into().map_err(|_| row.invalid_value("version", "negative"))?,
            created_at: written(columns.created_at),
            updated_at: written(columns.updated_at),
        }))
    }
}

columns! {
    /// What a change of one list answers; no row when there is no such list.
    pub struct ChangedList {
        /// Whether this statement changed it.
        changed: bool,
        /// The list as it is now.
        list: ..ListRow,
    }
}

/// What the answer of a change means where this version was expected.
///
/// # Errors
/// List not found; conflict with the version found.
pub fn changed_list(row: Option<ChangedList>, expected: Option<u64>) -> Result<TaskList, ToolError> {
    let ChangedList { changed, list: ListRow(list) } = row.ok_or(ToolError::ListNotFound)?;
    match expected {
        Some(expected) if !changed && expected != list.version => Err(ToolError::Conflict(list.version)),
        _ => Ok(list),
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use user_database::Value;

    use super::*;

    fn row(colour: &str, open: i64) -> Row {
        let names = [
            "id",
            "name",
            "colour",
            "parent_id",
            "position",
            "archived_at",
            "open_count",
            "version",
            "created_at",
            "updated_at",
        ];
        let values = vec![
            Value::Uuid("01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f".to_owned()),
            Value::Str("Home".to_owned()),
            Value::Str(colour.to_owned()),
            Value::DbNull,
            Value::Str("80".to_owned()),
            Value::DbNull,
            Value::Int64(open),
            Value::Int64(3),
            Value::Int64(1_794_000_000_000_000),
            Value::Int64(1_794_500_000_000_000),
        ];
        Row::new("todo.lists", Rc::from(names.map(str::to_owned)), values)
    }

    #[test]
    fn a_row_is_read_as_a_list_and_what_no_list_has_is_refused_by_name() {
        let ListRow(list) = ListRow::from_row(&mut row("teal", 2)).unwrap();
        assert_eq!((list.colour, list.open_count, list.archived_at), (ListColour::Teal, 2, None));
        assert_eq!(ListRow::from_row(&mut row("plaid", 2)).unwrap_err().column, "colour");
        assert_eq!(ListRow::from_row(&mut row("teal", -1)).unwrap_err().column, "open_count");
    }
}
