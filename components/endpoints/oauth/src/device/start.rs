//! A program on a device begins (RFC 8628, section 3.1).

use endpoint::{Context, Request, Response, body};
use http::StatusCode;
use serde_json::json;
use user_database::Database;

use super::user_code;
use crate::error::{ErrorCode, OAuthError};
use crate::parameters::Parameters;
use crate::routes::paths;
use crate::signature::Purpose;
use crate::site::Site;
use crate::store::{self, DEVICE_CODE_LIFETIME_SECONDS, NewDeviceCode, POLL_INTERVAL_SECONDS};
use crate::token::DEVICE_CODE;
use crate::{client, random, resource, scope};

/// Gives a program two codes: one to show, one to ask with.
///
/// # Errors
/// `invalid_client`, `unauthorized_client`, `invalid_scope`, `invalid_target`; 429 where too many came from one network.
pub async fn start(context: &Context, site: &Site, request: Request) -> Result<Response, OAuthError> {
    let (parts, content) = request.into_parts();
    let form = Parameters::from_form(&parts.headers, content).await?;
    let database = Database::open(&context.request_id).await?;
    let client = client::authenticate(context, site, &database, &parts.headers, &form).await?;
    if !client.uses(DEVICE_CODE) {
        return Err(OAuthError::new(
            ErrorCode::UnauthorizedClient,
            "The program did not register for device codes.",
        ));
    }
    let scope = scope::requested(form.get("scope"))?;
    let resource = resource::requested(&site.origin, form.resources())?;
    let limit = site.settings.registrations_per_hour;
    let key = client::counted_under(site, &parts.headers, Purpose::DeviceCode).filter(|_| limit > 0);
    let wait = store::count(&database, key, limit).await?;
    if wait > 0 {
        let sentence = format!("Too many devices asked from your network. Try again in {wait} s.");
        return Err(OAuthError::too_many(sentence, wait));
    }
    let (device_code, user_code) = (random::text()?, user_code::new()?);
    let stored = NewDeviceCode {
        device_code: random::hash(&device_code),
        user_code: random::hash(&user_code),
        client_id: &client.id,
        scope: &scope,
        resource: &resource,
    };
    store::insert_device_code(&database, &stored).await?;
    let address = site.url(paths::DEVICE);
    let answer = json!({
        "device_code": device_code,
        "user_code": user_code,
        "verification_uri": address,
        "verification_uri_complete": format!("{address}?user_code={user_code}"),
        "expires_in": DEVICE_CODE_LIFETIME_SECONDS,
        "interval": POLL_INTERVAL_SECONDS,
    });
    Ok(body::json(StatusCode::OK, &answer)?)
}
