//! A person types the code that a device shows, and is asked.

use endpoint::{Context, Request, Response};
use user_database::Database;

use super::user_code;
use crate::authorize::Shown;
use crate::error::{ErrorCode, OAuthError};
use crate::parameters::Parameters;
use crate::signature::{self, Purpose};
use crate::site::Site;
use crate::{pages, random, session, store};

/// How many codes a person may try in an hour.
const MAX_TRIES_PER_HOUR: i32 = 30;

/// The page: to sign in, to type the code, or what the program on the device asks for.
///
/// # Errors
/// When the database is out of reach, or the person tried too many codes.
pub async fn page(context: &Context, site: &Site, request: &Request) -> Result<Response, OAuthError> {
    let parameters = Parameters::from_query(request)?;
    let Some(session) = session::current(context, site, request.headers()).await? else {
        return Ok(pages::sign_in("Then you are asked what the program on your device may do."));
    };
    let Some(typed) = parameters.get("user_code") else { return Ok(pages::user_code(None)) };
    let database = Database::open(&context.request_id).await?;
    let key = signature::sign(&site.settings.secrets, Purpose::UserCode, session.user_id.as_bytes());
    let wait = store::count(&database, Some(key), MAX_TRIES_PER_HOUR).await?;
    if wait > 0 {
        return Err(OAuthError::too_many(format!("You tried too many codes. Try again in {wait} s."), wait));
    }
    let code = user_code::tidy(typed);
    let asked = match &code {
        Some(code) => store::find_device_request(&database, random::hash(code)).await?,
        None => None,
    };
    let (Some(asked), Some(code)) = (asked, code) else {
        return Ok(pages::user_code(Some(
            "There is no such code, or its time is over. Look at your device again.",
        )));
    };
    if !crate::resource::is_known(&site.origin, &asked.resource) {
        let sentence =
            "The program on your device asked at another address of this service: open the page there.";
        return Err(OAuthError::new(ErrorCode::InvalidRequest, sentence));
    }
    let form = Shown::new(asked.clone(), context.now_us).sign(
        &site.settings.secrets,
        Purpose::DeviceConsent,
        &session.token_hash,
    )?;
    Ok(pages::device_consent(&asked, &code, &session.email, &form))
}
