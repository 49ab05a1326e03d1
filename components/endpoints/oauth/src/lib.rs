//! The authorization server (OAuth 2.1): a program sends a person here, the person sees who asks for what and says yes or no, and
//! the program gets tokens that are good for what was allowed and nothing else.
//!
//! Who the person is, the session cookie of `identity` says; passwords never come here. Documents: RFC 6749 and OAuth 2.1, PKCE
//! (RFC 7636), metadata (RFC 8414), registration (RFC 7591), resource indicators (RFC 8707), issuer identification (RFC 9207),
//! native apps (RFC 8252), revocation (RFC 7009), introspection (RFC 7662), devices without a browser
//! (RFC 8628), who somebody is (OpenID Connect Core), and the keys that tokens are signed with (RFC 7517).

mod access;
mod audit;
mod authorize;
mod client;
mod cors;
mod device;
mod error;
mod introspect;
mod keys;
mod metadata;
mod openid;
mod pages;
mod parameters;
mod programs;
mod random;
mod resource;
mod revoke;
mod routes;
mod scope;
mod services;
mod session;
mod settings;
mod signature;
mod site;
mod store;
mod token;

/// Answers one request.
pub async fn handle(request: endpoint::Request) -> endpoint::Response {
    if let Some(answer) = cors::preflight(&request) {
        return answer.await;
    }
    endpoint::serve(request, async |context, request| Ok(routes::answer(context, request).await)).await
}

/// The export, which only a component can have: natively this crate is a library with tests.
#[cfg(target_family = "wasm")]
mod component {
    #[spin_sdk::http_service]
    async fn handle(request: endpoint::Request) -> endpoint::Response {
        guest_log::start(env!("CARGO_PKG_NAME"));
        super::handle(request).await
    }
}
