//! Verifying an audit log whose events are chained by hashes.
//!
//! The app keeps it in PostgreSQL, in two places whose name begins alike: `<name>_chains` has the ends of each chain (`chain`, `start_sequence`,
//! `start_hash`, `sequence`, `hash`, `deleted_without_details`, `deleted_erasures`) and `<name>_log` the events (`chain`, `sequence`,
//! `content`, `hash`, `details_hash`, `salt`, `details`, `erased`). A hash is SHA-256 of the hash before and of the content; that of details is SHA-256
//! of salt and details. Details may be gone where events say by `erased` how many were taken.

mod broken;
mod chain_end;
mod rows;

use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::DatabaseError;
pub use broken::BrokenLogError;
pub use chain_end::ChainEnd;
use rows::{Chain, Event};

/// How many events are read at a time.
const BATCH_EVENTS: i64 = 1000;

/// What was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many events there are.
    pub events: i64,
    /// How many of them have lost their details to an erasure.
    pub without_details: i64,
    /// The chains, in order.
    pub chains: Vec<ChainEnd>,
}

/// What was counted on the way.
#[derive(Default)]
struct Counted {
    events: i64,
    missing: i64,
    deleted_missing: i64,
    erased: i64,
}

/// Verifies the log of this name, as it is at one moment, and that it goes on from where its chains ended before; `Err` inside names the first event that is
/// wrong.
///
/// # Errors
/// [`DatabaseError::Statement`] when it can't be read.
pub async fn verify(
    connection: &mut PgConnection,
    name: &str,
    before: &[ChainEnd],
) -> Result<Result<Verified, BrokenLogError>, DatabaseError> {
    let read = async {
        let mut transaction =
            connection.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
        verify_in(&mut transaction, name, before).await
    };
    read.await.map_err(|source| DatabaseError::Statement { doing: format!("reading {name}_log"), source })
}

async fn verify_in(
    connection: &mut PgConnection,
    name: &str,
    before: &[ChainEnd],
) -> Result<Result<Verified, BrokenLogError>, sqlx::Error> {
    let sql = format!(
        "SELECT chain::integer AS chain, start_sequence, start_hash, sequence, hash, deleted_without_details, deleted_erasures
         FROM {name}_chains ORDER BY chain"
    );
    let chains: Vec<Chain> = sqlx::query_as(AssertSqlSafe(sql)).fetch_all(&mut *connection).await?;
    let mut counted = Counted::default();
    for chain in &chains {
        if let Err(broken) = verify_chain(connection, name, chain, &mut counted).await? {
            return Ok(Err(broken));
        }
        counted.deleted_missing += chain.deleted_without_details;
        counted.erased += chain.deleted_erasures;
    }
    for end in before {
        if !goes_on(connection, name, &chains, end).await? {
            return Ok(Err(BrokenLogError::Rewritten { chain: end.chain, sequence: end.end }));
        }
    }
    let missing = counted.missing + counted.deleted_missing;
    if missing != counted.erased {
        return Ok(Err(BrokenLogError::DetailsMissing { missing, erased: counted.erased }));
    }
    let end = |chain: &Chain| ChainEnd {
        chain: chain.chain,
        start: chain.start_sequence,
        end: chain.sequence,
        hash: hexadecimal(&chain.hash),
    };
    Ok(Ok(Verified {
        events: counted.events,
        without_details: counted.missing,
        chains: chains.iter().map(end).collect(),
    }))
}

