//! A program wants a person to be signed out (OpenID Connect RP-Initiated Logout). The person decides: what asks is a link or a form
//! that any page can have.

use endpoint::{Context, Request, Response, body};
use http::{HeaderValue, Method, StatusCode, header};
use serde::{Deserialize, Serialize};
use user_database::Database;

use super::id_token::client_of;
use crate::authorize::{Shown, check_page};
use crate::client::redirect_uri;
use crate::error::{ErrorCode, OAuthError};
use crate::parameters::Parameters;
use crate::signature::Purpose;
use crate::site::Site;
use crate::{pages, session, store};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Asked {
    /// Where the person goes afterwards, if the program registered that.
    back: Option<String>,
}

/// Asks the person whether to sign out; tells them where nobody is signed in.
///
/// # Errors
/// Where the program or the address to go to is not known: then nobody is sent anywhere.
pub async fn page(context: &Context, site: &Site, request: Request) -> Result<Response, OAuthError> {
    let (parts, content) = request.into_parts();
    let parameters = if parts.method == Method::POST {
        Parameters::from_form(&parts.headers, content).await?
    } else {
        Parameters::read(parts.uri.query().unwrap_or_default().as_bytes())?
    };
    let database = Database::open(&context.request_id).await?;
    let asked = Asked { back: back(site, &database, &parameters).await? };
    let destination = asked.back.as_deref().map(|uri| (uri.to_owned(), redirect_uri::destination(uri).0));
    let Some(session) = session::current(context, site, &parts.headers).await? else {
        return Ok(pages::signed_out(destination.as_ref()));
    };
    let form = Shown::new(asked, context.now_us).sign(
        &site.settings.secrets,
        Purpose::EndSession,
        &session.token_hash,
    )?;
    Ok(pages::sign_out(&session.email, destination.as_ref(), &form))
}

/// Ends the session of a person who said yes.
///
/// # Errors
/// When the form was not sent by the page that was shown to this person.
pub async fn confirm(context: &Context, site: &Site, request: Request) -> Result<Response, OAuthError> {
    let (parts, content) = request.into_parts();
    check_page(site, &parts.headers)?;
    let form = Parameters::from_form(&parts.headers, content).await?;
    let Some(session) = session::current(context, site, &parts.headers).await? else {
        return Ok(pages::signed_out(None));
    };
    let secrets = &site.settings.secrets;
    let text = form.require("request")?;
    let shown: Shown<Asked> =
        Shown::open(text, secrets, Purpose::EndSession, &session.token_hash, context.now_us)?;
    let database = Database::open(&context.request_id).await?;
    store::end_session(&database, &session.token_hash).await?;
    let mut response = match &shown.asked.back {
        Some(uri) => {
            let location = HeaderValue::from_str(uri)
                .map_err(|_| OAuthError::internal("a registered address is no header"))?;
            let mut response = body::empty(StatusCode::SEE_OTHER);
            response.headers_mut().insert(header::LOCATION, location);
            response
        }
        None => pages::signed_out(None),
    };
    let cleared = HeaderValue::from_str(&session_cookie::clear(&site.origin))
        .map_err(|_| OAuthError::internal("a cookie is no header"))?;
    response.headers_mut().append(header::SET_COOKIE, cleared);
    Ok(response)
}

/// Where the person goes afterwards: an address that the program registered, with its `state`.
async fn back(
    site: &Site,
    database: &Database,
    parameters: &Parameters,
) -> Result<Option<String>, OAuthError> {
    let refused = |sentence: &'static str| OAuthError::new(ErrorCode::InvalidRequest, sentence);
    let hinted = match parameters.get("id_token_hint") {
        Some(token) => {
            let keys = store::list_public_keys(database).await?;
            let client = client_of(site, &keys, token);
            Some(client.map_err(|_| refused("id_token_hint is no token of this service."))?)
        }
        None => None,
    };
    let named = parameters.get("client_id");
    if let (Some(hinted), Some(named)) = (&hinted, named)
        && hinted != named
    {
        return Err(refused("id_token_hint was given to another program than client_id."));
    }
    let Some(uri) = parameters.get("post_logout_redirect_uri") else { return Ok(None) };
    let unknown =
        || refused("The program wants to send you to an address that it did not register for that.");
    let client_id = hinted.as_deref().or(named).ok_or_else(unknown)?;
    let client = store::find_client(database, client_id).await?.ok_or_else(unknown)?;
    if !redirect_uri::is_registered(uri, &client.post_logout_redirect_uris) {
        return Err(unknown());
    }
    let state: Vec<(&str, &str)> =
        parameters.get("state").map(|state| ("state", state)).into_iter().collect();
    if state.is_empty() {
        return Ok(Some(uri.to_owned()));
    }
    redirect_uri::with_parameters(uri, &state).map(Some).ok_or_else(unknown)
}
