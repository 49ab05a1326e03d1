//! Which path is answered where.

use endpoint::routing::{self, Resolution, Route};
use endpoint::{Context, Request, Response};
use http::Method;

use crate::error::OAuthError;
use crate::site::Site;
use crate::{
    audit, authorize, client, cors, device, introspect, keys, metadata, openid, pages, programs, revoke,
    services, token,
};

/// Where people and programs come to; the metadata names each of them.
pub mod paths {
    /// Where a person is sent to.
    pub const AUTHORIZE: &str = "/api/auth/oauth2/authorize";
    /// Where the person's answer goes.
    pub const CONSENT: &str = "/api/auth/oauth2/consent";
    /// Where a program gets tokens.
    pub const TOKEN: &str = "/api/auth/oauth2/token";
    /// Where a program registers.
    pub const REGISTER: &str = "/api/auth/oauth2/register";
    /// Where a program gives a token back.
    pub const REVOKE: &str = "/api/auth/oauth2/revoke";
    /// Where a program asks whether a token is good.
    pub const INTROSPECT: &str = "/api/auth/oauth2/introspect";
    /// Where a program on a device begins.
    pub const DEVICE_AUTHORIZATION: &str = "/api/auth/oauth2/device-authorization";
    /// Where a person types the code that it shows.
    pub const DEVICE: &str = "/api/auth/oauth2/device";
    /// Where their answer goes.
    pub const DEVICE_CONSENT: &str = "/api/auth/oauth2/device-consent";
    /// Where a person sees which programs they allowed what.
    pub const PROGRAMS: &str = "/api/auth/oauth2/programs";
    /// Where they withdraw it.
    pub const WITHDRAW: &str = "/api/auth/oauth2/withdraw";
    /// Where a program asks who somebody is.
    pub const USERINFO: &str = "/api/auth/oauth2/userinfo";
    /// Where a program sends a person to sign out.
    pub const END_SESSION: &str = "/api/auth/oauth2/end-session";
    /// Where their answer goes.
    pub const END_SESSION_CONFIRM: &str = "/api/auth/oauth2/end-session-confirm";
    /// The public keys of tokens, where Better Auth has them.
    pub const JWKS: &str = "/api/auth/jwks";
    /// Where a person sees the services that act for them, and makes one.
    pub const SERVICES: &str = "/api/auth/oauth2/services";
    /// Where they remove one.
    pub const REMOVE_SERVICE: &str = "/api/auth/oauth2/remove-service";
    /// What the pages load.
    pub const STYLE: &str = "/api/auth/oauth2/page.css";
    /// What signs a person in.
    pub const SCRIPT: &str = "/api/auth/oauth2/sign-in.js";
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named as its path")]
pub enum Operation {
    Metadata,
    Authorize,
    Consent,
    Token,
    Register,
    Revoke,
    Introspect,
    DeviceAuthorization,
    Device,
    DeviceConsent,
    Programs,
    Withdraw,
    Userinfo,
    EndSession,
    EndSessionConfirm,
    Jwks,
    Services,
    CreateService,
    RemoveService,
    Style,
    Script,
}

const TABLE: [Route<Operation>; 31] = [
    route(Method::GET, "/.well-known/oauth-authorization-server", Operation::Metadata),
    // As clients look for it that take the address of the protected resource for the issuer.
    route(Method::GET, "/.well-known/oauth-authorization-server/mcp", Operation::Metadata),
    route(Method::GET, "/.well-known/oauth-authorization-server/mcp/", Operation::Metadata),
    // The same document, where OpenID Connect has it (Discovery, section 4), and where clients look that put the path first.
    route(Method::GET, "/.well-known/openid-configuration", Operation::Metadata),
    route(Method::GET, "/.well-known/openid-configuration/mcp", Operation::Metadata),
    route(Method::GET, "/.well-known/openid-configuration/mcp/", Operation::Metadata),
    route(Method::GET, paths::AUTHORIZE, Operation::Authorize),
    route(Method::POST, paths::CONSENT, Operation::Consent),
    route(Method::POST, paths::TOKEN, Operation::Token),
    route(Method::POST, paths::REGISTER, Operation::Register),
    route(Method::POST, paths::REVOKE, Operation::Revoke),
    route(Method::POST, paths::INTROSPECT, Operation::Introspect),
    route(Method::POST, paths::DEVICE_AUTHORIZATION, Operation::DeviceAuthorization),
    route(Method::GET, paths::DEVICE, Operation::Device),
    route(Method::POST, paths::DEVICE_CONSENT, Operation::DeviceConsent),
    route(Method::GET, paths::PROGRAMS, Operation::Programs),
    route(Method::POST, paths::WITHDRAW, Operation::Withdraw),
    route(Method::GET, paths::USERINFO, Operation::Userinfo),
    route(Method::POST, paths::USERINFO, Operation::Userinfo),
    route(Method::GET, paths::END_SESSION, Operation::EndSession),
    route(Method::POST, paths::END_SESSION, Operation::EndSession),
    route(Method::POST, paths::END_SESSION_CONFIRM, Operation::EndSessionConfirm),
    route(Method::GET, paths::JWKS, Operation::Jwks),
    route(Method::GET, paths::SERVICES, Operation::Services),
    route(Method::POST, paths::SERVICES, Operation::CreateService),
    route(Method::POST, paths::REMOVE_SERVICE, Operation::RemoveService),
    // As clients ask that know no metadata (MCP 2025-03-26), or kept a refresh token and not where it came from.
    route(Method::GET, "/authorize", Operation::Authorize),
    route(Method::POST, "/token", Operation::Token),
    route(Method::POST, "/register", Operation::Register),
    route(Method::GET, paths::STYLE, Operation::Style),
    route(Method::GET, paths::SCRIPT, Operation::Script),
];

const fn route(method: Method, template: &'static str, operation: Operation) -> Route<Operation> {
    Route { method, template, operation }
}

/// Answers a request, whatever becomes of it.
pub async fn answer(context: &Context, request: Request) -> Response {
    let resolved = routing::resolve(&TABLE, request.method(), request.uri().path());
    let operation = match resolved {
        Ok(Resolution::Operation(operation, _)) => operation,
        Ok(Resolution::Options { allow }) => return routing::options(&allow),
        Err(problem) => return OAuthError::from(problem).into_response(),
    };
    if let Some(issuer) = endpoint::other_issuer().await {
        return refuse(operation, issuer.problem().into());
    }
    let site = match Site::from_request(context, request.headers()).await {
        Ok(site) => site,
        Err(problem) => return refuse(operation, problem.into()),
    };
    let headers = request.headers().clone();
    let answered = match operation {
        Operation::Metadata => metadata::metadata(&site),
        Operation::Authorize => authorize::authorize(context, &site, &request).await,
        Operation::Consent => authorize::consent(context, &site, request).await,
        Operation::Token => token::token(context, &site, request).await,
        Operation::Register => client::register(context, &site, request).await,
        Operation::Revoke => revoke::revoke(context, &site, request).await,
        Operation::Introspect => introspect::introspect(context, &site, request).await,
        Operation::DeviceAuthorization => device::start(context, &site, request).await,
        Operation::Device => device::page(context, &site, &request).await,
        Operation::DeviceConsent => device::consent(context, &site, request).await,
        Operation::Programs => programs::programs(context, &site, &request).await,
        Operation::Withdraw => programs::withdraw(context, &site, request).await,
        Operation::Userinfo => openid::userinfo(context, &site, &request).await,
        Operation::EndSession => openid::end_session(context, &site, request).await,
        Operation::EndSessionConfirm => openid::confirm_end_of_session(context, &site, request).await,
        Operation::Jwks => keys::jwks(context).await,
        Operation::Services => services::page(context, &site, &request).await,
        Operation::CreateService => services::create(context, &site, request).await,
        Operation::RemoveService => services::remove(context, &site, request).await,
        Operation::Style => Ok(pages::style()),
        Operation::Script => Ok(pages::script()),
    };
    audit::record(context, &site, &headers, operation, answered.as_ref().err()).await;
    let mut response = answered.unwrap_or_else(|error| refuse(operation, error));
    if is_for_programs(operation) {
        cors::open(response.headers_mut());
    }
    response
}

/// A refusal as who asked can read it: a page for people, JSON for programs.
fn refuse(operation: Operation, error: OAuthError) -> Response {
    if is_for_programs(operation) { error.into_response() } else { pages::error(&error) }
}

/// Whether programs ask there, also those that run in pages of other origins; they send no cookie.
const fn is_for_programs(operation: Operation) -> bool {
    match operation {
        Operation::Metadata
        | Operation::Token
        | Operation::Register
        | Operation::Revoke
        | Operation::Introspect
        | Operation::Userinfo
        | Operation::Jwks
        | Operation::DeviceAuthorization => true,
        Operation::Authorize
        | Operation::Consent
        | Operation::Device
        | Operation::DeviceConsent
        | Operation::EndSession
        | Operation::EndSessionConfirm
        | Operation::Services
        | Operation::CreateService
        | Operation::RemoveService
        | Operation::Programs
        | Operation::Withdraw
        | Operation::Style
        | Operation::Script => false,
    }
}

/// Whether a page of any origin may ask at this path.
pub fn is_open(path: &str) -> bool {
    TABLE.iter().any(|route| route.template == path && is_for_programs(route.operation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_path_takes_its_method_alone() {
        for (method, path, status) in [
            (Method::POST, paths::AUTHORIZE, 405),
            (Method::GET, paths::CONSENT, 405),
            (Method::GET, paths::TOKEN, 405),
            (Method::DELETE, paths::REGISTER, 405),
            (Method::GET, "/api/auth/oauth2", 404),
            (Method::GET, "/.well-known/oauth-authorization-server/other", 404),
        ] {
            let problem = routing::resolve(&TABLE, &method, path).unwrap_err();
            assert_eq!(problem.status(), status, "{method} {path}");
        }
    }

    #[test]
    fn what_a_cookie_opens_is_closed_to_pages_of_other_origins() {
        assert!(is_open(paths::TOKEN) && is_open(paths::REGISTER));
        assert!(!is_open(paths::AUTHORIZE) && !is_open(paths::CONSENT));
    }
}
