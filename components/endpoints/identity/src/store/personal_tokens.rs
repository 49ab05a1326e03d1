//! Tokens that people make for their own programs.

use user_database::{Database, DecodeError, LoggedDbError, Parameter, Row, Statement};
use uuid::Uuid;

use crate::personal_tokens::{MAX_TOKENS, NewToken, PersonalToken};

const TABLE: &str = "todo.personal_tokens";
const INSERT: Statement =
    Statement::new("insert_personal_token", TABLE, include_str!("insert_personal_token.sql"));
const LIST: Statement =
    Statement::new("list_personal_tokens", TABLE, include_str!("list_personal_tokens.sql"));
const RENAME: Statement =
    Statement::new("rename_personal_token", TABLE, include_str!("rename_personal_token.sql"));
const DELETE: Statement =
    Statement::new("delete_personal_token", TABLE, include_str!("delete_personal_token.sql"));

/// How often a place is looked for: another request of the same person may take it first.
const MAX_ATTEMPTS: usize = 3;

/// Stores a token of a user; nothing where they have as many as they may have.
pub async fn insert_personal_token(
    database: &Database,
    user_id: Uuid,
    token: &NewToken,
) -> Result<Option<PersonalToken>, LoggedDbError> {
    for _ in 0..MAX_ATTEMPTS {
        let parameters = vec![
            Parameter::Uuid(Uuid::now_v7().to_string()),
            Parameter::Uuid(user_id.to_string()),
            Parameter::Str(token.name.clone()),
            Parameter::Binary(token.hash.clone()),
            Parameter::Str(token.start.clone()),
            Parameter::Str(token.scope.clone()),
            Parameter::Int32(token.lifetime_seconds),
            Parameter::Int32(i32::try_from(MAX_TOKENS).unwrap_or_default()),
        ];
        let row = database.at_most_one(&INSERT, parameters).await?;
        if let Some(stored) = database.decode(&INSERT, || row.map(read).transpose())? {
            return Ok(Some(stored));
        }
    }
    Ok(None)
}

/// The tokens of a user, the latest first, or the one with this id.
pub async fn list_personal_tokens(
    database: &Database,
    user_id: Uuid,
    id: Option<Uuid>,
) -> Result<Vec<PersonalToken>, LoggedDbError> {
    let id = id.map_or(Parameter::DbNull, |id| Parameter::Uuid(id.to_string()));
    let rows = database.rows(&LIST, vec![Parameter::Uuid(user_id.to_string()), id]).await?;
    database.decode(&LIST, || rows.into_iter().map(read).collect())
}

/// Gives a token of a user another name; nothing where they have no such token.
pub async fn rename_personal_token(
    database: &Database,
    user_id: Uuid,
    id: Uuid,
    name: &str,
) -> Result<Option<PersonalToken>, LoggedDbError> {
    let parameters = vec![
        Parameter::Uuid(user_id.to_string()),
        Parameter::Uuid(id.to_string()),
        Parameter::Str(name.to_owned()),
    ];
    let row = database.at_most_one(&RENAME, parameters).await?;
    database.decode(&RENAME, || row.map(read).transpose())
}

/// Deletes a token of a user; whether there was one.
pub async fn delete_personal_token(
    database: &Database,
    user_id: Uuid,
    id: Uuid,
) -> Result<bool, LoggedDbError> {
    let parameters = vec![Parameter::Uuid(user_id.to_string()), Parameter::Uuid(id.to_string())];
    let row: Option<Row> = database.at_most_one(&DELETE, parameters).await?;
    Ok(row.is_some())
}

fn read(mut row: Row) -> Result<PersonalToken, DecodeError> {
    Ok(PersonalToken {
        id: row.read("id")?,
        name: row.read("name")?,
        start: row.read("start")?,
        scope: row.read("scope")?,
        created_at: row.read("created_at_us")?,
        updated_at: row.read("updated_at_us")?,
        expires_at: row.read("expires_at_us")?,
        last_used_at: row.read("last_used_at_us")?,
    })
}
