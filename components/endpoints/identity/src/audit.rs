//! What of the requests for an account is recorded (ADR 42).

use audit_events::{Event, Outcome};
use endpoint::Context;
use http::HeaderMap;

use crate::auth_error::AuthError;
use crate::client::Client;
use crate::routes::Operation;
use crate::site::Site;

/// Records what came of a request, if it is one that is recorded.
pub async fn record(
    context: &Context,
    site: &Site,
    headers: &HeaderMap,
    operation: Operation,
    refused: Option<&AuthError>,
) {
    let Some(action) = action(operation) else { return };
    let event = match refused {
        Some(error) if is_recorded(error) => {
            Some(Event { action, outcome: Outcome::Refused, detail: Some(error.code()) })
        }
        Some(_) => None,
        // Signing out without a session is nothing.
        None if operation == Operation::SignOut && site.trail.user_id().is_none() => None,
        None => site.trail.conclude(Some(action)),
    };
    let Some(event) = event else { return };
    let is_limited = !site.is_run_for(&Client::new(site.settings, headers));
    let proxy_header = site.settings.client_address_header.as_ref();
    let secret = &site.settings.secret;
    audit_events::record(secret, proxy_header, headers, is_limited, &context.request_id, &site.trail, event)
        .await;
}

/// What it is called; nothing for what only reads. Access tokens of a session are told by the session, which begins and ends.
const fn action(operation: Operation) -> Option<&'static str> {
    Some(match operation {
        Operation::SignUp => "account.created",
        Operation::SignIn => "session.started",
        Operation::SignOut => "session.ended",
        Operation::RevokeSession | Operation::RevokeSessions | Operation::RevokeOtherSessions => {
            "sessions.revoked"
        }
        Operation::UpdateUser => "profile.changed",
        Operation::ChangePassword => "password.changed",
        Operation::VerifyPassword => "password.confirmed",
        Operation::RequestPasswordReset => "password.reset_requested",
        Operation::ResetPassword => "password.reset",
        Operation::SendVerificationEmail => "email.confirmation_requested",
        Operation::VerifyEmail => "email.confirmed",
        Operation::ChangeEmail => "email.change_requested",
        // The deletion itself is recorded by the statement that does it.
        Operation::DeleteUser | Operation::FollowDeletionLink => "account.deletion_requested",
        Operation::CreatePersonalToken => "personal_token.created",
        Operation::DeletePersonalToken => "personal_token.revoked",
        Operation::EnableTwoFactor => "two_factor.begun",
        Operation::GetTotpUri => "two_factor.secret_shown",
        Operation::VerifyTotp | Operation::VerifyBackupCode => "second_factor.checked",
        Operation::GenerateBackupCodes => "recovery_codes.replaced",
        Operation::DisableTwoFactor => "two_factor.disabled",
        Operation::SignInSocial
        | Operation::GetSession
        | Operation::Token
        | Operation::Ok
        | Operation::ErrorPage
        | Operation::ListSessions
        | Operation::UpdateSession
        | Operation::FollowResetLink
        | Operation::ListAccounts
        | Operation::UnlinkAccount
        | Operation::AccountInfo
        | Operation::ProviderToken
        | Operation::LinkSocial
        | Operation::ListEvents
        | Operation::ListPersonalTokens
        | Operation::GetPersonalToken
        | Operation::UpdatePersonalToken
        | Operation::LocalMail => return None,
    })
}

/// Whether a refusal is one of who asks, and not of what was typed wrongly. One that has to wait is counted, and recorded nowhere: a flood
/// shall write nothing.
fn is_recorded(error: &AuthError) -> bool {
    match error.status() {
        401 | 403 | 422 => true,
        400 | 404 => {
            matches!(
                error.code(),
                "INVALID_PASSWORD"
                    | "INVALID_TOKEN"
                    | "INVALID_USER"
                    | "SESSION_EXPIRED"
                    | "TOO_MANY_API_KEYS"
                    | "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE"
            )
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_not_is_recorded_and_what_is_typed_wrongly_or_too_often_is_not() {
        for error in [
            AuthError::invalid_credentials(),
            AuthError::wrong_password(),
            AuthError::wrong_code(),
            AuthError::wrong_recovery_code(),
            AuthError::no_challenge(),
            AuthError::too_many_codes_of_a_challenge(),
            AuthError::no_session(),
            AuthError::email_taken(),
            AuthError::invalid_link("INVALID_TOKEN"),
        ] {
            assert!(is_recorded(&error), "{error:?}");
        }
        for error in [
            AuthError::too_many_sign_ins(1),
            AuthError::too_many_codes(1),
            AuthError::busy(1),
            AuthError::internal("x"),
            AuthError::nothing_to_update(),
            AuthError::invalid("INVALID_EMAIL", "Invalid email", "/email", "It is none."),
        ] {
            assert!(!is_recorded(&error), "{error:?}");
        }
    }
}
