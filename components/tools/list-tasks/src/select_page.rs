//! Reads a page.

use task_model::cursor::{self, Position};
use task_model::types::{Caller, Task, TaskPage, TaskQuery, TaskSort, ToolError};
use task_model::{priority, scope};
use task_rows::{FilterParameters, TaskRow, filter_parameters, name_lists};
use user_database::{DecodeError, Parameter, UserDatabase};
use uuid::Uuid;

use crate::arguments::{self, Arguments};
use crate::filters::Filters;
use crate::page::{PageRow, SelectPage};
use crate::position;

/// Lists the caller's tasks, a page at a time.
///
/// # Errors
/// Forbidden; invalid; unavailable or internal by the database.
pub async fn select_page(caller: &Caller, input: TaskQuery) -> Result<TaskPage, ToolError> {
    scope::require(caller, scope::READ)?;
    let mut arguments = arguments::check(caller, &input)?;
    if arguments.filter.matches_nothing {
        return Ok(TaskPage { items: Vec::new(), next_cursor: None });
    }
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    name_lists(&mut arguments.filter, "", &database).await?;
    let filter = filter_parameters(&arguments.filter);
    let statement = arguments.order.statement(Filters::detect(&filter));
    let rows = database.rows(&statement, parameters(&arguments, filter)).await?;
    Ok(database.decode(&statement, || page(rows, &arguments))?)
}

fn parameters(arguments: &Arguments, filter: FilterParameters) -> SelectPage {
    SelectPage {
        // One more than asked for tells whether there is a next page.
        limit: Parameter::Int64(i64::from(arguments.limit) + 1),
        filter,
        position: position::parameters(&arguments.position, arguments.order.sort),
    }
}

fn page(rows: Vec<PageRow>, arguments: &Arguments) -> Result<TaskPage, DecodeError> {
    let limit = usize::try_from(arguments.limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    let mut items = Vec::with_capacity(rows.len().min(limit));
    let mut last = None;
    for PageRow { position_number, position_text, task: TaskRow(task) } in rows.into_iter().take(limit) {
        last = Some((position_number, position_text, id(&task)?));
        items.push(task);
    }
    let next = last.filter(|_| more).zip(items.last());
    let next_cursor = next.map(|((number, text, id), task)| {
        let rank =
            (arguments.order.sort == TaskSort::Priority).then(|| i64::from(priority::rank(task.priority)));
        let numbers = [rank, number].into_iter().flatten().collect();
        cursor::write(&Position { numbers, text: text.unwrap_or_default(), id }, &arguments.binding)
    });
    Ok(TaskPage { items, next_cursor })
}

fn id(task: &Task) -> Result<Uuid, DecodeError> {
    let no_uuid = |_| DecodeError { table: "todo.tasks", column: "id", problem: "no UUID".to_owned() };
    Uuid::try_parse(&task.id).map_err(no_uuid)
}
