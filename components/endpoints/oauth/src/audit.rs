//! What of the requests of programs, and of people about programs, is recorded (ADR 42).

use audit_events::{Event, Outcome};
use endpoint::Context;
use http::HeaderMap;

use crate::error::{ErrorCode, OAuthError};
use crate::routes::Operation;
use crate::site::Site;

/// Records what came of a request, if it is one that is recorded.
pub async fn record(
    context: &Context,
    site: &Site,
    headers: &HeaderMap,
    operation: Operation,
    refused: Option<&OAuthError>,
) {
    let Some((action, is_read)) = action(operation) else { return };
    let event = match refused {
        Some(error) if is_recorded(error) => {
            Some(Event { action, outcome: Outcome::Refused, detail: Some(error.code.name()) })
        }
        Some(_) => None,
        // Of what only reads, or asks a person first, nothing but refusals.
        None => {
            site.trail.conclude(Some(action)).filter(|event| !is_read || event.outcome == Outcome::Refused)
        }
    };
    let Some(event) = event else { return };
    let proxy_header = site.settings.client_address_header.as_ref();
    let address = client_network::address(proxy_header, headers);
    let is_local =
        proxy_header.is_none() && site.origin.is_loopback() && client_network::is_this_machine(address);
    let secret = site.settings.secret();
    audit_events::record(secret, proxy_header, headers, !is_local, &context.request_id, &site.trail, event)
        .await;
}

/// What it is called, and whether it changes nothing by itself.
const fn action(operation: Operation) -> Option<(&'static str, bool)> {
    Some(match operation {
        Operation::Authorize => ("authorization.requested", true),
        Operation::Consent | Operation::DeviceConsent => ("consent.given", false),
        Operation::Token => ("token.issued", false),
        Operation::Register => ("program.registered", false),
        Operation::Revoke => ("token.revoked", false),
        Operation::Introspect => ("token.introspected", true),
        Operation::DeviceAuthorization => ("device.requested", true),
        Operation::Withdraw => ("consent.withdrawn", false),
        Operation::Userinfo => ("userinfo.read", true),
        Operation::EndSessionConfirm => ("session.ended", false),
        Operation::CreateService => ("service.created", false),
        Operation::RemoveService => ("service.removed", false),
        Operation::Metadata
        | Operation::Device
        | Operation::Programs
        | Operation::EndSession
        | Operation::Jwks
        | Operation::Services
        | Operation::Style
        | Operation::Script => return None,
    })
}

/// Not what a program hears while it waits, and what has to wait or went wrong here: a flood shall write nothing.
fn is_recorded(error: &OAuthError) -> bool {
    let is_ordinary = matches!(
        error.code,
        ErrorCode::AuthorizationPending
            | ErrorCode::SlowDown
            | ErrorCode::TemporarilyUnavailable
            | ErrorCode::ServerError
    );
    !is_ordinary && error.status.is_client_error()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_recorded_and_waiting_is_not() {
        let is_recorded = |code| is_recorded(&OAuthError::new(code, "x"));
        for code in [
            ErrorCode::InvalidRequest,
            ErrorCode::InvalidClient,
            ErrorCode::InvalidGrant,
            ErrorCode::AccessDenied,
        ] {
            assert!(is_recorded(code), "{code:?}");
        }
        for code in [ErrorCode::AuthorizationPending, ErrorCode::SlowDown, ErrorCode::ServerError] {
            assert!(!is_recorded(code), "{code:?}");
        }
    }
}
