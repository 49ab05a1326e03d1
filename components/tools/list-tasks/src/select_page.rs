//! Reads a page.

use task_model::cursor::{self, Position};
use task_model::types::{Caller, Task, TaskPage, TaskQuery, TaskSort, ToolError};
use task_model::{priority, scope};
use task_rows::{filter_parameters, task};
use user_database::{Inconsistency, Parameter, Row, Statement, UserDatabase};
use uuid::Uuid;

use crate::arguments::{self, Arguments};
use crate::filters::Filters;
use crate::position;

/// Lists the caller's tasks, a page at a time.
///
/// # Errors
/// Forbidden; invalid; unavailable or internal by the database.
pub async fn select_page(caller: &Caller, input: TaskQuery) -> Result<TaskPage, ToolError> {
    scope::require(caller, scope::READ)?;
    let arguments = arguments::check(caller, &input)?;
    if arguments.filter.impossible {
        return Ok(TaskPage { items: Vec::new(), next_cursor: None });
    }
    let filtering = filter_parameters(&arguments.filter);
    let filters = Filters::of(&filtering);
    let statement = Statement::composed("select_page", "todo.tasks", arguments.order.statement(filters));
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let rows = database.rows(&statement, parameters(&arguments, filters, filtering)).await?;
    Ok(database.reading(&statement, || page(rows, &arguments))?)
}

fn parameters(arguments: &Arguments, filters: Filters, filtering: [Parameter; 6]) -> Vec<Parameter> {
    let mut parameters = vec![
        // One more than asked for tells whether there is a next page.
        Parameter::Int64(i64::from(arguments.limit) + 1),
    ];
    if filters == Filters::Present {
        parameters.extend(filtering);
    }
    parameters.extend(position::parameters(&arguments.position, arguments.order.sort));
    parameters
}

fn page(rows: Vec<Row>, arguments: &Arguments) -> Result<TaskPage, Inconsistency> {
    let limit = usize::try_from(arguments.limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    let mut items = Vec::with_capacity(rows.len().min(limit));
    let mut last = None;
    for mut row in rows.into_iter().take(limit) {
        let number: Option<i64> = row.read("position_number")?;
        let text: Option<String> = row.read("position_text")?;
        let task = task(&mut row)?;
        last = Some((number, text, id(&row, &task)?));
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

fn id(row: &Row, task: &Task) -> Result<Uuid, Inconsistency> {
    Uuid::try_parse(&task.id).map_err(|_| row.nonsense("id", "no UUID"))
}
