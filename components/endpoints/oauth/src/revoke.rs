//! A program gives a token back (RFC 7009).

use endpoint::{Context, Request, Response, body};
use http::StatusCode;
use user_database::Database;

use crate::error::OAuthError;
use crate::parameters::Parameters;
use crate::site::Site;
use crate::token::RefreshToken;
use crate::{client, store};

/// Ends what the person allowed the program, if the token is a refresh token of that program. An access token can't be called back:
/// it ends by itself within minutes. Which of them it was, the answer does not tell (section 2.2).
///
/// # Errors
/// `invalid_client`, or when the database is out of reach: then the token is still good.
pub async fn revoke(context: &Context, site: &Site, request: Request) -> Result<Response, OAuthError> {
    let (parts, content) = request.into_parts();
    let form = Parameters::from_form(&parts.headers, content).await?;
    let database = Database::open(&context.request_id).await?;
    let client = client::authenticate(context, site, &database, &parts.headers, &form).await?;
    if let Some(token) = RefreshToken::read(form.require("token")?, &site.settings.secrets) {
        store::delete_grant(&database, token.grant_id, &client.id).await?;
    }
    Ok(body::empty(StatusCode::OK))
}
