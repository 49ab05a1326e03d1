//! Where a page starts and ends, as parameters of the statement and as a cursor.

use task_model::cursor::{self, CursorError, Position};
use task_model::types::{SortDirection, TaskSort};
use task_model::{instant, priority};
use user_database::Parameter;
use uuid::Uuid;

use crate::order::Order;

/// The instant of what is not due, and the one before all others, in microseconds as a position holds them.
const NEVER: i64 = i64::MAX;
const BEFORE_ALL: i64 = i64::MIN;
/// The last instant that the app can tell, in microseconds: the end of the year 9999.
const LAST: i64 = 253_402_300_799_999_999;
/// Sorts after every title: it is no character of any text.
const AFTER_ALL_TITLES: &str = "\u{10FFFF}";

/// Before the first task of an order.
#[must_use]
pub fn beginning(order: Order) -> Position {
    let ascending = order.direction == SortDirection::Ascending;
    let instant = if ascending { BEFORE_ALL } else { NEVER };
    let rank = if ascending { 0 } else { i64::from(i16::MAX) };
    let text = if ascending || order.sort != TaskSort::Title { "" } else { AFTER_ALL_TITLES };
    Position {
        numbers: match order.sort {
            TaskSort::Due | TaskSort::Updated => vec![instant],
            TaskSort::Priority => vec![rank, instant],
            TaskSort::Created | TaskSort::Title => vec![],
        },
        text: text.to_owned(),
        id: if ascending { Uuid::nil() } else { Uuid::max() },
    }
}

/// Reads a cursor of this order.
///
/// # Errors
/// [`CursorError`] when it is none, or holds what no task has.
pub fn from_cursor(text: &str, order: Order, binding: &[u8; 32]) -> Result<Position, CursorError> {
    let numbers = match order.sort {
        TaskSort::Priority => 2,
        TaskSort::Due | TaskSort::Updated => 1,
        TaskSort::Created | TaskSort::Title => 0,
    };
    let position = cursor::read(text, binding, numbers)?;
    let possible = match (order.sort, position.numbers.as_slice()) {
        (TaskSort::Priority, [rank, instant]) => {
            i16::try_from(*rank).ok().and_then(priority::of_rank).is_some() && is_instant(*instant)
        }
        (_, numbers) => numbers.iter().all(|number| is_instant(*number)),
    };
    if possible { Ok(position) } else { Err(CursorError) }
}

/// The position as the last parameters of the statement.
#[must_use]
pub fn parameters(position: &Position, sort: TaskSort) -> Vec<Parameter> {
    let mut parameters = match (sort, position.numbers.as_slice()) {
        (TaskSort::Priority, [rank, instant]) => {
            vec![Parameter::Int16(i16::try_from(*rank).unwrap_or(i16::MAX)), instant_parameter(*instant)]
        }
        (TaskSort::Title, _) => vec![Parameter::Str(position.text.clone())],
        (_, numbers) => numbers.iter().map(|number| instant_parameter(*number)).collect(),
    };
    parameters.push(Parameter::Uuid(position.id.to_string()));
    parameters
}

fn is_instant(microseconds: i64) -> bool {
    microseconds == NEVER || (0..=LAST).contains(&microseconds)
}

fn instant_parameter(microseconds: i64) -> Parameter {
    Parameter::Str(match microseconds {
        NEVER => "infinity".to_owned(),
        BEFORE_ALL => "-infinity".to_owned(),
        microseconds => instant::text(instant::at(microseconds)),
    })
}

#[cfg(test)]
mod tests {
    use task_model::Named;
    use task_model::types::TaskStatus;

    use super::*;
    use crate::filters::Filters;

    fn orders() -> impl Iterator<Item = Order> {
        TaskSort::NAMES.iter().flat_map(|(sort, _)| {
            SortDirection::NAMES.iter().map(|(direction, _)| Order {
                status: TaskStatus::All,
                sort: *sort,
                direction: *direction,
            })
        })
    }

    #[test]
    fn every_order_has_as_many_parameters_as_its_statement() {
        for order in orders() {
            for filters in Filters::ALL {
                let next = filters.next_parameter() + parameters(&beginning(order), order.sort).len();
                let sql = order.statement(filters);
                assert!(sql.contains(&format!("${}", next - 1)), "{sql}");
                assert!(!sql.contains(&format!("${next}")), "{sql}");
            }
        }
    }

    #[test]
    fn a_made_up_cursor_with_impossible_values_is_refused() {
        let order =
            Order { status: TaskStatus::All, sort: TaskSort::Priority, direction: SortDirection::Ascending };
        let cursor = |numbers: Vec<i64>| {
            cursor::write(&Position { numbers, text: String::new(), id: Uuid::nil() }, &[3; 32])
        };
        assert!(from_cursor(&cursor(vec![1, 0]), order, &[3; 32]).is_ok());
        assert!(from_cursor(&cursor(vec![1, NEVER]), order, &[3; 32]).is_ok());
        for numbers in [
            vec![0, 0],
            vec![5, 0],
            vec![70_000, 0],
            vec![1, -1],
            vec![1, BEFORE_ALL],
            vec![1, LAST + 1],
            vec![1],
        ] {
            assert_eq!(from_cursor(&cursor(numbers), order, &[3; 32]), Err(CursorError));
        }
    }
}
