//! `GET /api/auth/list-accounts` and what Better Auth does with accounts at other providers, of which there are none here:
//! `/unlink-account`, `/account-info`, `/get-access-token`, `/refresh-token`, `/link-social` and `/sign-in/social`

use endpoint::{Context, Request};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use user_database::Database;
use uuid::Uuid;

use crate::answer::Answer;
use crate::auth_error::AuthError;
use crate::session::Current;
use crate::site::Site;
use crate::user::instant;
use crate::{input, session, store};

/// A way in which a user signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: Uuid,
    /// How: `credential` is an e-mail address with a password.
    pub provider_id: String,
    /// The user's name at the provider.
    pub account_id: String,
    /// When it was added, in microseconds since 1970-01-01T00:00:00Z.
    pub created_at: i64,
    /// When it was last changed, in the same unit.
    pub updated_at: i64,
}

impl Account {
    /// Better Auth's form.
    fn to_json(&self, user_id: Uuid) -> Value {
        json!({
            "id": self.id,
            "providerId": self.provider_id,
            "accountId": self.account_id,
            "userId": user_id,
            "createdAt": instant(self.created_at),
            "updatedAt": instant(self.updated_at),
            "scopes": [],
        })
    }
}

/// The ways in which whoever is signed in signs in.
///
/// # Errors
/// 401 when nobody is signed in.
pub async fn list(context: &Context, site: &Site, request: &Request) -> Result<Answer, AuthError> {
    let (current, database) = session::required(context, site, request.headers()).await?;
    let user_id = current.session.user.id;
    let accounts = store::list_accounts(&database, user_id).await?;
    let accounts: Vec<Value> = accounts.iter().map(|account| account.to_json(user_id)).collect();
    Ok(current.renew_cookie(site, Answer::new(StatusCode::OK, &accounts)?))
}

/// Which account.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Named {
    account_id: String,
}

/// Takes a way to sign in from whoever is signed in. Everybody has one alone, and that stays.
///
/// # Errors
/// 400 always, or 401 when nobody is signed in.
pub async fn unlink(context: &Context, site: &Site, request: Request) -> Result<Answer, AuthError> {
    let (parts, content) = request.into_parts();
    let _: Named = input::read(&parts.headers, content).await?;
    session::required(context, site, &parts.headers).await?;
    Err(AuthError::bad_request(
        "FAILED_TO_UNLINK_LAST_ACCOUNT",
        "You can't unlink your last account",
        "This is the only way in which you sign in, so it stays.",
    ))
}

/// What a provider says of the user. No account is at a provider that says anything.
///
/// # Errors
/// 400 always, or 401 when nobody is signed in.
pub async fn info(context: &Context, site: &Site, request: &Request) -> Result<Answer, AuthError> {
    let Named { account_id } = input::parameters(request.uri())?;
    let (current, database) = session::required(context, site, request.headers()).await?;
    find(&current, &database, &account_id).await?;
    Err(AuthError::bad_request(
        "PROVIDER_NOT_CONFIGURED",
        "Account is not associated with a configured social provider.",
        "You sign in to this account with a password: no other provider knows anything of you.",
    ))
}

/// A provider's access token for the user, fresh or not. No account is at a provider that gives any.
///
/// # Errors
/// 400 always, or 401 when nobody is signed in.
pub async fn provider_token(context: &Context, site: &Site, request: Request) -> Result<Answer, AuthError> {
    let (parts, content) = request.into_parts();
    let Named { account_id } = input::read(&parts.headers, content).await?;
    let (current, database) = session::required(context, site, &parts.headers).await?;
    let account = find(&current, &database, &account_id).await?;
    let message = format!("Provider {} is not supported.", account.provider_id);
    Err(AuthError::bad_request(
        "PROVIDER_NOT_SUPPORTED",
        message,
        "You sign in to this account with a password: there are no tokens of another provider. Access tokens of this app are at \
         /api/auth/token.",
    ))
}

/// Adds a way to sign in by another provider. There are none.
///
/// # Errors
/// 404 always, or 401 when nobody is signed in.
pub async fn link_social(context: &Context, site: &Site, request: &Request) -> Result<Answer, AuthError> {
    session::required(context, site, request.headers()).await?;
    sign_in_social()
}

/// Signs in by another provider. There are none.
///
/// # Errors
/// 404 always.
pub fn sign_in_social() -> Result<Answer, AuthError> {
    Err(AuthError::not_found(
        "PROVIDER_NOT_FOUND",
        "Provider not found",
        "No other provider signs people in here.",
    ))
}

async fn find(current: &Current, database: &Database, id: &str) -> Result<Account, AuthError> {
    let accounts = store::list_accounts(database, current.session.user.id).await?;
    let found = Uuid::try_parse(id).ok().and_then(|id| accounts.into_iter().find(|account| account.id == id));
    found.ok_or_else(|| {
        AuthError::bad_request(
            "ACCOUNT_NOT_FOUND",
            "Account not found",
            "You have no such account. /api/auth/list-accounts lists those that you have.",
        )
    })
}
