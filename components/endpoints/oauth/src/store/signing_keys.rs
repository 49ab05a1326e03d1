//! The pairs of keys that sign tokens.

use access_token::{KeyAlgorithm, PublicKey};
use user_database::{Database, DecodeError, LoggedDbError, Parameter, Row, Statement};

use crate::keys::NewKey;

const FIND: Statement =
    Statement::new("find_signing_keys", "todo.signing_keys", include_str!("find_signing_keys.sql"));
const INSERT: Statement =
    Statement::new("insert_signing_key", "todo.signing_keys", include_str!("insert_signing_key.sql"));
const LIST: Statement =
    Statement::new("list_public_keys", "todo.signing_keys", include_str!("list_public_keys.sql"));

/// How long a key is published before it signs, in seconds: longer than anybody keeps what is published.
const ANNOUNCED_SECONDS: i32 = 600;
/// How long a key is published after it signed for the last time, in seconds: a day. Tokens live for 15 minutes; who asks at the end of a
/// session may bring one that is older.
const RETIREMENT_SECONDS: i32 = 24 * 60 * 60;

/// A key as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredKey {
    /// Its id.
    pub id: String,
    /// Its public part.
    pub public_key: Vec<u8>,
    /// Its private part, sealed.
    pub sealed: Vec<u8>,
}

/// The keys of an algorithm.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct KeyState {
    /// Those that sign now, the newest first.
    pub keys: Vec<StoredKey>,
    /// The number of the newest one, whether it signs or not; 0 where there is none.
    pub generation: i32,
    /// Whether the newest one is so old that the next has to be made.
    pub is_old: bool,
}

/// The keys that sign now, of which one is old after so many days; with 0 none ever is.
pub async fn find_signing_keys(
    database: &Database,
    algorithm: KeyAlgorithm,
    days: i32,
) -> Result<KeyState, LoggedDbError> {
    let parameters = vec![Parameter::Str(algorithm.name().to_owned()), Parameter::Int32(days)];
    let rows = database.rows(&FIND, parameters).await?;
    database.decode(&FIND, || {
        let mut state = KeyState::default();
        for mut row in rows {
            state.generation = row.read("generation")?;
            state.is_old = row.read("is_old")?;
            if let Some(id) = row.read("id")? {
                let (public_key, sealed) = (row.read("public_key")?, row.read("sealed_private_key")?);
                state.keys.push(StoredKey { id, public_key, sealed });
            }
        }
        Ok(state)
    })
}

/// Stores the key that follows the one with this number, and retires those before it. `false` when another process did so at once.
pub async fn insert_signing_key(
    database: &Database,
    key: &NewKey,
    generation: i32,
    is_announced: bool,
) -> Result<bool, LoggedDbError> {
    let parameters = vec![
        Parameter::Str(key.public.id().to_owned()),
        Parameter::Str(key.public.algorithm().name().to_owned()),
        Parameter::Int32(generation),
        Parameter::Binary(key.public.as_bytes().to_vec()),
        Parameter::Binary(key.sealed.clone()),
        Parameter::Int32(if is_announced { ANNOUNCED_SECONDS } else { 0 }),
        Parameter::Int32(RETIREMENT_SECONDS),
    ];
    Ok(database.at_most_one(&INSERT, parameters).await?.is_some())
}

/// The public keys that tokens in circulation may be signed with, and those that will sign.
pub async fn list_public_keys(database: &Database) -> Result<Vec<PublicKey>, LoggedDbError> {
    let rows = database.rows(&LIST, vec![]).await?;
    // A key of an algorithm that a later release brought is none here.
    database.decode(&LIST, || rows.into_iter().filter_map(|row| public_key(row).transpose()).collect())
}

fn public_key(mut row: Row) -> Result<Option<PublicKey>, DecodeError> {
    let (id, algorithm): (String, String) = (row.read("id")?, row.read("algorithm")?);
    let bytes: Vec<u8> = row.read("public_key")?;
    Ok(KeyAlgorithm::from_name(&algorithm).and_then(|algorithm| PublicKey::new(id, algorithm, bytes)))
}
