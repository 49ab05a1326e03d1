//! `POST /api/auth/api-key/create`, `/update` and `/delete`, `GET /api/auth/api-key/list` and `/get`: tokens that a person makes for their
//! own programs, in the form of Better Auth's API keys

mod form;

use endpoint::{Context, Request};
use http::StatusCode;
use personal_token::{PREFIX, RANDOM_BYTES, SHOWN_CHARACTERS};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::answer::Answer;
use crate::auth_error::AuthError;
use crate::site::Site;
use crate::user::instant;
use crate::{input, profile, session, store};

use form::Creation;

/// How many a person may have.
pub const MAX_TOKENS: usize = 20;

/// A token, without what it is itself. Instants are in microseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalToken {
    /// What names it when it is changed.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// Its first characters.
    pub start: String,
    /// What it may do: scopes separated by spaces.
    pub scope: String,
    /// When it was made.
    pub created_at: i64,
    /// When its name was changed last.
    pub updated_at: i64,
    /// When it ends.
    pub expires_at: i64,
    /// The hour in which it was used last.
    pub last_used_at: Option<i64>,
}

/// A token that is to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// What its owner calls it.
    pub name: String,
    /// Its hash.
    pub hash: Vec<u8>,
    /// Its first characters.
    pub start: String,
    /// What it may do: scopes separated by spaces.
    pub scope: String,
    /// After how many seconds it ends.
    pub lifetime_seconds: i32,
}

/// Makes a token for whoever is signed in, and tells it: this once.
///
/// # Errors
/// 400 for a member that is not valid, and where there are as many as there may be; 401 when nobody is signed in.
pub async fn create(context: &Context, site: &Site, request: Request) -> Result<Answer, AuthError> {
    let (parts, content) = request.into_parts();
    let creation: Creation = input::read(&parts.headers, content).await?;
    let mut random = [0; RANDOM_BYTES];
    getrandom::fill(&mut random).map_err(|error| AuthError::internal(&format!("no randomness: {error}")))?;
    let key = personal_token::new_token(&random);
    let token = NewToken {
        hash: personal_token::hash(&key),
        start: key.chars().take(SHOWN_CHARACTERS).collect(),
        ..creation.check()?
    };
    let (current, database) = session::required(context, site, &parts.headers).await?;
    let user_id = current.session.user.id;
    let Some(stored) = store::insert_personal_token(&database, user_id, &token).await? else {
        let detail = "You have 20 tokens. Delete one that you need no longer.";
        return Err(AuthError::bad_request("TOO_MANY_API_KEYS", "Too many API keys", detail));
    };
    let mut told = stored.to_json(user_id);
    told.insert("key".to_owned(), key.into());
    Ok(current.renew_cookie(site, Answer::new(StatusCode::OK, &told)?))
}

/// The tokens of whoever is signed in, the latest first.
///
/// # Errors
/// 401 when nobody is signed in.
pub async fn list(context: &Context, site: &Site, request: &Request) -> Result<Answer, AuthError> {
    let (current, database) = session::required(context, site, request.headers()).await?;
    let user_id = current.session.user.id;
    let tokens = store::list_personal_tokens(&database, user_id, None).await?;
    let tokens: Vec<_> = tokens.iter().map(|token| token.to_json(user_id)).collect();
    let told = json!({ "total": tokens.len(), "apiKeys": tokens });
    Ok(current.renew_cookie(site, Answer::new(StatusCode::OK, &told)?))
}

/// Which token is read.
#[derive(Deserialize)]
struct Wanted {
    id: String,
}

/// One of the tokens of whoever is signed in.
///
/// # Errors
/// 400 without an id, 401 when nobody is signed in, 404 where they have none with this id.
pub async fn get(context: &Context, site: &Site, request: &Request) -> Result<Answer, AuthError> {
    let wanted: Wanted = input::parameters(request.uri())?;
    let (current, database) = session::required(context, site, request.headers()).await?;
    let (user_id, id) = (current.session.user.id, known_id(&wanted.id)?);
    let tokens = store::list_personal_tokens(&database, user_id, Some(id)).await?;
    let token = tokens.first().ok_or_else(not_found)?;
    Ok(current.renew_cookie(site, Answer::new(StatusCode::OK, &token.to_json(user_id))?))
}

/// What is changed of a token.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    key_id: String,
    name: Option<String>,
}

