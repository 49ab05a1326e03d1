//! A refresh token becomes an access token and the next refresh token (OAuth 2.1, section 4.3).

use endpoint::{Context, Response};
use user_database::Database;

use super::{RefreshToken, dead_grant};
use crate::access::{self, Issued};
use crate::client::Client;
use crate::error::OAuthError;
use crate::parameters::Parameters;
use crate::site::Site;
use crate::{resource, scope, store};

/// Exchanges a refresh token. One that was exchanged before ends all that came of the person's yes (section 4.3.1): two have it, and
/// one of them may have stolen it. For a short time after it was exchanged it brings the same next one again, for a program that
/// asks twice at once or whose answer was lost.
///
/// # Errors
/// `invalid_grant` for a token that is not this client's, or not good any more.
pub async fn refresh(
    context: &Context,
    site: &Site,
    database: &Database,
    client: &Client,
    form: &Parameters,
) -> Result<Response, OAuthError> {
    let presented =
        RefreshToken::read(form.require("refresh_token")?, &site.settings.secrets).ok_or_else(dead_grant)?;
    // What can be refused without the grant is refused before the token is used up.
    let wanted = form.get("scope").map(|text| scope::requested(Some(text))).transpose()?;
    let authorized =
        store::find_grant(database, presented.grant_id, &client.id).await?.ok_or_else(dead_grant)?;
    // A token that was used before, or stolen, is told to whoever allowed the program.
    site.trail.set_user(authorized.user.id);
    resource::check(&site.origin, &authorized.resource, form.resources())?;
    let granted = scope::narrowed(wanted.as_deref(), &authorized.scope)?;
    if !store::rotate_refresh_token(database, presented, &client.id).await? {
        return Err(dead_grant());
    }
    let next = RefreshToken { generation: presented.generation.saturating_add(1), ..presented };
    let refresh_token = next.write(&site.settings.secrets);
    let issued = Issued {
        client_id: &client.id,
        authorized: &authorized,
        scope: &granted,
        refresh_token: Some(&refresh_token),
        is_first: false,
    };
    access::answer(context, site, database, &issued).await
}
