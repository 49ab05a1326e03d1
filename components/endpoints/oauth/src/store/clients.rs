//! Programs that registered, and the last good copies of documents that describe others.

use access_token::PublicKey;
use user_database::{Database, DecodeError, LoggedDbError, Parameter, Row, Statement, optional, text_array};
use uuid::Uuid;

use crate::client::{self, Client, Description, PRIVATE_KEY_JWT, Service};

const FIND: Statement = Statement::new("find_client", "todo.oauth_clients", include_str!("find_client.sql"));
const INSERT: Statement =
    Statement::new("insert_client", "todo.oauth_clients", include_str!("insert_client.sql"));
const KEEP: Statement =
    Statement::new("keep_document", "todo.oauth_clients", include_str!("keep_document.sql"));

/// How long a program is known that nobody ever let act for them, in seconds: a day.
const UNUSED_AFTER_SECONDS: i32 = 24 * 60 * 60;
/// How many of those a new one deletes at most. Each adds one, so the table keeps to what is used.
const MAX_DELETED_ROWS: i32 = 20;

/// The program with this id.
pub async fn find_client(database: &Database, id: &str) -> Result<Option<Client>, LoggedDbError> {
    let row = database.at_most_one(&FIND, vec![Parameter::Str(id.to_owned())]).await?;
    database.decode(&FIND, || row.map(read).transpose())
}

fn read(mut row: Row) -> Result<Client, DecodeError> {
    let client = Client {
        id: row.read("id")?,
        name: row.read("name")?,
        redirect_uris: row.read("redirect_uris")?,
        grant_types: row.read("grant_types")?,
        auth_method: row.read("auth_method")?,
        secret_hash: row.read("secret_hash")?,
        post_logout_redirect_uris: row.read("post_logout_redirect_uris")?,
        keys: keys(row.read("jwks")?),
        service: service(row.read("owner_id")?, row.read("service_scope")?),
        description: match row.read::<Option<bool>>("is_fresh")? {
            None => Description::Registered,
            Some(true) => Description::Fresh,
            Some(false) => Description::Stale,
        },
    };
    // The secret of one with keys is there for releases that do not know of keys, and nobody has it.
    if client.keys.is_empty() {
        return Ok(client);
    }
    Ok(Client { auth_method: PRIVATE_KEY_JWT.to_owned(), secret_hash: None, ..client })
}

fn keys(stored: Option<String>) -> Vec<PublicKey> {
    let value = stored.and_then(|text| serde_json::from_str(&text).ok());
    value.and_then(|value| client::read_jwks(&value)).unwrap_or_default()
}

fn service(owner_id: Option<Uuid>, scope: Option<String>) -> Option<Service> {
    owner_id.zip(scope).map(|(owner_id, scope)| Service { owner_id, scope })
}

/// Stores a program that registered.
pub async fn insert_client(database: &Database, client: &Client) -> Result<(), LoggedDbError> {
    let mut parameters = described(client);
    parameters.extend([
        Parameter::Str(client.auth_method.clone()),
        optional(client.secret_hash.clone()),
        Parameter::Int32(UNUSED_AFTER_SECONDS),
        Parameter::Int32(MAX_DELETED_ROWS),
        text_array(client.post_logout_redirect_uris.clone()),
        optional(client::stored_jwks(client)),
    ]);
    database.one(&INSERT, parameters).await.map(drop)
}

/// Keeps what a program's document says, which is fresh for so many seconds.
pub async fn keep_document(
    database: &Database,
    client: &Client,
    fresh_seconds: u32,
) -> Result<(), LoggedDbError> {
    let mut parameters = described(client);
    parameters.extend([
        Parameter::Int32(i32::try_from(fresh_seconds).unwrap_or(i32::MAX)),
        Parameter::Int32(UNUSED_AFTER_SECONDS),
        Parameter::Int32(MAX_DELETED_ROWS),
        text_array(client.post_logout_redirect_uris.clone()),
    ]);
    database.at_most_one(&KEEP, parameters).await.map(drop)
}

fn described(client: &Client) -> Vec<Parameter> {
    vec![
        Parameter::Str(client.id.clone()),
        Parameter::Str(client.name.clone()),
        text_array(client.redirect_uris.clone()),
        text_array(client.grant_types.clone()),
    ]
}
