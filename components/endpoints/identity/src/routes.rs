//! Which path is answered where.

use endpoint::routing::{self, Parameters, Resolution, Route};
use endpoint::{Context, Kind, Problem, Request, Response};
use http::{Method, StatusCode, header};
use serde_json::json;

use crate::answer::Answer;
use crate::auth_error::AuthError;
use crate::site::Site;
use crate::{
    accounts, audit, change_email, change_password, delete_user, email_verification, error_page, events,
    get_session, mail, origin, password_reset, personal_tokens, sessions, sign_in, sign_out, sign_up, token,
    two_factor, update_user, verify_password,
};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named as its path")]
pub enum Operation {
    SignUp,
    SignIn,
    SignInSocial,
    SignOut,
    GetSession,
    Token,
    Ok,
    ErrorPage,
    ListSessions,
    RevokeSession,
    RevokeSessions,
    RevokeOtherSessions,
    UpdateSession,
    UpdateUser,
    ChangePassword,
    VerifyPassword,
    RequestPasswordReset,
    FollowResetLink,
    ResetPassword,
    SendVerificationEmail,
    VerifyEmail,
    ChangeEmail,
    DeleteUser,
    FollowDeletionLink,
    ListAccounts,
    UnlinkAccount,
    AccountInfo,
    ProviderToken,
    LinkSocial,
    LocalMail,
    ListEvents,
    CreatePersonalToken,
    ListPersonalTokens,
    GetPersonalToken,
    UpdatePersonalToken,
    DeletePersonalToken,
    EnableTwoFactor,
    GetTotpUri,
    VerifyTotp,
    VerifyBackupCode,
    GenerateBackupCodes,
    DisableTwoFactor,
}

const TABLE: [Route<Operation>; 45] = [
    route(Method::POST, "/api/auth/sign-up/email", Operation::SignUp),
    route(Method::POST, "/api/auth/sign-in/email", Operation::SignIn),
    route(Method::POST, "/api/auth/sign-in/social", Operation::SignInSocial),
    route(Method::POST, "/api/auth/sign-out", Operation::SignOut),
    route(Method::GET, "/api/auth/get-session", Operation::GetSession),
    // As clients ask that were told that a session has to be extended.
    route(Method::POST, "/api/auth/get-session", Operation::GetSession),
    route(Method::GET, "/api/auth/token", Operation::Token),
    route(Method::GET, "/api/auth/ok", Operation::Ok),
    route(Method::GET, "/api/auth/error", Operation::ErrorPage),
    route(Method::GET, "/api/auth/list-sessions", Operation::ListSessions),
    route(Method::POST, "/api/auth/revoke-session", Operation::RevokeSession),
    route(Method::POST, "/api/auth/revoke-sessions", Operation::RevokeSessions),
    route(Method::POST, "/api/auth/revoke-other-sessions", Operation::RevokeOtherSessions),
    route(Method::POST, "/api/auth/update-session", Operation::UpdateSession),
    route(Method::POST, "/api/auth/update-user", Operation::UpdateUser),
    route(Method::POST, "/api/auth/change-password", Operation::ChangePassword),
    route(Method::POST, "/api/auth/verify-password", Operation::VerifyPassword),
    route(Method::POST, "/api/auth/request-password-reset", Operation::RequestPasswordReset),
    route(Method::GET, "/api/auth/reset-password", Operation::FollowResetLink),
    route(Method::POST, "/api/auth/reset-password", Operation::ResetPassword),
    route(Method::GET, "/api/auth/reset-password/{token}", Operation::FollowResetLink),
    route(Method::POST, "/api/auth/send-verification-email", Operation::SendVerificationEmail),
    route(Method::GET, "/api/auth/verify-email", Operation::VerifyEmail),
    route(Method::POST, "/api/auth/change-email", Operation::ChangeEmail),
    route(Method::POST, "/api/auth/delete-user", Operation::DeleteUser),
    route(Method::GET, "/api/auth/delete-user/callback", Operation::FollowDeletionLink),
    route(Method::GET, "/api/auth/list-accounts", Operation::ListAccounts),
    route(Method::POST, "/api/auth/unlink-account", Operation::UnlinkAccount),
    route(Method::GET, "/api/auth/account-info", Operation::AccountInfo),
    route(Method::POST, "/api/auth/get-access-token", Operation::ProviderToken),
    route(Method::POST, "/api/auth/refresh-token", Operation::ProviderToken),
    route(Method::POST, "/api/auth/link-social", Operation::LinkSocial),
    route(Method::GET, "/api/auth/local-mail", Operation::LocalMail),
    route(Method::GET, "/api/auth/list-events", Operation::ListEvents),
    route(Method::POST, "/api/auth/api-key/create", Operation::CreatePersonalToken),
    route(Method::GET, "/api/auth/api-key/list", Operation::ListPersonalTokens),
    route(Method::GET, "/api/auth/api-key/get", Operation::GetPersonalToken),
    route(Method::POST, "/api/auth/api-key/update", Operation::UpdatePersonalToken),
    route(Method::POST, "/api/auth/api-key/delete", Operation::DeletePersonalToken),
    route(Method::POST, "/api/auth/two-factor/enable", Operation::EnableTwoFactor),
    route(Method::POST, "/api/auth/two-factor/get-totp-uri", Operation::GetTotpUri),
    route(Method::POST, "/api/auth/two-factor/verify-totp", Operation::VerifyTotp),
    route(Method::POST, "/api/auth/two-factor/verify-backup-code", Operation::VerifyBackupCode),
    route(Method::POST, "/api/auth/two-factor/generate-backup-codes", Operation::GenerateBackupCodes),
    route(Method::POST, "/api/auth/two-factor/disable", Operation::DisableTwoFactor),
];

