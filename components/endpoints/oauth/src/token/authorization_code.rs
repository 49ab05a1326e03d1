//! A code becomes tokens (OAuth 2.1, section 4.1.3).

use endpoint::{Context, Response};
use user_database::Database;

use super::{RefreshToken, dead_grant, pkce};
use crate::access::{self, Issued};
use crate::client::Client;
use crate::error::OAuthError;
use crate::parameters::Parameters;
use crate::site::Site;
use crate::{random, resource, scope, store};

/// Exchanges a code, once.
///
/// # Errors
/// `invalid_grant` for a code that is not this client's, was used, is too old, or asked for with another verifier or redirect URI.
pub async fn exchange(
    context: &Context,
    site: &Site,
    database: &Database,
    client: &Client,
    form: &Parameters,
) -> Result<Response, OAuthError> {
    let code = random::hash(form.require("code")?);
    let challenge = pkce::challenge(form.require("code_verifier")?)?;
    // OAuth 2.1 leaves it out; RFC 6749 compares it.
    let redirect_uri = form.get("redirect_uri");
    let redeemed = store::redeem_code(database, &code, &client.id, &challenge, redirect_uri).await?;
    let (grant_id, authorized) = redeemed.ok_or_else(dead_grant)?;
    resource::check(&site.origin, &authorized.resource, form.resources())?;
    let granted = scope::narrowed(form.get("scope"), &authorized.scope)?;
    let refresh_token = client
        .uses("refresh_token")
        .then(|| RefreshToken { grant_id, generation: 0 }.write(&site.settings.secrets));
    let issued = Issued {
        client_id: &client.id,
        authorized: &authorized,
        scope: &granted,
        refresh_token: refresh_token.as_deref(),
        is_first: true,
    };
    access::answer(context, site, database, &issued).await
}