/// Gives a token another name. What it may do and when it ends stays: that needs another token.
///
/// # Errors
/// 400 for a name that is not valid, 401 when nobody is signed in, 404 where they have no such token.
pub async fn update(context: &Context, site: &Site, request: Request) -> Result<Answer, AuthError> {
    let (parts, content) = request.into_parts();
    let change: Change = input::read(&parts.headers, content).await?;
    let Some(name) = change.name.as_deref() else {
        let detail = "Only the name of a token can be changed. Make another one for anything else.";
        return Err(AuthError::bad_request("NO_VALUES_TO_UPDATE", "No values to update.", detail));
    };
    let name = profile::name(name)?;
    let (current, database) = session::required(context, site, &parts.headers).await?;
    let (user_id, id) = (current.session.user.id, known_id(&change.key_id)?);
    let renamed = store::rename_personal_token(&database, user_id, id, &name).await?;
    let token = renamed.ok_or_else(not_found)?;
    Ok(current.renew_cookie(site, Answer::new(StatusCode::OK, &token.to_json(user_id))?))
}

/// Which token is revoked.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Named {
    key_id: String,
}

/// Revokes a token of whoever is signed in: within ten seconds it is good nowhere.
///
/// # Errors
/// 400 for a body that is not valid, 401 when nobody is signed in, 404 where they have no such token.
pub async fn delete(context: &Context, site: &Site, request: Request) -> Result<Answer, AuthError> {
    let (parts, content) = request.into_parts();
    let named: Named = input::read(&parts.headers, content).await?;
    let (current, database) = session::required(context, site, &parts.headers).await?;
    let id = known_id(&named.key_id)?;
    if !store::delete_personal_token(&database, current.session.user.id, id).await? {
        return Err(not_found());
    }
    Ok(current.renew_cookie(site, Answer::new(StatusCode::OK, &json!({"success": true}))?))
}

/// An id that may be one; there is no token with any other.
fn known_id(text: &str) -> Result<Uuid, AuthError> {
    Uuid::try_parse(text).map_err(|_| not_found())
}

fn not_found() -> AuthError {
    AuthError::not_found("KEY_NOT_FOUND", "API Key not found", "You have no token with this id.")
}

impl PersonalToken {
    /// Better Auth's form, with the scopes as an additional field.
    fn to_json(&self, user_id: Uuid) -> Map<String, Value> {
        let scopes: Vec<&str> = self.scope.split(' ').collect();
        let mut permissions: Map<String, Value> = Map::new();
        for (thing, action) in scopes.iter().map(|scope| scope.split_once(':').unwrap_or((scope, "use"))) {
            let actions = permissions.entry(thing).or_insert_with(|| json!([]));
            if let Some(actions) = actions.as_array_mut() {
                actions.push(action.into());
            }
        }
        let members = [
            ("id", json!(self.id)),
            ("name", json!(self.name)),
            ("start", json!(self.start)),
            ("prefix", json!(PREFIX)),
            ("referenceId", json!(user_id)),
            ("enabled", json!(true)),
            ("scopes", json!(scopes)),
            ("permissions", Value::Object(permissions)),
            ("metadata", Value::Null),
            ("createdAt", json!(instant(self.created_at))),
            ("updatedAt", json!(instant(self.updated_at))),
            ("expiresAt", json!(instant(self.expires_at))),
            ("lastRequest", json!(self.last_used_at.map(instant))),
        ];
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_told_as_better_auth_does_and_never_what_it_is() {
        let token = PersonalToken {
            id: Uuid::nil(),
            name: "Laptop".to_owned(),
            start: "todo_pat_AbCd".to_owned(),
            scope: "tasks:read tasks:write chat".to_owned(),
            created_at: 1_795_000_000_000_000,
            updated_at: 1_795_000_000_000_000,
            expires_at: 1_795_000_000_000_000,
            last_used_at: None,
        };
        let told = Value::Object(token.to_json(Uuid::nil()));
        assert_eq!(told["permissions"], json!({"tasks": ["read", "write"], "chat": ["use"]}));
        assert_eq!(told["scopes"], json!(["tasks:read", "tasks:write", "chat"]));
        assert_eq!(told["expiresAt"], "2026-11-18T11:06:40.000Z");
        assert_eq!((&told["lastRequest"], told.get("key")), (&Value::Null, None));
    }
}
