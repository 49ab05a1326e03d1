//! The person's answer to a program on a device.

use endpoint::{Context, Request, Response};
use user_database::Database;
use uuid::Uuid;

use super::DeviceRequest;
use crate::authorize::{Shown, check_page};
use crate::error::{ErrorCode, OAuthError};
use crate::parameters::Parameters;
use crate::signature::Purpose;
use crate::site::Site;
use crate::{pages, session, store};

/// Keeps the answer, which the program asks for.
///
/// # Errors
/// When the form was not sent by the page that was shown to this person, or the code's time is over.
pub async fn consent(context: &Context, site: &Site, request: Request) -> Result<Response, OAuthError> {
    let (parts, content) = request.into_parts();
    check_page(site, &parts.headers)?;
    let form = Parameters::from_form(&parts.headers, content).await?;
    let Some(session) = session::current(context, site, &parts.headers).await? else {
        return Err(OAuthError::new(ErrorCode::AccessDenied, "You are not signed in any more."));
    };
    let shown: Shown<DeviceRequest> = Shown::open(
        form.require("request")?,
        &site.settings.secrets,
        Purpose::DeviceConsent,
        &session.token_hash,
        context.now_us,
    )?;
    let grant = match form.get("answer") {
        Some("allow") => Some((Uuid::now_v7(), session.user_id)),
        Some("deny") => None,
        _ => return Err(OAuthError::new(ErrorCode::InvalidRequest, "answer has to be allow or deny.")),
    };
    if grant.is_none() {
        site.trail.set_action("consent.denied", None);
    }
    let database = Database::open(&context.request_id).await?;
    if !store::answer_device_code(&database, &shown.asked, grant).await? {
        let sentence = "The code's time is over, or it was answered already. Start again on your device.";
        return Err(OAuthError::new(ErrorCode::InvalidRequest, sentence));
    }
    Ok(pages::answered(grant.is_some()))
}
