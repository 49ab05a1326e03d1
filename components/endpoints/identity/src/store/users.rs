//! Reading and changing users and the ways in which they sign in.

use user_database::{Database, DecodeError, LoggedDbError, Parameter, Row, Statement, optional};
use uuid::Uuid;

use crate::accounts::Account;
use crate::user::User;

const UPDATE: Statement = Statement::new("update_user", "todo.users", include_str!("update_user.sql"));
const SET_EMAIL: Statement = Statement::new("set_email", "todo.users", include_str!("set_email.sql"));
const IS_EMAIL_TAKEN: Statement =
    Statement::new("is_email_taken", "todo.users", include_str!("is_email_taken.sql"));
const ERASE: Statement = Statement::new("erase_user", "todo.users", include_str!("erase_user.sql"));
const LIST_ACCOUNTS: Statement =
    Statement::new("list_accounts", "todo.accounts", include_str!("list_accounts.sql"));

/// What a user changes of themselves: `None` leaves it, `Some(None)` takes it away.
#[derive(Debug, Default)]
pub struct Changes {
    /// What they want to be called.
    pub name: Option<String>,
    /// Where a picture of them is.
    pub image: Option<Option<String>>,
    /// The IANA time zone in which they mean their days.
    pub time_zone: Option<Option<String>>,
}

/// Changes a user. `false` when there is none any more.
pub async fn update_user(
    database: &Database,
    user_id: Uuid,
    changes: &Changes,
    now: i64,
) -> Result<bool, LoggedDbError> {
    let parameters = vec![
        Parameter::Uuid(user_id.to_string()),
        optional(changes.name.clone()),
        Parameter::Boolean(changes.image.is_some()),
        optional(changes.image.clone().flatten()),
        Parameter::Boolean(changes.time_zone.is_some()),
        optional(changes.time_zone.clone().flatten()),
        Parameter::Int64(now),
    ];
    Ok(database.at_most_one(&UPDATE, parameters).await?.is_some())
}

/// Gives a user another address that nobody has to confirm. `false` when somebody has it.
pub async fn set_email(
    database: &Database,
    user_id: Uuid,
    email: &str,
    now: i64,
) -> Result<bool, LoggedDbError> {
    let parameters =
        vec![Parameter::Uuid(user_id.to_string()), Parameter::Str(email.to_owned()), Parameter::Int64(now)];
    Ok(database.at_most_one(&SET_EMAIL, parameters).await?.is_some())
}

/// Whether somebody has an e-mail address.
pub async fn is_email_taken(database: &Database, email: &str) -> Result<bool, LoggedDbError> {
    let mut row = database.one(&IS_EMAIL_TAKEN, vec![Parameter::Str(email.to_owned())]).await?;
    database.decode(&IS_EMAIL_TAKEN, || row.read("is_taken"))
}

/// Deletes a user with everything that is stored of them; with the hash of a link's token only if that can still be followed.
/// `false` when nothing was deleted.
pub async fn erase_user(
    database: &Database,
    user: &User,
    token_hash: Option<Vec<u8>>,
) -> Result<bool, LoggedDbError> {
    let parameters =
        vec![Parameter::Uuid(user.id.to_string()), optional(token_hash), Parameter::Str(user.email.clone())];
    Ok(database.at_most_one(&ERASE, parameters).await?.is_some())
}

/// The ways in which a user signs in.
pub async fn list_accounts(database: &Database, user_id: Uuid) -> Result<Vec<Account>, LoggedDbError> {
    let rows = database.rows(&LIST_ACCOUNTS, vec![Parameter::Uuid(user_id.to_string())]).await?;
    database.decode(&LIST_ACCOUNTS, || rows.into_iter().map(read_account).collect())
}

fn read_account(mut row: Row) -> Result<Account, DecodeError> {
    Ok(Account {
        id: row.read("id")?,
        provider_id: row.read("provider_id")?,
        account_id: row.read("account_id")?,
        created_at: row.read("created_at_us")?,
        updated_at: row.read("updated_at_us")?,
    })
}
