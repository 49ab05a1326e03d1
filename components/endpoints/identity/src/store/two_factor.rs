//! The second factor: secrets, codes, challenges and browsers that are asked for none.

use user_database::{Database, DecodeError, LoggedDbError, Parameter, Row, Statement, optional, text_array};
use uuid::Uuid;

use crate::two_factor::{CodeLimits, TokenPurpose};
use crate::user::User;

const TABLE: &str = "todo.two_factor";
const TOKENS: &str = "todo.two_factor_tokens";
const INSERT: Statement = Statement::new("insert_two_factor", TABLE, include_str!("insert_two_factor.sql"));
const FIND: Statement = Statement::new("find_two_factor", TABLE, include_str!("find_two_factor.sql"));
const DELETE: Statement = Statement::new("delete_two_factor", TABLE, include_str!("delete_two_factor.sql"));
const REPLACE_CODES: Statement =
    Statement::new("replace_recovery_codes", TABLE, include_str!("replace_recovery_codes.sql"));
const BEGIN_CODE: Statement = Statement::new("begin_code", TABLE, include_str!("begin_code.sql"));
const COMPLETE_CODE: Statement = Statement::new("complete_code", TABLE, include_str!("complete_code.sql"));
const COMPLETE_RECOVERY_CODE: Statement =
    Statement::new("complete_recovery_code", TABLE, include_str!("complete_recovery_code.sql"));
const INSERT_TOKEN: Statement =
    Statement::new("insert_two_factor_token", TOKENS, include_str!("insert_two_factor_token.sql"));
const TAKE_CHALLENGE: Statement =
    Statement::new("take_challenge", TOKENS, include_str!("take_challenge.sql"));
const RENEW_DEVICE: Statement =
    Statement::new("renew_trusted_device", TOKENS, include_str!("renew_trusted_device.sql"));

/// How many tokens that are over a new one deletes at most.
const MAX_DELETED_TOKENS: i32 = 20;

/// Stores a secret that is not confirmed yet, and the hashes of the recovery codes. `false` where two-factor authentication is on.
pub async fn insert_two_factor(
    database: &Database,
    user_id: Uuid,
    sealed_secret: &[u8],
    recovery_code_hashes: Vec<String>,
) -> Result<bool, LoggedDbError> {
    let parameters = vec![
        Parameter::Uuid(user_id.to_string()),
        Parameter::Binary(sealed_secret.to_vec()),
        text_array(recovery_code_hashes),
    ];
    Ok(database.at_most_one(&INSERT, parameters).await?.is_some())
}

/// The sealed secret of a user, confirmed or not.
pub async fn find_two_factor(database: &Database, user_id: Uuid) -> Result<Option<Vec<u8>>, LoggedDbError> {
    let row = database.at_most_one(&FIND, vec![Parameter::Uuid(user_id.to_string())]).await?;
    database.decode(&FIND, || row.map(|mut row| row.read("sealed_secret")).transpose())
}

/// Turns two-factor authentication off.
pub async fn delete_two_factor(database: &Database, user_id: Uuid) -> Result<(), LoggedDbError> {
    database.at_most_one(&DELETE, vec![Parameter::Uuid(user_id.to_string())]).await.map(drop)
}

/// Stores the hashes of other recovery codes. `false` where two-factor authentication is off.
pub async fn replace_recovery_codes(
    database: &Database,
    user_id: Uuid,
    hashes: Vec<String>,
) -> Result<bool, LoggedDbError> {
    let parameters = vec![Parameter::Uuid(user_id.to_string()), text_array(hashes)];
    Ok(database.at_most_one(&REPLACE_CODES, parameters).await?.is_some())
}

/// A code that has been counted.
#[derive(Debug)]
pub struct CodeAttempt {
    /// What it is checked with.
    pub sealed_secret: Vec<u8>,
    /// Whether two-factor authentication is on.
    pub is_enabled: bool,
    /// How long to wait before the next code counts; 0 when this one does.
    pub wait_seconds: u32,
}

/// Counts a code of a user before it is looked at. `None` where they have no secret.
pub async fn begin_code(
    database: &Database,
    user_id: Uuid,
    limits: &CodeLimits,
) -> Result<Option<CodeAttempt>, LoggedDbError> {
    let parameters = vec![
        Parameter::Uuid(user_id.to_string()),
        Parameter::Int32(limits.free),
        Parameter::Int32(limits.first_wait_seconds),
        Parameter::Int32(limits.max_wait_seconds),
    ];
    let row = database.at_most_one(&BEGIN_CODE, parameters).await?;
    database.decode(&BEGIN_CODE, || row.map(read_attempt).transpose())
}

