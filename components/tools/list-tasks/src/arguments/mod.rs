//! The input of the tool, checked: everything that is wrong with it at once.

use task_model::cursor::Position;
use task_model::filter::{self, Filter};
use task_model::hash::InputHash;
use task_model::page::LIST;
use task_model::types::{Caller, SortDirection, TaskQuery, TaskSort, ToolError};
use task_model::{Named, Violations};

use crate::order::Order;
use crate::position;

/// Which tasks, in which order, from where.
#[derive(Debug, Clone)]
pub struct Arguments {
    /// Completion, order and direction.
    pub order: Order,
    /// Which tasks.
    pub filter: Filter,
    /// At most this many.
    pub limit: u32,
    /// After this task of the order.
    pub position: Position,
    /// What cursors of this list are bound to.
    pub binding: [u8; 32],
}

/// Checks the input.
///
/// # Errors
/// [`ToolError::Invalid`] with every rule that is broken.
pub fn check(caller: &Caller, input: &TaskQuery) -> Result<Arguments, ToolError> {
    let mut violations = Violations::none();
    let filter = filter::check(caller, input.into(), "", &mut violations);
    let limit =
        violations.check_given("/limit", input.limit, |limit| LIST.check(limit)).unwrap_or(LIST.default);

    let order = Order {
        status: filter.status,
        sort: input.sort.unwrap_or(TaskSort::Due),
        direction: input.direction.unwrap_or(SortDirection::Ascending),
    };
    let hash = InputHash::new()
        .part(&caller.user_id)
        .part(order.status.name())
        .part(order.sort.name())
        .part(order.direction.name());
    let binding = filter.update_hash(hash).finish();
    let position = violations
        .check_given("/cursor", input.cursor.as_deref(), |cursor| {
            position::from_cursor(cursor, order, &binding)
        })
        .unwrap_or_else(|| position::beginning(order));
    violations.finish()?;
    Ok(Arguments { order, filter, limit, position, binding })
}

#[cfg(test)]
mod tests;
