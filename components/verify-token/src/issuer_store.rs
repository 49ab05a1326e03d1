//! The keys of another issuer as all processes know them.

use std::rc::Rc;

use access_token::{IssuerKey, NeededKey};
use serde_json::Value;
use user_database::{Database, LoggedDbError, Parameter, Row, Statement};

use crate::issuer_fetch::Fetched;

const SELECT: Statement =
    Statement::new("select_issuer_keys", "todo.issuer_keys", include_str!("select_issuer_keys.sql"));
const CLAIM: Statement =
    Statement::new("claim_issuer_keys", "todo.issuer_keys", include_str!("claim_issuer_keys.sql"));
const KEEP: Statement =
    Statement::new("keep_issuer_keys", "todo.issuer_keys", include_str!("keep_issuer_keys.sql"));

/// For how long old keys may be used where no newer ones are to be had, in seconds: a day.
const MAX_AGE_SECONDS: i32 = 24 * 60 * 60;
/// How long no process asks the issuer after one did, in seconds.
const FETCH_INTERVAL_SECONDS: i32 = 30;
/// How long asking takes at most, in seconds.
const FETCH_TIMEOUT_SECONDS: i32 = 14;

/// What is stored.
#[derive(Debug)]
pub struct Stored {
    /// The last good copy; nothing where there is none, or one that is too old.
    pub keys: Option<Rc<[IssuerKey]>>,
    /// For how many seconds it counts without being fetched again.
    pub fresh_seconds: i64,
    /// Whether a process is fetching the next one.
    pub is_being_fetched: bool,
}

impl Stored {
    /// Whether it counts without being fetched again.
    pub fn is_fresh(&self) -> bool {
        self.fresh_seconds > 0
    }

    /// Whether it has this key.
    pub fn has(&self, needed: &NeededKey) -> bool {
        self.keys.iter().flat_map(|keys| keys.iter()).any(|key| needed.is(key))
    }
}

/// What is stored of an issuer.
///
/// # Errors
/// When the database is out of reach.
pub async fn read(database: &Database, issuer: &str) -> Result<Stored, LoggedDbError> {
    let parameters = vec![
        Parameter::Str(issuer.to_owned()),
        Parameter::Int32(MAX_AGE_SECONDS),
        Parameter::Int32(FETCH_TIMEOUT_SECONDS),
    ];
    let row: Option<Row> = database.at_most_one(&SELECT, parameters).await?;
    let Some(mut row) = row else {
        return Ok(Stored { keys: None, fresh_seconds: 0, is_being_fetched: false });
    };
    database.decode(&SELECT, || {
        let keys: Option<String> = row.read("keys")?;
        let fresh_seconds: Option<i64> = row.read("fresh_seconds")?;
        let is_usable: bool = row.read("is_usable")?;
        Ok(Stored {
            keys: keys.filter(|_| is_usable).and_then(|keys| parse(&keys)),
            fresh_seconds: fresh_seconds.unwrap_or_default(),
            is_being_fetched: row.read("is_being_fetched")?,
        })
    })
}

fn parse(keys: &str) -> Option<Rc<[IssuerKey]>> {
    let document: Value = serde_json::from_str(keys).ok()?;
    IssuerKey::read_set(&document).map(Into::into)
}

/// Whether this process is the one to ask the issuer now.
///
/// # Errors
/// When the database is out of reach.
pub async fn claim(database: &Database, issuer: &str) -> Result<bool, LoggedDbError> {
    let parameters = vec![Parameter::Str(issuer.to_owned()), Parameter::Int32(FETCH_INTERVAL_SECONDS)];
    let claimed: Option<Row> = database.at_most_one(&CLAIM, parameters).await?;
    Ok(claimed.is_some())
}

/// Keeps what the issuer answered.
///
/// # Errors
/// When the database is out of reach.
pub async fn keep(database: &Database, issuer: &str, fetched: &Fetched) -> Result<(), LoggedDbError> {
    let parameters = vec![
        Parameter::Str(issuer.to_owned()),
        Parameter::Str(fetched.keys.clone()),
        Parameter::Int32(fetched.max_age_seconds),
    ];
    let kept: Option<Row> = database.at_most_one(&KEEP, parameters).await?;
    drop(kept);
    Ok(())
}
