//! Services: programs that act for their owner without a browser. Their owner makes them on a page, says there what they may do, and takes
//! them away there.

mod form;

use endpoint::{Context, Request, Response, body};
use http::{HeaderValue, StatusCode, header};
use user_database::Database;

use crate::authorize::check_page;
use crate::error::{ErrorCode, OAuthError};
use crate::parameters::Parameters;
use crate::routes::paths;
use crate::session::Session;
use crate::site::Site;
use crate::{pages, session, store};

/// What a service may be allowed to do.
pub use form::SCOPES;

/// How many services a person may have at a time.
pub const MAX_SERVICES: i32 = 20;

/// A service, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedService {
    /// Its id.
    pub client_id: String,
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scope: String,
    /// Whether it proves who it is by a key, rather than by a secret.
    pub has_key: bool,
    /// Since when it is there, as a date (UTC).
    pub made_on: String,
}

/// Shows a person's services; a page to sign in at where nobody is signed in.
///
/// # Errors
/// When the database is out of reach.
pub async fn page(context: &Context, site: &Site, request: &Request) -> Result<Response, OAuthError> {
    let Some(session) = session::current(context, site, request.headers()).await? else {
        return Ok(pages::sign_in("Then you see the services that act for you."));
    };
    let database = Database::open(&context.request_id).await?;
    show(&database, &session, None).await
}

/// Makes a service, and shows its id and secret: the secret this once.
///
/// # Errors
/// When the form was not sent by the page, nobody is signed in, or something in it is wrong.
pub async fn create(context: &Context, site: &Site, request: Request) -> Result<Response, OAuthError> {
    let (session, form) = answered(context, site, request).await?;
    let (service, secret) = form::read(&form, session.user_id)?;
    let database = Database::open(&context.request_id).await?;
    if !store::insert_service(&database, &service, MAX_SERVICES).await? {
        let sentence = format!("You have {MAX_SERVICES} services. Remove one first.");
        return Err(OAuthError::new(ErrorCode::InvalidRequest, sentence));
    }
    let made = pages::NewService {
        client_id: &service.id,
        secret: secret.as_deref(),
        token_url: &site.url(paths::TOKEN),
    };
    show(&database, &session, Some(&made)).await
}

/// Removes a service: it gets no token any more.
///
/// # Errors
/// When the form was not sent by the page, or nobody is signed in.
pub async fn remove(context: &Context, site: &Site, request: Request) -> Result<Response, OAuthError> {
    let (session, form) = answered(context, site, request).await?;
    let database = Database::open(&context.request_id).await?;
    store::delete_service(&database, session.user_id, form.require("client_id")?).await?;
    let mut response = body::empty(StatusCode::SEE_OTHER);
    response.headers_mut().insert(header::LOCATION, HeaderValue::from_static(paths::SERVICES));
    Ok(response)
}

/// A form of the page, and who sent it.
async fn answered(
    context: &Context,
    site: &Site,
    request: Request,
) -> Result<(Session, Parameters), OAuthError> {
    let (parts, content) = request.into_parts();
    check_page(site, &parts.headers)?;
    let form = Parameters::from_form(&parts.headers, content).await?;
    let session = session::current(context, site, &parts.headers).await?;
    let session =
        session.ok_or_else(|| OAuthError::new(ErrorCode::AccessDenied, "You are not signed in any more."))?;
    Ok((session, form))
}

async fn show(
    database: &Database,
    session: &Session,
    made: Option<&pages::NewService<'_>>,
) -> Result<Response, OAuthError> {
    let services = store::list_services(database, session.user_id).await?;
    Ok(pages::services(&session.email, &services, made))
}
