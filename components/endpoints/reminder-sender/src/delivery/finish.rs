//! Saying what became of a reminder.

use std::time::Duration;

use user_database::{
    LoggedDbError, Parameter, Statement, UserDatabase, columns, optional, parameters, statement,
};

use super::send::Attempt;
use super::take::{Taken, instant_after, now_us};

/// How long after each failed attempt the next one is made; after the last of them there is none.
const RETRY_INTERVALS: [Duration; 6] = [
    Duration::from_secs(5),
    Duration::from_secs(60),
    Duration::from_secs(5 * 60),
    Duration::from_secs(30 * 60),
    Duration::from_secs(2 * 60 * 60),
    Duration::from_secs(5 * 60 * 60),
];

parameters! {
    struct FinishReminder { id, remind_at, attempts, state, next_at, sent_at, failure }
}
columns! {
    struct Finished { finished: i64 }
}

const FINISH: Statement<FinishReminder, Finished> = statement!("todo.reminders", "finish_reminder.sql");

/// What a reminder is after an attempt, and when it is tried again.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Next {
    state: &'static str,
    retry_in: Option<Duration>,
    failure: Option<String>,
}

fn next(attempt: Attempt, attempts: i16) -> Next {
    match attempt {
        Attempt::Sent => Next { state: "sent", retry_in: None, failure: None },
        Attempt::Gone => {
            Next { state: "failed", retry_in: None, failure: Some("The webhook is gone (410).".to_owned()) }
        }
        Attempt::Failed(failure) => {
            let made = usize::try_from(attempts).unwrap_or_default().saturating_sub(1);
            let retry_in = RETRY_INTERVALS.get(made).copied();
            let state = if retry_in.is_some() { "waiting" } else { "failed" };
            Next { state, retry_in, failure: Some(failure) }
        }
    }
}

/// Stores what came of an attempt.
///
/// # Errors
/// What the database says.
pub async fn finish(database: &UserDatabase, taken: &Taken, attempt: Attempt) -> Result<(), LoggedDbError> {
    let next = next(attempt, taken.attempts);
    let now = now_us();
    let is_sent = next.state == "sent";
    let parameters = FinishReminder {
        id: Parameter::Uuid(taken.id.to_string()),
        remind_at: Parameter::Int64(taken.remind_at),
        attempts: Parameter::Int32(taken.attempts.into()),
        state: Parameter::Str(next.state.to_owned()),
        next_at: next.retry_in.map_or(Parameter::DbNull, |interval| instant_after(now, interval)),
        sent_at: if is_sent { instant_after(now, Duration::ZERO) } else { Parameter::DbNull },
        failure: optional(next.failure),
    };
    let Finished { finished } = database.one(&FINISH, parameters).await?;
    if finished == 0 {
        log::info!("a reminder was moved, cancelled or taken by another sender while it was sent");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_that_fails_is_followed_by_others_ever_later_and_then_by_none() {
        let failed = |attempts| next(Attempt::Failed("x".to_owned()), attempts);
        let intervals: Vec<_> = (1..=6).map(|attempts| failed(attempts).retry_in.unwrap()).collect();
        assert!(intervals.is_sorted() && intervals[0] == Duration::from_secs(5));
        assert_eq!((failed(6).state, failed(7).state, failed(7).retry_in), ("waiting", "failed", None));
        assert_eq!(next(Attempt::Gone, 1).state, "failed");
        assert_eq!(next(Attempt::Sent, 7), Next { state: "sent", retry_in: None, failure: None });
    }
}
