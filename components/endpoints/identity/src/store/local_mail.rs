//! The mail of a local run.

use user_database::{Database, DecodeError, LoggedDbError, Parameter, Row, Statement};
use uuid::Uuid;

use crate::mail::Letter;

const INSERT: Statement =
    Statement::new("insert_local_mail", "todo.local_mail", include_str!("insert_local_mail.sql"));
const LIST: Statement =
    Statement::new("list_local_mail", "todo.local_mail", include_str!("list_local_mail.sql"));

/// How many are kept.
const MAX_LOCAL_MAILS: i32 = 50;

/// A mail that is kept.
#[derive(Debug)]
pub struct KeptMail {
    /// What it says, and to whom.
    pub letter: Letter,
    /// When it was written, in microseconds since 1970-01-01T00:00:00Z.
    pub created_at: i64,
}

/// Keeps a mail.
pub async fn insert_local_mail(database: &Database, letter: &Letter) -> Result<(), LoggedDbError> {
    let parameters = vec![
        Parameter::Uuid(Uuid::now_v7().to_string()),
        Parameter::Str(letter.recipient.clone()),
        Parameter::Str(letter.subject.clone()),
        Parameter::Str(letter.text.clone()),
        Parameter::Int32(MAX_LOCAL_MAILS),
    ];
    database.one(&INSERT, parameters).await.map(drop)
}

/// The mail that is kept, the latest first.
pub async fn list_local_mail(database: &Database) -> Result<Vec<KeptMail>, LoggedDbError> {
    let rows = database.rows(&LIST, Vec::new()).await?;
    database.decode(&LIST, || rows.into_iter().map(read).collect())
}

fn read(mut row: Row) -> Result<KeptMail, DecodeError> {
    let letter =
        Letter { recipient: row.read("recipient")?, subject: row.read("subject")?, text: row.read("text")? };
    Ok(KeptMail { letter, created_at: row.read("created_at_us")? })
}
