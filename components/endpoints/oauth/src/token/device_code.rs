//! A device's code becomes tokens once the person said yes (RFC 8628, section 3.4).

use endpoint::{Context, Response};
use user_database::Database;

use super::{RefreshToken, dead_grant};
use crate::access::{self, Issued};
use crate::client::Client;
use crate::error::{ErrorCode, OAuthError};
use crate::parameters::Parameters;
use crate::site::Site;
use crate::store::{self, DeviceState};
use crate::{random, resource};

/// Exchanges a device's code, once.
///
/// # Errors
/// `authorization_pending` until the person answered, `slow_down` for a program that asks too often, `access_denied`, `expired_token`,
/// and `invalid_grant` for a code that is not this client's.
pub async fn exchange(
    context: &Context,
    site: &Site,
    database: &Database,
    client: &Client,
    form: &Parameters,
) -> Result<Response, OAuthError> {
    let code = random::hash(form.require("device_code")?);
    let (error, sentence) = match store::poll_device_code(database, &code, &client.id).await? {
        None => return Err(dead_grant()),
        Some(DeviceState::Pending) => (ErrorCode::AuthorizationPending, "The person has not answered yet."),
        Some(DeviceState::TooSoon) => (ErrorCode::SlowDown, "Wait longer before you ask again."),
        Some(DeviceState::Denied) => (ErrorCode::DeviceDenied, "The person said no."),
        Some(DeviceState::Expired) => (ErrorCode::ExpiredToken, "The person did not answer in time."),
        Some(DeviceState::Allowed) => {
            let redeemed = store::redeem_device_code(database, &code, &client.id).await?;
            let (grant_id, authorized) = redeemed.ok_or_else(dead_grant)?;
            resource::check(&site.origin, &authorized.resource, form.resources())?;
            let refresh_token = client
                .uses("refresh_token")
                .then(|| RefreshToken { grant_id, generation: 0 }.write(&site.settings.secrets));
            let issued = Issued {
                client_id: &client.id,
                authorized: &authorized,
                scope: &authorized.scope,
                refresh_token: refresh_token.as_deref(),
                is_first: true,
            };
            return access::answer(context, site, database, &issued).await;
        }
    };
    Err(OAuthError::new(error, sentence))
}
