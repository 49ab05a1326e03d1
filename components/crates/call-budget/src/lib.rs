//! How often a user may call something in a minute, counted in PostgreSQL for all processes together.
//!
//! An instance takes calls in chunks that grow as it goes, and spends them in memory: one that serves many calls asks
//! seldom, one that serves a single call wastes nothing. The limit is never exceeded; what an instance takes with it when
//! it ends is lost to its minute.
//!
//! What is counted apart has a name of its own: a tool's over MCP (`add_task`), or an endpoint's (`rest-api`, `chat`), whose
//! names no tool has, since theirs have no hyphen and `chat` is none.

#![warn(missing_docs)]

mod error;
mod quota_cache;
mod rest;
mod variable;

use std::cell::RefCell;
use std::time::{Duration, Instant};

use quota_cache::{Decision, Lease, QuotaCache};
use user_database::{LoggedDbError, Parameter, Statement, UserDatabase, columns, parameters, statement};

pub use error::{BudgetError, rate_limited};
pub use rest::take_rest_call;
use variable::limit;

parameters! {
    /// Of `name`, so many `calls`; of which a minute has `limit`.
    struct TakeCalls { name, calls, limit }
}

columns! {
    struct TakenCalls {
        /// How many calls there were.
        granted: i32,
        /// How much of the minute is left.
        milliseconds: i32,
    }
}

const STATEMENT: Statement<TakeCalls, TakenCalls> = statement!("todo.mcp_call_windows", "take_calls.sql");

thread_local! {
    static QUOTAS: RefCell<QuotaCache> = RefCell::default();
}

/// Counts a call of `name`, of which a user may make `limit` in a minute. A limit of 0 lets every call pass, uncounted.
///
/// # Errors
/// [`BudgetError::UsedUp`] where the minute is used up; otherwise where it can't be counted.
pub async fn take_call(user_id: &str, request_id: &str, name: &str, limit: u32) -> Result<(), BudgetError> {
    if limit == 0 {
        return Ok(());
    }
    let refused = |rest| Err(BudgetError::UsedUp { seconds: whole_seconds(rest), limit });
    // Before the statement, so that what it says of the minute's end is not put too late.
    let asked = Instant::now();
    let chunk = match QUOTAS.with_borrow_mut(|quotas| quotas.spend(user_id, name, asked, limit)) {
        Decision::Allow => return Ok(()),
        Decision::Deny(rest) => return refused(rest),
        Decision::Acquire(chunk) => chunk,
    };
    let (granted, rest) = take(user_id, request_id, name, chunk, limit).await?;
    let quota =
        Lease { left: granted.saturating_sub(1), chunk, is_last: granted < chunk, ends: asked + rest };
    QUOTAS.with_borrow_mut(|quotas| quotas.put(user_id, name, quota, Instant::now()));
    if granted == 0 { refused(rest) } else { Ok(()) }
}

/// Takes calls out of the minute: how many there were, and how much of the minute is left.
async fn take(
    user_id: &str,
    request_id: &str,
    name: &str,
    chunk: u32,
    limit: u32,
) -> Result<(u32, Duration), LoggedDbError> {
    let integer = |count: u32| Parameter::Int32(i32::try_from(count).unwrap_or(i32::MAX));
    let database = UserDatabase::open(user_id, request_id).await?;
    let parameters =
        TakeCalls { name: Parameter::Str(name.to_owned()), calls: integer(chunk), limit: integer(limit) };
    let taken = database.one(&STATEMENT, parameters).await?;
    let count = |number: i32| u32::try_from(number).unwrap_or_default();
    Ok((count(taken.granted), Duration::from_millis(count(taken.milliseconds).into())))
}

/// How long to wait, in whole seconds, rounded up.
fn whole_seconds(rest: Duration) -> u32 {
    u32::try_from(rest.as_micros().div_ceil(1_000_000)).unwrap_or(u32::MAX).max(1)
}
