//! How often a user may call a tool in a minute, counted in PostgreSQL for all processes together.
//!
//! An instance takes calls in chunks that grow as it goes, and spends them in memory: one that serves many calls asks
//! seldom, one that serves a single call wastes nothing. The limit is never exceeded; what an instance takes with it when
//! it ends is lost to its minute.

mod purse;

use std::cell::RefCell;
use std::time::{Duration, Instant};

use mcp_protocol::CallError;
use purse::{Purse, Purses, Spending};
use user_database::{Failure, Parameter, Row, Statement, UserDatabase};

use crate::store::store_error;

const STATEMENT: Statement =
    Statement::new("take_calls", "todo.mcp_call_windows", include_str!("take_calls.sql"));

thread_local! {
    static PURSES: RefCell<Purses> = RefCell::default();
}

/// Counts a call. A limit of 0 lets every call pass, uncounted.
///
/// # Errors
/// [`CallError::RateLimited`] where the minute is used up; otherwise where it can't be counted.
pub async fn admit(user_id: &str, request_id: &str, tool: &str, limit: u32) -> Result<(), CallError> {
    if limit == 0 {
        return Ok(());
    }
    let refused = |rest| Err(CallError::RateLimited { seconds: whole_seconds(rest), limit });
    // Before the statement, so that what it says of the minute's end is not put too late.
    let asked = Instant::now();
    let chunk = match PURSES.with_borrow_mut(|purses| purses.spend(user_id, tool, asked, limit)) {
        Spending::Spent => return Ok(()),
        Spending::UsedUp(rest) => return refused(rest),
        Spending::Take(chunk) => chunk,
    };
    let (granted, rest) = take(user_id, request_id, tool, chunk, limit).await.map_err(store_error)?;
    let purse =
        Purse { left: granted.saturating_sub(1), chunk, is_last: granted < chunk, ends: asked + rest };
    PURSES.with_borrow_mut(|purses| purses.put(user_id, tool, purse, Instant::now()));
    if granted == 0 { refused(rest) } else { Ok(()) }
}

/// Takes calls out of the minute: how many there were, and how much of the minute is left.
async fn take(
    user_id: &str,
    request_id: &str,
    tool: &str,
    chunk: u32,
    limit: u32,
) -> Result<(u32, Duration), Failure> {
    let integer = |count: u32| Parameter::Int32(i32::try_from(count).unwrap_or(i32::MAX));
    let database = UserDatabase::open(user_id, request_id).await?;
    let parameters = vec![Parameter::Str(tool.to_owned()), integer(chunk), integer(limit)];
    let mut row = database.one(&STATEMENT, parameters).await?;
    let count = |row: &mut Row, name| Ok(u32::try_from(row.read::<i32>(name)?).unwrap_or_default());
    database.reading(&STATEMENT, || {
        let granted = count(&mut row, "granted")?;
        Ok((granted, Duration::from_millis(count(&mut row, "milliseconds")?.into())))
    })
}

/// How long to wait, in whole seconds, rounded up.
fn whole_seconds(rest: Duration) -> u32 {
    u32::try_from(rest.as_micros().div_ceil(1_000_000)).unwrap_or(u32::MAX).max(1)
}
