//! A program sends a person here; the person says what it may do.
//!
//! `GET` has no effect: some programs send it twice, and browsers may load it ahead. What counts is the form on the page that it
//! shows, which carries the request signed for this person's session.

mod consent;
mod redirect;
mod request;
mod shown;

use endpoint::{Context, Request, Response};
use user_database::Database;

pub use consent::{check_page, consent};
use redirect::refuse;
pub use request::AuthorizationRequest;
pub use shown::Shown;

use crate::client::{self, redirect_uri};
use crate::error::{ErrorCode, OAuthError};
use crate::parameters::Parameters;
use crate::signature::Purpose;
use crate::site::Site;
use crate::{pages, session, store};

/// Shows the person what a program asks for; first of all a page to sign in at, where nobody is signed in.
///
/// # Errors
/// Where the client or the address to go back to is not known: then nobody is sent anywhere (RFC 6749, section 4.1.2.1).
pub async fn authorize(context: &Context, site: &Site, request: &Request) -> Result<Response, OAuthError> {
    // First, so that what a link tries with somebody is told to them.
    let session = session::current(context, site, request.headers()).await?;
    let parameters = Parameters::from_query(request)?;
    let client_id = parameters.require("client_id")?;
    let database = Database::open(&context.request_id).await?;
    let client = match &session {
        Some(session) if is_described(site, client_id) => {
            client::find_described(context, site, &database, client_id, session.user_id).await?
        }
        _ => match store::find_client(&database, client_id).await? {
            Some(client) => client,
            // Its document is asked for once somebody is signed in.
            None if is_described(site, client_id) => return Ok(sign_in_first(client_id)),
            None => return Err(unknown()),
        },
    };
    site.trail.set_program(&client.id);
    let uri = request::redirect_uri(&parameters, &client)?;
    let state = parameters.get("state").map(str::to_owned);
    let asked = match AuthorizationRequest::read(site, &parameters, &client, uri.clone()) {
        Ok(asked) => asked,
        Err(error) => return refuse(site, &uri, state.as_deref(), &error),
    };
    if asked.without_a_page {
        let (code, sentence) = match session {
            None => (ErrorCode::LoginRequired, "Nobody is signed in."),
            Some(_) => (ErrorCode::ConsentRequired, "The person has to be asked."),
        };
        return refuse(site, &uri, state.as_deref(), &OAuthError::new(code, sentence));
    }
    let (destination, is_local) = redirect_uri::destination(&uri);
    let Some(session) = session else {
        return Ok(pages::sign_in_for(&client.name, &destination));
    };
    let shown = Shown::new(asked, context.now_us);
    let form = shown.sign(&site.settings.secrets, Purpose::Consent, &session.token_hash)?;
    Ok(pages::consent(&pages::Consent {
        client_name: &client.name,
        client_host: host(&client.id).as_deref(),
        destination: &destination,
        is_local,
        redirect_uri: &uri,
        email: &session.email,
        scope: &shown.asked.scope,
        request: &form,
    }))
}

/// Whether the program is described by a document, which may be fetched.
fn is_described(site: &Site, client_id: &str) -> bool {
    site.settings.client_documents && client::is_address(client_id)
}

/// Before anything is known of a program but the address of its document.
fn sign_in_first(client_id: &str) -> Response {
    match host(client_id) {
        Some(host) => pages::sign_in_for(&host, client_id),
        None => pages::error(&unknown()),
    }
}

/// The host that an id names, if it is an address.
fn host(client_id: &str) -> Option<String> {
    let url = client::is_address(client_id).then(|| url::Url::parse(client_id).ok()).flatten()?;
    url.host_str().map(str::to_owned)
}

fn unknown() -> OAuthError {
    let sentence =
        "The program that sent you here is not registered. Start it anew, so that it registers again.";
    OAuthError::new(ErrorCode::InvalidRequest, sentence)
}
