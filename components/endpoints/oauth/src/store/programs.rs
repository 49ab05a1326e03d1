//! What a person allowed which programs.

use user_database::{Database, DecodeError, LoggedDbError, Parameter, Row, Statement};
use uuid::Uuid;

use crate::programs::AllowedProgram;

const LIST: Statement =
    Statement::new("list_programs", "todo.oauth_grants", include_str!("list_programs.sql"));
const WITHDRAW: Statement = Statement::new("withdraw", "todo.oauth_grants", include_str!("withdraw.sql"));

/// The programs that a person allowed something, the last used first.
pub async fn list_programs(database: &Database, user_id: Uuid) -> Result<Vec<AllowedProgram>, LoggedDbError> {
    let rows = database.rows(&LIST, vec![Parameter::Uuid(user_id.to_string())]).await?;
    database.decode(&LIST, || rows.into_iter().map(read).collect())
}

fn read(mut row: Row) -> Result<AllowedProgram, DecodeError> {
    Ok(AllowedProgram {
        client_id: row.read("client_id")?,
        name: row.read("name")?,
        scope: row.read("scope")?,
        allowed_on: row.read("allowed_on")?,
        last_used_on: row.read("last_used_on")?,
    })
}

/// Ends everything that a person allowed a program.
pub async fn withdraw(database: &Database, user_id: Uuid, client_id: &str) -> Result<(), LoggedDbError> {
    let parameters = vec![Parameter::Uuid(user_id.to_string()), Parameter::Str(client_id.to_owned())];
    database.rows(&WITHDRAW, parameters).await.map(drop)
}