fn read_attempt(mut row: Row) -> Result<CodeAttempt, DecodeError> {
    let (sealed_secret, is_enabled) = (row.read("sealed_secret")?, row.read("is_enabled")?);
    let wait: i64 = row.read("wait_seconds")?;
    Ok(CodeAttempt {
        sealed_secret,
        is_enabled,
        wait_seconds: u32::try_from(wait.max(0)).unwrap_or(u32::MAX),
    })
}

/// Takes a right code of these 30 seconds. `false` where it or a later one was taken before.
pub async fn complete_code(
    database: &Database,
    user_id: Uuid,
    sealed_secret: &[u8],
    step: i64,
    resealed: Option<Vec<u8>>,
    challenge: Option<&[u8]>,
) -> Result<bool, LoggedDbError> {
    let parameters = vec![
        Parameter::Uuid(user_id.to_string()),
        Parameter::Binary(sealed_secret.to_vec()),
        Parameter::Int64(step),
        optional(resealed),
        optional(challenge.map(<[u8]>::to_vec)),
    ];
    Ok(database.at_most_one(&COMPLETE_CODE, parameters).await?.is_some())
}

/// Takes a recovery code by its hash. `false` where the user has none of these, or has used it.
pub async fn complete_recovery_code(
    database: &Database,
    user_id: Uuid,
    hash: &str,
    challenge: Option<&[u8]>,
) -> Result<bool, LoggedDbError> {
    let parameters = vec![
        Parameter::Uuid(user_id.to_string()),
        Parameter::Str(hash.to_owned()),
        optional(challenge.map(<[u8]>::to_vec)),
    ];
    Ok(database.at_most_one(&COMPLETE_RECOVERY_CODE, parameters).await?.is_some())
}

/// Stores a challenge or a trusted browser of a user, and a stronger hash of the password if there is one.
pub async fn insert_two_factor_token(
    database: &Database,
    purpose: TokenPurpose,
    token_hash: &[u8],
    user_id: Uuid,
    remembered: bool,
    stronger_hash: Option<&str>,
) -> Result<(), LoggedDbError> {
    let parameters = vec![
        Parameter::Binary(token_hash.to_vec()),
        Parameter::Str(purpose.name().to_owned()),
        Parameter::Uuid(user_id.to_string()),
        Parameter::Boolean(remembered),
        Parameter::Int32(purpose.lifetime_seconds()),
        Parameter::Int32(purpose.max_count()),
        Parameter::Int32(MAX_DELETED_TOKENS),
        optional(stronger_hash.map(str::to_owned)),
    ];
    database.at_most_one(&INSERT_TOKEN, parameters).await.map(drop)
}

/// A challenge of which a code has been counted.
#[derive(Debug)]
pub struct TakenChallenge {
    /// Whose it is.
    pub user: User,
    /// Whether their session shall be remembered.
    pub remembered: bool,
    /// How many codes it was answered with, this one included.
    pub attempts: i32,
}

/// Counts a code for the challenge with this token's hash. `None` when it is over, or was answered with more than so many codes.
pub async fn take_challenge(
    database: &Database,
    token_hash: &[u8],
    max_codes: i32,
) -> Result<Option<TakenChallenge>, LoggedDbError> {
    let parameters = vec![Parameter::Binary(token_hash.to_vec()), Parameter::Int32(max_codes)];
    let row = database.at_most_one(&TAKE_CHALLENGE, parameters).await?;
    database.decode(&TAKE_CHALLENGE, || row.map(read_challenge).transpose())
}

fn read_challenge(mut row: Row) -> Result<TakenChallenge, DecodeError> {
    Ok(TakenChallenge {
        attempts: row.read("attempts")?,
        remembered: row.read("remembered")?,
        user: super::whole_user(row)?,
    })
}

/// Puts another token in the place of that of a trusted browser of a user. `false` where it is not trusted.
pub async fn renew_trusted_device(
    database: &Database,
    user_id: Uuid,
    token_hash: &[u8],
    next_hash: &[u8],
) -> Result<bool, LoggedDbError> {
    let parameters = vec![
        Parameter::Uuid(user_id.to_string()),
        Parameter::Binary(token_hash.to_vec()),
        Parameter::Binary(next_hash.to_vec()),
        Parameter::Int32(TokenPurpose::Device.lifetime_seconds()),
    ];
    Ok(database.at_most_one(&RENEW_DEVICE, parameters).await?.is_some())
}
