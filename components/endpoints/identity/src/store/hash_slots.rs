//! The places in which passwords are hashed.

use user_database::{Database, LoggedDbError, Parameter, Statement};
use uuid::Uuid;

const TAKE: Statement =
    Statement::new("take_hash_slot", "todo.password_hash_slots", include_str!("take_hash_slot.sql"));
const FREE: Statement =
    Statement::new("free_hash_slot", "todo.password_hash_slots", include_str!("free_hash_slot.sql"));

/// Takes one of so many places, for so many seconds at most; `None` when all are taken.
pub async fn take_hash_slot(
    database: &Database,
    count: i32,
    holder: Uuid,
    seconds: i32,
) -> Result<Option<i32>, LoggedDbError> {
    let parameters =
        vec![Parameter::Int32(count), Parameter::Uuid(holder.to_string()), Parameter::Int32(seconds)];
    let row = database.at_most_one(&TAKE, parameters).await?;
    database.decode(&TAKE, || row.map(|mut row| row.read("place")).transpose())
}

/// Gives a place back.
pub async fn free_hash_slot(database: &Database, place: i32, holder: Uuid) -> Result<(), LoggedDbError> {
    let parameters = vec![Parameter::Int32(place), Parameter::Uuid(holder.to_string())];
    database.at_most_one(&FREE, parameters).await.map(drop)
}