const fn route(method: Method, template: &'static str, operation: Operation) -> Route<Operation> {
    Route { method, template, operation }
}

/// Method and path of each operation.
pub fn list_routes() -> Vec<(Method, &'static str)> {
    TABLE.iter().map(|route| (route.method.clone(), route.template)).collect()
}

/// Answers a request, whatever becomes of it.
pub async fn answer(context: &Context, request: Request) -> Response {
    match operate(context, request).await {
        Ok(response) => response,
        Err(auth_error) => auth_error.into_response(context),
    }
}

async fn operate(context: &Context, request: Request) -> Result<Response, AuthError> {
    let (operation, parameters) = match routing::resolve(&TABLE, request.method(), request.uri().path())? {
        Resolution::Operation(operation, parameters) => (operation, parameters),
        Resolution::Options { allow } => return Ok(routing::options(&allow)),
    };
    if operation != Operation::Ok
        && let Some(issuer) = endpoint::other_issuer().await
    {
        return Err(issuer.problem().into());
    }
    let site = Site::from_request(context, request.headers()).await?;
    let headers = request.headers().clone();
    let answered = perform(context, &site, operation, &parameters, request).await;
    audit::record(context, &site, &headers, operation, answered.as_ref().err()).await;
    answered.map(Answer::into_response)
}

async fn perform(
    context: &Context,
    site: &Site,
    operation: Operation,
    parameters: &Parameters,
    request: Request,
) -> Result<Answer, AuthError> {
    origin::check(site, request.method(), request.headers())?;
    // Programs that look at links before people do ask for the head of what is behind them.
    if request.method() == Method::HEAD && operation.follows_a_link() {
        let detail = "This link is followed with GET.";
        let problem = Problem::with_detail(Kind::MethodNotAllowed, detail).header(header::ALLOW, "GET");
        return Err(problem.into());
    }
    run(context, site, operation, parameters, request).await
}

impl Operation {
    /// Whether a `GET` changes something, since it is the link of a mail.
    fn follows_a_link(self) -> bool {
        matches!(self, Self::VerifyEmail | Self::FollowDeletionLink)
    }
}

