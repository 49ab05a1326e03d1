//! Counts and lists in one statement.

use task_model::types::{Caller, LabelCount, Overview, OverviewQuery, ToolError};
use task_model::{instant, scope};
use task_rows::task;
use user_database::{Inconsistency, Parameter, Row, Statement, UserDatabase};

use crate::arguments;

const STATEMENT: Statement =
    Statement::new("select_overview", "todo.tasks", include_str!("select_overview.sql"));

/// Tells where the caller stands, by their own calendar day.
///
/// # Errors
/// Forbidden; invalid; unavailable or internal by the database.
pub async fn select_overview(caller: &Caller, input: OverviewQuery) -> Result<Overview, ToolError> {
    scope::require(caller, scope::READ)?;
    let arguments = arguments::check(caller, input)?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let instants = [arguments.now, arguments.today_starts, arguments.today_ends, arguments.upcoming_ends];
    let parameters = instants.into_iter().map(|at| Parameter::Str(instant::text(at))).collect();
    let rows = database.rows(&STATEMENT, parameters).await?;
    Ok(database.reading(&STATEMENT, || overview(arguments.today.to_string(), rows))?)
}

fn overview(today: String, rows: Vec<Row>) -> Result<Overview, Inconsistency> {
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
    for mut row in rows {
        overview.open_count = count(row.read("open_count")?);
        overview.overdue_count = count(row.read("overdue_count")?);
        overview.due_today_count = count(row.read("due_today_count")?);
        overview.upcoming_count = count(row.read("upcoming_count")?);
        overview.completed_today_count = count(row.read("completed_today_count")?);
        overview.labels = labels(&mut row)?;
        let list = match row.read::<Option<String>>("part")?.as_deref() {
            Some("overdue") => &mut overview.overdue,
            Some("due_today") => &mut overview.due_today,
            Some("upcoming") => &mut overview.upcoming,
            Some(_) => return Err(row.nonsense("part", "no known part")),
            None => continue,
        };
        list.push(task(&mut row)?);
    }
    Ok(overview)
}

/// The counts stand in every row and are the same in each.
fn labels(row: &mut Row) -> Result<Vec<LabelCount>, Inconsistency> {
    let names: Vec<String> = row.read("label_names")?;
    let uses: Vec<i64> = row.read("label_uses")?;
    Ok(names.into_iter().zip(uses).map(|(label, uses)| LabelCount { label, open: count(uses) }).collect())
}

fn count(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}
