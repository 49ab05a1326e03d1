//! Who people are.

use user_database::{Database, DecodeError, LoggedDbError, Parameter, Row, Statement};
use uuid::Uuid;

use crate::openid::User;

const FIND: Statement = Statement::new("find_user", "todo.users", include_str!("find_user.sql"));

/// The user in the next columns of a row.
pub fn user(row: &mut Row) -> Result<User, DecodeError> {
    Ok(User {
        id: row.read("user_id")?,
        email: row.read("email")?,
        email_verified: row.read("email_verified")?,
        name: row.read("name")?,
        image: row.read("image")?,
        time_zone: row.read("time_zone")?,
    })
}

/// The user with this id, if they still have an account.
pub async fn find_user(database: &Database, id: Uuid) -> Result<Option<User>, LoggedDbError> {
    let row = database.at_most_one(&FIND, vec![Parameter::Uuid(id.to_string())]).await?;
    database.decode(&FIND, || row.map(|mut row| user(&mut row)).transpose())
}