async fn run(
    context: &Context,
    site: &Site,
    operation: Operation,
    parameters: &Parameters,
    request: Request,
) -> Result<Answer, AuthError> {
    match operation {
        Operation::SignUp => sign_up::sign_up(context, site, request).await,
        Operation::SignIn => sign_in::sign_in(context, site, request).await,
        Operation::SignInSocial => accounts::sign_in_social(),
        Operation::SignOut => sign_out::sign_out(context, site, &request).await,
        Operation::GetSession => get_session::get_session(context, site, &request).await,
        Operation::Token => token::token(context, site, &request).await,
        Operation::Ok => Answer::new(StatusCode::OK, &json!({"ok": true})),
        Operation::ErrorPage => error_page::error_page(site, request.uri()),
        Operation::ListSessions => sessions::list(context, site, &request).await,
        Operation::RevokeSession => sessions::revoke(context, site, request).await,
        Operation::RevokeSessions => sessions::revoke_all(context, site, &request).await,
        Operation::RevokeOtherSessions => sessions::revoke_others(context, site, &request).await,
        Operation::UpdateSession => sessions::update(context, site, &request).await,
        Operation::UpdateUser => update_user::update_user(context, site, request).await,
        Operation::ChangePassword => change_password::change_password(context, site, request).await,
        Operation::VerifyPassword => verify_password::verify_password(context, site, request).await,
        Operation::RequestPasswordReset => password_reset::request(context, site, request).await,
        Operation::FollowResetLink => {
            let token = Some(parameters.get("token")).filter(|token| !token.is_empty());
            password_reset::follow(context, site, &request, token).await
        }
        Operation::ResetPassword => password_reset::reset(context, site, request).await,
        Operation::SendVerificationEmail => email_verification::send(context, site, request).await,
        Operation::VerifyEmail => email_verification::verify(context, site, &request).await,
        Operation::ChangeEmail => change_email::change_email(context, site, request).await,
        Operation::DeleteUser => delete_user::delete_user(context, site, request).await,
        Operation::FollowDeletionLink => delete_user::follow(context, site, &request).await,
        Operation::ListAccounts => accounts::list(context, site, &request).await,
        Operation::UnlinkAccount => accounts::unlink(context, site, request).await,
        Operation::AccountInfo => accounts::info(context, site, &request).await,
        Operation::ProviderToken => accounts::provider_token(context, site, request).await,
        Operation::LinkSocial => accounts::link_social(context, site, &request).await,
        Operation::LocalMail => mail::local_page(context, site, &request).await,
        Operation::ListEvents => events::list(context, site, &request).await,
        Operation::CreatePersonalToken => personal_tokens::create(context, site, request).await,
        Operation::ListPersonalTokens => personal_tokens::list(context, site, &request).await,
        Operation::GetPersonalToken => personal_tokens::get(context, site, &request).await,
        Operation::UpdatePersonalToken => personal_tokens::update(context, site, request).await,
        Operation::DeletePersonalToken => personal_tokens::delete(context, site, request).await,
        Operation::EnableTwoFactor => two_factor::enable(context, site, request).await,
        Operation::GetTotpUri => two_factor::get_totp_uri(context, site, request).await,
        Operation::VerifyTotp => two_factor::verify_totp(context, site, request).await,
        Operation::VerifyBackupCode => two_factor::verify_backup_code(context, site, request).await,
        Operation::GenerateBackupCodes => two_factor::generate_backup_codes(context, site, request).await,
        Operation::DisableTwoFactor => two_factor::disable(context, site, request).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_path_takes_the_method_of_better_auth() {
        for (method, path, status) in [
            (Method::GET, "/api/auth/sign-in/email", 405),
            (Method::DELETE, "/api/auth/get-session", 405),
            (Method::POST, "/api/auth/token", 405),
            (Method::GET, "/api/auth/change-password", 405),
            (Method::GET, "/api/auth", 404),
            (Method::POST, "/api/auth/sign-in/magic-link", 404),
        ] {
            let auth_error = AuthError::from(routing::resolve(&TABLE, &method, path).unwrap_err());
            assert_eq!(auth_error.status(), status, "{method} {path}");
        }
    }

    #[test]
    fn only_links_of_mails_change_something_by_get() {
        let by_get: Vec<_> = TABLE
            .iter()
            .filter(|route| route.method == Method::GET && route.operation.follows_a_link())
            .map(|route| route.template)
            .collect();
        assert_eq!(by_get, ["/api/auth/verify-email", "/api/auth/delete-user/callback"]);
    }
}
