//! How often a user may call a tool in a minute, counted in PostgreSQL for all processes together.
//!
//! An instance takes calls in chunks that grow as it goes, and spends them in memory: one that serves many calls asks
//! seldom, one that serves a single call wastes nothing. The limit is never exceeded; what an instance takes with it when
//! it ends is lost to its minute.

mod purse;

use std::cell::RefCell;
use std::time::{Duration, Instant};

use mcp_protocol::CallError;
use purse::{Purse, Purses};
use user_database::{Failure, Parameter, Row, Statement, UserDatabase};

const STATEMENT: Statement =
    Statement::new("take_calls", "todo.mcp_call_windows", include_str!("take_calls.sql"));

use crate::store::store_error;

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
    let now = Instant::now();
    let chunk = PURSES.with_borrow_mut(|purses| purses.spend(user_id, tool, now, limit));
    let Some(chunk) = chunk else { return Ok(()) };
    let (granted, seconds) = take(user_id, request_id, tool, chunk, limit).await.map_err(store_error)?;
    if granted == 0 {
        return Err(CallError::RateLimited { seconds, limit });
    }
    let purse = Purse { left: granted - 1, chunk, ends: now + Duration::from_secs(seconds.into()) };
    PURSES.with_borrow_mut(|purses| purses.put(user_id, tool, purse));
    Ok(())
}

async fn take(
    user_id: &str,
    request_id: &str,
    tool: &str,
    chunk: u32,
    limit: u32,
) -> Result<(u32, u32), Failure> {
    let integer = |count: u32| Parameter::Int32(i32::try_from(count).unwrap_or(i32::MAX));
    let database = UserDatabase::open(user_id, request_id).await?;
    let parameters = vec![Parameter::Str(tool.to_owned()), integer(chunk), integer(limit)];
    let mut row = database.one(&STATEMENT, parameters).await?;
    let count = |row: &mut Row, name| Ok(u32::try_from(row.read::<i32>(name)?).unwrap_or_default());
    database.reading(&STATEMENT, || Ok((count(&mut row, "granted")?, count(&mut row, "seconds")?.max(1))))
}
