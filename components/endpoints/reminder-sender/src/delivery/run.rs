//! One run: takes, sends and finishes until nothing is due, or its time is over.

use std::time::{Duration, Instant};

use endpoint::{Context, Problem};
use futures_util::{StreamExt, stream};
use serde::Serialize;
use user_database::{LoggedDbError, UserDatabase};
use uuid::Uuid;

use super::send::Attempt;
use super::take::{MAX_TAKEN, Taken};
use super::{finish, send, take};
use crate::settings::Settings;

/// After this time a run takes nothing more. What is due then is the next one's.
const RUN_TIMEOUT: Duration = Duration::from_secs(20);
/// How many users are served at a time.
const MAX_USERS: usize = 8;
/// How many reminders of a user are sent at a time.
const MAX_SENT: usize = 8;

/// What a run has done.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// How many reminders were sent.
    sent: u32,
    /// How many attempts failed.
    failed: u32,
    /// How many were skipped.
    skipped: u32,
}

impl Outcome {
    fn add(&mut self, other: Self) {
        self.sent += other.sent;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// Sends what is due.
///
/// # Errors
/// What the database says when it is asked whose reminders are due. Where it fails for one user, others are served.
pub async fn run(context: &Context, settings: &Settings) -> Result<Outcome, Problem> {
    let ends = Instant::now() + RUN_TIMEOUT;
    let mut total = Outcome::default();
    while Instant::now() < ends {
        let users = take::select_users(&context.request_id).await?;
        let served = stream::iter(users).map(|user| serve(context, settings, user, ends));
        let mut round = Outcome::default();
        let mut served = served.buffer_unordered(MAX_USERS);
        while let Some(outcome) = served.next().await {
            // Why it failed is in the log, and the next run tries again.
            round.add(outcome.unwrap_or_default());
        }
        total.add(round);
        // Nothing is due, or others have it.
        if round.is_nothing() {
            break;
        }
    }
    Ok(total)
}

/// Sends what is due of one user.
async fn serve(
    context: &Context,
    settings: &Settings,
    user: Uuid,
    ends: Instant,
) -> Result<Outcome, LoggedDbError> {
    let user = user.to_string();
    let database = UserDatabase::open(&user, &context.request_id).await?;
    let mut total = Outcome::default();
    while Instant::now() < ends {
        let taken = take::take(&database).await?;
        let is_last = i64::try_from(taken.len()).unwrap_or(i64::MAX) < MAX_TAKEN;
        let delivered = taken.iter().map(|taken| deliver(context, settings, &user, taken));
        let mut delivered = stream::iter(delivered).buffer_unordered(MAX_SENT);
        while let Some(outcome) = delivered.next().await {
            total.add(outcome?);
        }
        if is_last {
            break;
        }
    }
    Ok(total)
}

async fn deliver(
    context: &Context,
    settings: &Settings,
    user: &str,
    taken: &Taken,
) -> Result<Outcome, LoggedDbError> {
    match taken.outcome.as_str() {
        "skipped" => return Ok(Outcome { skipped: 1, ..Outcome::default() }),
        "sent" => return Ok(Outcome { sent: 1, ..Outcome::default() }),
        _ => {}
    }
    let attempt = send::send(&context.request_id, user, &settings.secrets, taken).await;
    let is_sent = attempt == Attempt::Sent;
    // Several are finished at a time, each on a connection of its own.
    let database = UserDatabase::open(user, &context.request_id).await?;
    finish::finish(&database, taken, attempt).await?;
    let number = u32::from(is_sent);
    Ok(Outcome { sent: number, failed: 1 - number, skipped: 0 })
}
