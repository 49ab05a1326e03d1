//! A row as a task.

use jiff::Timestamp;
use jiff::civil::Date;
use task_model::types::Task;
use task_model::{due, instant, priority};
use user_database::{Inconsistency, Row};
use uuid::Uuid;

/// Reads a task from the next 13 columns of a row, which every statement that answers tasks lists in this order:
/// id, title, notes, `due_on`, `due_at` (µs), `due_offset` (s), `time_zone`, priority, labels, `completed_at` (µs),
/// version, `created_at` (µs), `updated_at` (µs).
///
/// # Errors
/// [`Inconsistency`] when the row can't be a task.
pub fn task(row: &mut Row) -> Result<Task, Inconsistency> {
    Ok(Task {
        id: row.read::<Uuid>("id")?.to_string(),
        title: row.read("title")?,
        notes: row.read("notes")?,
        due: due(row)?,
        time_zone: row.read("time_zone")?,
        priority: {
            let rank = row.read("priority")?;
            priority::of_rank(rank).ok_or_else(|| row.nonsense("priority", "no known rank"))?
        },
        labels: row.read("labels")?,
        completed_at: row.read::<Option<i64>>("completed_at")?.map(written),
        version: {
            let version: i64 = row.read("version")?;
            version.try_into().map_err(|_| row.nonsense("version", "negative"))?
        },
        created_at: row.read("created_at").map(written)?,
        updated_at: row.read("updated_at").map(written)?,
    })
}

fn due(row: &mut Row) -> Result<Option<String>, Inconsistency> {
    let day: Option<(i32, u8, u8)> = row.read("due_on")?;
    let at: Option<i64> = row.read("due_at")?;
    let offset: Option<i32> = row.read("due_offset")?;
    match (day, at, offset) {
        (None, None, _) => Ok(None),
        (Some(parts), None, _) => match date(parts) {
            Some(date) => Ok(Some(date.to_string())),
            None => Err(row.nonsense("due_on", "no day of the calendar")),
        },
        (None, Some(microseconds), Some(offset)) => match Timestamp::from_microsecond(microseconds) {
            Ok(at) => Ok(Some(due::written(at, offset))),
            Err(_) => Err(row.nonsense("due_at", "out of range")),
        },
        _ => Err(row.nonsense("due_at", "neither a day nor an instant with its offset")),
    }
}

fn date((year, month, day): (i32, u8, u8)) -> Option<Date> {
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

fn written(microseconds: i64) -> String {
    instant::text(instant::at(microseconds))
}
