//! Reads the lists.

use list_rows::{ListRow, statement};
use task_model::scope;
use task_model::types::{Caller, ListQuery, TaskLists, ToolError};
use user_database::{
    DecodeError, FromRow, Name, Parameter, Row, Statement, UserDatabase, columns, parameters,
};

parameters! {
    struct SelectLists { archived }
}

columns! {
    struct ListedRow {
        /// Stands in every row and is the same in each.
        inbox_open_count: i64,
        list: ..FoundList,
    }
}

/// A list, if the row has one.
struct FoundList(Option<ListRow>);

impl FromRow for FoundList {
    const COLUMNS: Option<&'static [Name]> = Some(&[Name::One("found"), Name::columns_of::<ListRow>()]);

    fn from_row(row: &mut Row) -> Result<Self, DecodeError> {
        let found: bool = row.read("found")?;
        Ok(Self(if found { Some(ListRow::from_row(row)?) } else { None }))
    }
}

const STATEMENT: Statement<SelectLists, ListedRow> = statement!("select_lists.sql");

/// Lists the caller's lists in their order, each followed by those nested in it.
///
/// # Errors
/// Forbidden; unavailable or internal by the database.
pub async fn select_lists(caller: &Caller, input: ListQuery) -> Result<TaskLists, ToolError> {
    scope::require(caller, scope::READ)?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let parameters = SelectLists { archived: Parameter::Boolean(input.archived.unwrap_or(false)) };
    let rows = database.rows(&STATEMENT, parameters).await?;
    let mut lists = TaskLists { items: Vec::new(), inbox_open_count: 0 };
    for ListedRow { inbox_open_count, list: FoundList(list) } in rows {
        lists.inbox_open_count = u32::try_from(inbox_open_count).unwrap_or(u32::MAX);
        lists.items.extend(list.map(|ListRow(list)| list));
    }
    Ok(lists)
}
