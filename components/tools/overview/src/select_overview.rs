//! Counts and lists in one statement.

use task_model::types::{Caller, LabelCount, Overview, OverviewQuery, ToolError};
use task_model::{instant, scope};
use task_rows::{TaskRow, statement};
use user_database::{
    DecodeError, FromRow, Name, Parameter, Row, Statement, UserDatabase, columns, parameters,
};

use crate::arguments;

parameters! {
    struct SelectOverview { now, today_starts, today_ends, upcoming_ends }
}

columns! {
    /// The counts stand in every row and are the same in each.
    struct OverviewRow {
        open_count: i64,
        overdue_count: i64,
        due_today_count: i64,
        upcoming_count: i64,
        completed_today_count: i64,
        label_names: Vec<String>,
        label_uses: Vec<i64>,
        task: ..ListedTask,
    }
}

const STATEMENT: Statement<SelectOverview, OverviewRow> = statement!("select_overview.sql");

/// A task and the list that it stands in, if the row has one.
#[derive(Debug)]
struct ListedTask(Option<(Part, TaskRow)>);

/// The lists.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    Overdue,
    DueToday,
    Upcoming,
}

impl FromRow for ListedTask {
    const COLUMNS: Option<&'static [Name]> = Some(&[Name::One("part"), Name::columns_of::<TaskRow>()]);

    fn from_row(row: &mut Row) -> Result<Self, DecodeError> {
        let part = match row.read::<Option<String>>("part")?.as_deref() {
            Some("overdue") => Part::Overdue,
            Some("due_today") => Part::DueToday,
            Some("upcoming") => Part::Upcoming,
            Some(_) => return Err(row.invalid_value("part", "no known part")),
            None => return Ok(Self(None)),
        };
        Ok(Self(Some((part, TaskRow::from_row(row)?))))
    }
}

/// Tells where the caller stands, by their own calendar day.
///
/// # Errors
/// Forbidden; invalid; unavailable or internal by the database.
pub async fn select_overview(caller: &Caller, input: OverviewQuery) -> Result<Overview, ToolError> {
    scope::require(caller, scope::READ)?;
    let arguments = arguments::check(caller, input)?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let instant = |at| Parameter::Str(instant::text(at));
    let parameters = SelectOverview {
        now: instant(arguments.now),
        today_starts: instant(arguments.today_starts),
        today_ends: instant(arguments.today_ends),
        upcoming_ends: instant(arguments.upcoming_ends),
    };
    let rows = database.rows(&STATEMENT, parameters).await?;
    Ok(overview(arguments.today.to_string(), rows))
}

fn overview(today: String, rows: Vec<OverviewRow>) -> Overview {
    let mut overview = Overview {
        today,
        open_count: 0,
        overdue_count: 0,
        due_today_count: 0,
        upcoming_count: 0,
        completed_today_count: 0,
        overdue: Vec::new(),
        due_today: Vec::new(),
        upcoming: Vec::new(),
        labels: Vec::new(),
    };
    for row in rows {
        overview.open_count = count(row.open_count);
        overview.overdue_count = count(row.overdue_count);
        overview.due_today_count = count(row.due_today_count);
        overview.upcoming_count = count(row.upcoming_count);
        overview.completed_today_count = count(row.completed_today_count);
        overview.labels = labels(row.label_names, row.label_uses);
        let ListedTask(Some((part, TaskRow(task)))) = row.task else { continue };
        match part {
            Part::Overdue => overview.overdue.push(task),
            Part::DueToday => overview.due_today.push(task),
            Part::Upcoming => overview.upcoming.push(task),
        }
    }
    overview
}

fn labels(names: Vec<String>, uses: Vec<i64>) -> Vec<LabelCount> {
    names.into_iter().zip(uses).map(|(label, uses)| LabelCount { label, open: count(uses) }).collect()
}

fn count(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use user_database::Value;

    use super::*;

    fn listed(part: Value) -> Result<ListedTask, DecodeError> {
        ListedTask::from_row(&mut Row::new("todo.tasks", Rc::from(["part".to_owned()]), vec![part]))
    }

    #[test]
    fn a_row_without_a_task_is_one_and_an_unknown_list_is_not() {
        assert!(listed(Value::DbNull).unwrap().0.is_none());
        assert_eq!(listed(Value::Str("later".to_owned())).unwrap_err().column, "part");
        // A list that is known has a task behind it.
        assert_eq!(listed(Value::Str("overdue".to_owned())).unwrap_err().column, "id");
    }
}
