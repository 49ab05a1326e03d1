//! The programs that a person allowed something, and how to withdraw it.

use endpoint::{Context, Request, Response, body};
use http::{HeaderValue, StatusCode, header};
use user_database::Database;

use crate::authorize::check_page;
use crate::error::{ErrorCode, OAuthError};
use crate::parameters::Parameters;
use crate::routes::paths;
use crate::site::Site;
use crate::{pages, session, store};

/// A program that a person allowed something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedProgram {
    /// Its id.
    pub client_id: String,
    /// What it calls itself.
    pub name: String,
    /// What it may do: the scopes of every time that the person said yes, with spaces between.
    pub scope: String,
    /// Since when, as a date (UTC).
    pub allowed_on: String,
    /// When it came for tokens last, as a date (UTC).
    pub last_used_on: String,
}

/// Shows them; a page to sign in at where nobody is signed in.
///
/// # Errors
/// When the database is out of reach.
pub async fn programs(context: &Context, site: &Site, request: &Request) -> Result<Response, OAuthError> {
    let Some(session) = session::current(context, site, request.headers()).await? else {
        return Ok(pages::sign_in("Then you see which programs may use your tasks."));
    };
    let database = Database::open(&context.request_id).await?;
    let programs = store::list_programs(&database, session.user_id).await?;
    Ok(pages::programs(&session.email, &programs))
}

/// Ends everything that the person allowed a program, and shows the rest.
///
/// # Errors
/// When the form was not sent by the page, or nobody is signed in.
pub async fn withdraw(context: &Context, site: &Site, request: Request) -> Result<Response, OAuthError> {
    let (parts, content) = request.into_parts();
    check_page(site, &parts.headers)?;
    let form = Parameters::from_form(&parts.headers, content).await?;
    let Some(session) = session::current(context, site, &parts.headers).await? else {
        return Err(OAuthError::new(ErrorCode::AccessDenied, "You are not signed in any more."));
    };
    let database = Database::open(&context.request_id).await?;
    let client_id = form.require("client_id")?;
    store::withdraw(&database, session.user_id, client_id).await?;
    let mut response = body::empty(StatusCode::SEE_OTHER);
    response.headers_mut().insert(header::LOCATION, HeaderValue::from_static(paths::PROGRAMS));
    Ok(response)
}
