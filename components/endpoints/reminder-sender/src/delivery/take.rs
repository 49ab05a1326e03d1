//! Taking reminders that are due.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use endpoint::Problem;
use task_model::instant;
use task_model::types::ToolError;
use user_database::{
    Database, LoggedDbError, Parameter, Statement, UserDatabase, columns, parameters, statement,
};
use uuid::Uuid;

/// For how long a sender has what it has taken. Longer than an attempt may take.
const LEASE_TIMEOUT: Duration = Duration::from_secs(60);
/// How long after its time a reminder is of no use any more.
const LATENESS_TIMEOUT: Duration = Duration::from_secs(24 * 60 * 60);
/// How many due reminders are looked at for their users at once.
const MAX_LOOKED_AT: i32 = 500;
/// How many reminders of a user are taken at once: so many as can be sent within the lease.
pub const MAX_TAKEN: i64 = 16;

parameters! {
    struct SelectUsers { now, limit }
}
columns! {
    struct UserRow { user_id: Uuid }
}
parameters! {
    struct TakeReminders { now, too_late, lease_ends, limit }
}
columns! {
    /// A reminder that was taken.
    pub struct Taken {
        /// Its id.
        id: Uuid,
        /// The task's.
        task_id: Uuid,
        /// The task's title.
        title: String,
        /// Which attempt this is, the first being 1.
        attempts: i16,
        /// What is done about it: `waiting` when it is to be sent.
        outcome: String,
        /// When it was due, in microseconds.
        remind_at: i64,
        /// When its task is due, in microseconds.
        task_due_at: Option<i64>,
        /// Where to.
        url: Option<String>,
        /// What the signing secret is made of.
        key_id: Option<Uuid>,
    }
}

const SELECT_USERS: Statement<SelectUsers, UserRow> =
    statement!(for nobody, "todo.reminders", "select_users.sql");
const TAKE: Statement<TakeReminders, Taken> = statement!("todo.reminders", "take_reminders.sql");

/// Now, in microseconds: a run lasts longer than the instant at which it was asked for.
pub fn now_us() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok();
    since.and_then(|since| i64::try_from(since.as_micros()).ok()).unwrap_or_default()
}

/// An instant so long after another, as a parameter.
pub fn instant_after(microseconds: i64, duration: Duration) -> Parameter {
    let later =
        i64::try_from(duration.as_micros()).map_or(i64::MAX, |more| microseconds.saturating_add(more));
    Parameter::Str(instant::text(instant::at(later)))
}

/// Whose reminders are due.
///
/// # Errors
/// What the database says.
pub async fn select_users(request_id: &str) -> Result<Vec<Uuid>, Problem> {
    let database = Database::open(request_id).await.map_err(problem)?;
    let parameters =
        SelectUsers { now: instant_after(now_us(), Duration::ZERO), limit: Parameter::Int32(MAX_LOOKED_AT) };
    let rows = database.rows(&SELECT_USERS, parameters).await.map_err(problem)?;
    Ok(rows.into_iter().map(|row| row.user_id).collect())
}

/// Takes reminders of a user.
///
/// # Errors
/// What the database says.
pub async fn take(database: &UserDatabase) -> Result<Vec<Taken>, LoggedDbError> {
    let now = now_us();
    let too_late =
        i64::try_from(LATENESS_TIMEOUT.as_micros()).map_or(now, |lateness| now.saturating_sub(lateness));
    let parameters = TakeReminders {
        now: instant_after(now, Duration::ZERO),
        too_late: instant_after(too_late, Duration::ZERO),
        lease_ends: instant_after(now, LEASE_TIMEOUT),
        limit: Parameter::Int64(MAX_TAKEN),
    };
    database.rows(&TAKE, parameters).await
}

/// What a failure of the database answers.
fn problem(error: LoggedDbError) -> Problem {
    ToolError::from(error).into()
}
