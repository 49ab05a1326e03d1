//! Where a page starts and ends, as parameters of the statement and as a cursor.

use task_model::cursor::{self, CursorError, Position};
use task_model::types::{SortDirection, TaskSort};
use task_model::{instant, priority};
use user_database::{Parameter, parameters};
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
            i16::try_from(*rank).ok().and_then(priority::from_rank).is_some() && is_instant(*instant)
        }
        (_, numbers) => numbers.iter().all(|number| is_instant(*number)),
    };
    if possible { Ok(position) } else { Err(CursorError) }
}

parameters! {
    /// The place in an order behind which a page begins: the columns that the order goes by, the others NULL.
    pub struct PositionParameters {
        /// The rank of the priority.
        after_priority,
        /// When it is due by.
        after_due_by,
        /// When it was changed.
        after_updated_at,
        /// The title, as it is sorted.
        after_title_key,
        /// The id, which every order ends with.
        after_id,
    }
}

/// The position as parameters of its order.
#[must_use]
pub fn parameters(position: &Position, sort: TaskSort) -> PositionParameters {
    let mut parameters = PositionParameters {
        after_priority: Parameter::DbNull,
        after_due_by: Parameter::DbNull,
        after_updated_at: Parameter::DbNull,
        after_title_key: Parameter::DbNull,
        after_id: Parameter::Uuid(position.id.to_string()),
    };
    match (sort, position.numbers.as_slice()) {
        (TaskSort::Priority, [rank, instant]) => {
            parameters.after_priority = Parameter::Int16(i16::try_from(*rank).unwrap_or(i16::MAX));
            parameters.after_due_by = instant_parameter(*instant);
        }
        (TaskSort::Due, [instant]) => parameters.after_due_by = instant_parameter(*instant),
        (TaskSort::Updated, [instant]) => parameters.after_updated_at = instant_parameter(*instant),
        (TaskSort::Title, _) => parameters.after_title_key = Parameter::Str(position.text.clone()),
        // The id says it all; and no position of another order has other numbers.
        _ => {}
    }
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
    use user_database::Statement;

    use super::*;
    use crate::filters::Filters;
    use crate::page::{PageRow, SelectPage};

    fn orders() -> impl Iterator<Item = Order> {
        TaskSort::NAMES.iter().flat_map(|(sort, _)| {
            SortDirection::NAMES.iter().map(|(direction, _)| Order {
                status: TaskStatus::All,
                sort: *sort,
                direction: *direction,
            })
        })
    }

    /// The parameters of a position that an order has a value for.
    fn given(order: Order) -> Vec<&'static str> {
        let parameters = parameters(&beginning(order), order.sort);
        [
            ("after_priority", parameters.after_priority),
            ("after_due_by", parameters.after_due_by),
            ("after_updated_at", parameters.after_updated_at),
            ("after_title_key", parameters.after_title_key),
            ("after_id", parameters.after_id),
        ]
        .into_iter()
        .filter(|(_, value)| !matches!(value, Parameter::DbNull))
        .map(|(name, _)| name)
        .collect()
    }

    #[test]
    fn every_order_takes_what_it_is_given_and_reads_what_it_answers() {
        const FILTERS: [&str; 8] =
            ["due_from", "due_to", "priority", "label", "words", "not_overdue_at", "parent_id", "query"];
        for order in orders() {
            for filters in Filters::ALL {
                let text = order.text(filters);
                assert_eq!(Statement::<SelectPage, PageRow>::check(&text), Ok(()), "{text}");
                let mut expected = vec!["user_id", "limit"];
                expected.extend(given(order));
                match filters {
                    Filters::Absent => {}
                    Filters::Present => expected.extend(FILTERS.into_iter().chain(["in_inbox"])),
                    Filters::OfOneList => expected.extend(FILTERS.into_iter().chain(["list_id"])),
                    Filters::OfOneParent => {
                        expected.extend(FILTERS.into_iter().chain(["list_id", "in_inbox"]));
                    }
                }
                let mut taken = sql_template::names(&text).as_slice().to_vec();
                expected.sort_unstable();
                taken.sort_unstable();
                assert_eq!(taken, expected, "{order:?}");
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
