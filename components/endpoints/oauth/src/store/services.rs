//! Programs that act for their owner without a browser.

use user_database::{Database, DecodeError, LoggedDbError, Parameter, Row, Statement, optional, text_array};
use uuid::Uuid;

use crate::client::{self, Client};
use crate::services::OwnedService;

const INSERT: Statement =
    Statement::new("insert_service", "todo.oauth_clients", include_str!("insert_service.sql"));
const LIST: Statement =
    Statement::new("list_services", "todo.oauth_clients", include_str!("list_services.sql"));
const DELETE: Statement =
    Statement::new("delete_service", "todo.oauth_clients", include_str!("delete_service.sql"));

/// Stores a service of its owner. `false` when they have so many already.
pub async fn insert_service(
    database: &Database,
    client: &Client,
    max_services: i32,
) -> Result<bool, LoggedDbError> {
    let Some(service) = &client.service else { return Ok(false) };
    let parameters = vec![
        Parameter::Str(client.id.clone()),
        Parameter::Str(client.name.clone()),
        text_array(client.grant_types.clone()),
        optional(client.secret_hash.clone()),
        optional(client::stored_jwks(client)),
        Parameter::Uuid(service.owner_id.to_string()),
        Parameter::Str(service.scope.clone()),
        Parameter::Int32(max_services),
    ];
    Ok(database.at_most_one(&INSERT, parameters).await?.is_some())
}

/// The services of a person, the latest first.
pub async fn list_services(database: &Database, owner: Uuid) -> Result<Vec<OwnedService>, LoggedDbError> {
    let rows = database.rows(&LIST, vec![Parameter::Uuid(owner.to_string())]).await?;
    let read = |mut row: Row| -> Result<_, DecodeError> {
        Ok(OwnedService {
            client_id: row.read("client_id")?,
            name: row.read("name")?,
            scope: row.read("scope")?,
            has_key: row.read("has_key")?,
            made_on: row.read("made_on")?,
        })
    };
    database.decode(&LIST, || rows.into_iter().map(read).collect())
}

/// Removes a service of this person, if there is one of this id.
pub async fn delete_service(database: &Database, owner: Uuid, client_id: &str) -> Result<(), LoggedDbError> {
    let parameters = vec![Parameter::Uuid(owner.to_string()), Parameter::Str(client_id.to_owned())];
    database.at_most_one(&DELETE, parameters).await.map(drop)
}
