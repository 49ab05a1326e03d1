//! Reads the reminders.

use reminder_rows::{ReminderRow, statement};
use task_model::types::{Caller, ReminderQuery, ReminderState, Reminders, ToolError};
use task_model::{Named, Violations, id, page, scope};
use user_database::{Parameter, Statement, UserDatabase, optional, parameters};

parameters! {
    struct OfTask { task_id, state, limit }
}
parameters! {
    struct Waiting { limit }
}
parameters! {
    struct Past { state, limit }
}

const OF_TASK: Statement<OfTask, ReminderRow> = statement!("select_of_task.sql");
const WAITING: Statement<Waiting, ReminderRow> = statement!("select_waiting.sql");
const PAST: Statement<Past, ReminderRow> = statement!("select_past.sql");

/// Lists reminders of the caller's tasks: those of one task, or those of one state.
///
/// # Errors
/// Forbidden; invalid when the id is none or the limit out of range; unavailable or internal by the database.
pub async fn select_reminders(caller: &Caller, input: ReminderQuery) -> Result<Reminders, ToolError> {
    scope::require(caller, scope::READ)?;
    let mut violations = Violations::none();
    let task = violations.check_given("/task_id", input.task_id.as_deref(), id::id);
    let limit = violations.check_given("/limit", input.limit, |limit| page::LIST.check(limit));
    violations.finish()?;
    let limit = Parameter::Int64(limit.unwrap_or(page::LIST.default).into());
    let state = |state: ReminderState| Parameter::Str(state.name().to_owned());
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let rows = match (task, input.state.unwrap_or(ReminderState::Waiting)) {
        (Some(task), _) => {
            let task_id = Parameter::Uuid(task.to_string());
            let state = optional(input.state.map(|state| state.name().to_owned()));
            database.rows(&OF_TASK, OfTask { task_id, state, limit }).await?
        }
        (None, ReminderState::Waiting) => database.rows(&WAITING, Waiting { limit }).await?,
        (None, other) => database.rows(&PAST, Past { state: state(other), limit }).await?,
    };
    Ok(Reminders { items: rows.into_iter().map(|ReminderRow(reminder)| reminder).collect() })
}
