//! Links that are sent by mail.

use user_database::{Database, DecodeError, LoggedDbError, Parameter, Row, Statement, text_array};
use uuid::Uuid;

use crate::links::{MAX_LINKS, NewLink, Purpose};
use crate::user::User;

const INSERT: Statement =
    Statement::new("insert_link", "todo.account_links", include_str!("insert_link.sql"));
const FIND: Statement = Statement::new("find_link", "todo.account_links", include_str!("find_link.sql"));
const DELETE: Statement =
    Statement::new("delete_link", "todo.account_links", include_str!("delete_link.sql"));
const RESET_PASSWORD: Statement =
    Statement::new("reset_password", "todo.account_links", include_str!("reset_password.sql"));
const VERIFY_EMAIL: Statement =
    Statement::new("verify_email", "todo.users", include_str!("verify_email.sql"));
const CHANGE_EMAIL: Statement =
    Statement::new("change_email", "todo.users", include_str!("change_email.sql"));

/// How many links that are over a new one deletes at most.
const MAX_DELETED_LINKS: i32 = 20;

/// A link that can still be followed.
#[derive(Debug)]
pub struct Link {
    /// What for.
    pub purpose: Purpose,
    /// The address that it is about.
    pub email: String,
    /// Whose it is.
    pub user: User,
}

/// Stores a link. `false` where there is no such user: the work is the same.
pub async fn insert_link(database: &Database, link: &NewLink) -> Result<bool, LoggedDbError> {
    let parameters = vec![
        Parameter::Binary(link.token_hash.clone()),
        Parameter::Str(link.purpose.name().to_owned()),
        Parameter::Uuid(link.user_id.to_string()),
        Parameter::Str(link.email.clone()),
        Parameter::Int32(link.purpose.lifetime_seconds()),
        Parameter::Int32(MAX_LINKS),
        Parameter::Int32(MAX_DELETED_LINKS),
    ];
    Ok(database.at_most_one(&INSERT, parameters).await?.is_some())
}

/// The link with this token's hash, if it is for one of these purposes and can still be followed.
pub async fn find_link(
    database: &Database,
    token_hash: &[u8],
    purposes: &[Purpose],
) -> Result<Option<Link>, LoggedDbError> {
    let names = purposes.iter().map(|purpose| purpose.name().to_owned()).collect();
    let parameters = vec![Parameter::Binary(token_hash.to_vec()), text_array(names)];
    let row = database.at_most_one(&FIND, parameters).await?;
    database.decode(&FIND, || row.map(read).transpose())
}

fn read(mut row: Row) -> Result<Link, DecodeError> {
    let name: String = row.read("purpose")?;
    let purpose = Purpose::from_name(&name)
        .ok_or_else(|| row.invalid_value("purpose", "it is not one of those known"))?;
    let email = row.read("link_email")?;
    let id: Uuid = row.read("user_id")?;
    Ok(Link { purpose, email, user: super::user(&mut row, id)? })
}

/// Follows a link that changes nothing by itself. `false` when it was followed before or is over.
pub async fn delete_link(
    database: &Database,
    token_hash: &[u8],
    purpose: Purpose,
) -> Result<bool, LoggedDbError> {
    let parameters = vec![Parameter::Binary(token_hash.to_vec()), Parameter::Str(purpose.name().to_owned())];
    Ok(database.at_most_one(&DELETE, parameters).await?.is_some())
}

/// Follows a link to set a password. `false` when it was followed before or is over.
pub async fn reset_password(
    database: &Database,
    token_hash: &[u8],
    password_hash: &str,
) -> Result<bool, LoggedDbError> {
    let parameters = vec![Parameter::Binary(token_hash.to_vec()), Parameter::Str(password_hash.to_owned())];
    Ok(database.at_most_one(&RESET_PASSWORD, parameters).await?.is_some())
}

/// Follows a link to confirm an address. `false` when it was followed before or is over.
pub async fn verify_email(database: &Database, token_hash: &[u8]) -> Result<bool, LoggedDbError> {
    let parameters = vec![Parameter::Binary(token_hash.to_vec())];
    Ok(database.at_most_one(&VERIFY_EMAIL, parameters).await?.is_some())
}

/// Follows a link that was sent to a new address; answers the user with it. `None` when it was followed before, is over, or somebody
/// else has the address.
pub async fn change_email(database: &Database, token_hash: &[u8]) -> Result<Option<User>, LoggedDbError> {
    let row = database.at_most_one(&CHANGE_EMAIL, vec![Parameter::Binary(token_hash.to_vec())]).await?;
    database.decode(&CHANGE_EMAIL, || row.map(super::whole_user).transpose())
}
