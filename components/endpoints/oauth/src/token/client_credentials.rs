//! A service gets a token for its owner, without anybody being asked (RFC 6749, section 4.4): its owner said what it may do when they
//! made it.

use endpoint::{Context, Response};
use user_database::Database;

use crate::access::{self, Authorized, Issued};
use crate::client::Client;
use crate::error::{ErrorCode, OAuthError};
use crate::parameters::Parameters;
use crate::site::Site;
use crate::{resource, scope, store};

/// Answers with a token for the service's owner, and no other: when that is over, the service asks again.
///
/// # Errors
/// `unauthorized_client` for what is no service; `invalid_scope` for more than its owner said.
pub async fn exchange(
    context: &Context,
    site: &Site,
    database: &Database,
    client: &Client,
    form: &Parameters,
) -> Result<Response, OAuthError> {
    let not_one = || OAuthError::new(ErrorCode::UnauthorizedClient, "This program is no service of anybody.");
    let service = client.service.as_ref().ok_or_else(not_one)?;
    let resource = resource::requested(&site.origin, form.resources())?;
    let granted = scope::narrowed(form.get("scope"), &service.scope)?;
    let owner = store::find_user(database, service.owner_id).await?.ok_or_else(not_one)?;
    let authorized = Authorized { user: owner, scope: service.scope.clone(), resource, nonce: None };
    let issued = Issued {
        client_id: &client.id,
        authorized: &authorized,
        scope: &granted,
        refresh_token: None,
        is_first: false,
    };
    access::answer(context, site, database, &issued).await
}