async fn verify_chain(
    connection: &mut PgConnection,
    name: &str,
    chain: &Chain,
    counted: &mut Counted,
) -> Result<Result<(), BrokenLogError>, sqlx::Error> {
    let sql = format!(
        "SELECT sequence, content, hash, details_hash, salt, details, erased
         FROM {name}_log WHERE chain = $1 AND sequence > $2 ORDER BY sequence LIMIT $3"
    );
    // Events that a chain says were deleted must not be there either: it is read from its very first one.
    let (mut read, mut last, mut hash) = (i64::MIN, chain.start_sequence, chain.start_hash.clone());
    loop {
        let query =
            sqlx::query_as(AssertSqlSafe(sql.clone())).bind(chain.chain).bind(read).bind(BATCH_EVENTS);
        let events: Vec<Event> = query.fetch_all(&mut *connection).await?;
        let Some(latest) = events.last() else { break };
        read = latest.sequence;
        for event in events {
            if let Err(broken) = verify_event(chain.chain, last, &hash, &event) {
                return Ok(Err(broken));
            }
            counted.events += 1;
            counted.erased += event.erased;
            counted.missing += i64::from(event.details_hash.is_some() && event.details.is_none());
            (last, hash) = (event.sequence, event.hash);
        }
    }
    let (chain, end) = (chain.chain, (chain.sequence, &chain.hash));
    Ok(match last {
        _ if (last, &hash) == end => Ok(()),
        _ if last < end.0 => Err(BrokenLogError::Missing { chain, sequence: last + 1 }),
        _ => Err(BrokenLogError::WrongEnd { chain, sequence: last }),
    })
}

/// Whether a chain goes on from where it ended before. What was deleted by age since can't be compared.
async fn goes_on(
    connection: &mut PgConnection,
    name: &str,
    chains: &[Chain],
    before: &ChainEnd,
) -> Result<bool, sqlx::Error> {
    let Some(chain) = chains.iter().find(|chain| chain.chain == before.chain) else { return Ok(false) };
    if before.end <= chain.start_sequence {
        return Ok(before.end < chain.start_sequence || hexadecimal(&chain.start_hash) == before.hash);
    }
    let sql = format!("SELECT hash FROM {name}_log WHERE chain = $1 AND sequence = $2");
    let query = sqlx::query_scalar(AssertSqlSafe(sql)).bind(before.chain).bind(before.end);
    let hash: Option<Vec<u8>> = query.fetch_optional(&mut *connection).await?;
    Ok(hash.is_some_and(|hash| hexadecimal(&hash) == before.hash))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether an event is the one that follows.
fn verify_event(chain: i32, last: i64, hash_before: &[u8], event: &Event) -> Result<(), BrokenLogError> {
    let sequence = event.sequence;
    if sequence > last + 1 {
        return Err(BrokenLogError::Missing { chain, sequence: last + 1 });
    }
    if sequence <= last || digest(hash_before, &event.content) != event.hash {
        return Err(BrokenLogError::Changed { chain, sequence });
    }
    let details = match (&event.salt, &event.details) {
        (Some(salt), Some(details)) => Some(digest(salt, details)),
        _ => None,
    };
    if details.is_some() && details != event.details_hash {
        return Err(BrokenLogError::DetailsChanged { chain, sequence });
    }
    Ok(())
}

fn digest(first: &[u8], text: &str) -> Vec<u8> {
    Sha256::new().chain_update(first).chain_update(text).finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(sequence: i64, hash_before: &[u8], details: Option<&str>) -> Event {
        let content = format!("event {sequence}");
        Event {
            sequence,
            hash: digest(hash_before, &content),
            content,
            details_hash: details.map(|details| digest(b"salt", details)),
            salt: details.map(|_| b"salt".to_vec()),
            details: details.map(str::to_owned),
            erased: 0,
        }
    }

    #[test]
    fn an_event_follows_the_one_before_it_or_what_is_wrong_is_said() {
        let first = event(1, b"start", Some("ann"));
        assert_eq!(verify_event(7, 0, b"start", &first), Ok(()));
        assert_eq!(
            verify_event(7, 0, b"other", &first),
            Err(BrokenLogError::Changed { chain: 7, sequence: 1 })
        );
        assert_eq!(
            verify_event(7, 1, b"start", &first),
            Err(BrokenLogError::Changed { chain: 7, sequence: 1 })
        );
        let third = event(3, &first.hash, None);
        assert_eq!(
            verify_event(7, 1, &first.hash, &third),
            Err(BrokenLogError::Missing { chain: 7, sequence: 2 })
        );
        let swapped = Event { details: Some("bob".to_owned()), ..event(1, b"start", Some("ann")) };
        let broken = BrokenLogError::DetailsChanged { chain: 7, sequence: 1 };
        assert_eq!(verify_event(7, 0, b"start", &swapped), Err(broken));
    }
}
