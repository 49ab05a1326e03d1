//! Who is calling, asked of the composed `todo:identity/verifier` once for each token.

mod token_cache;

use std::cell::RefCell;

use http::{HeaderMap, header};
use problem_details::{Kind, Problem};

use crate::{Context, own_origin};

#[allow(
    unsafe_code,
    missing_docs,
    clippy::all,
    reason = "generated from WIT, where every item is documented"
)]
mod bindings {
    wit_bindgen::generate!({
        path: "../../../wit/identity",
        inline: "package todo:endpoint; world verified { import todo:identity/verifier@1.0.0; }",
        world: "todo:endpoint/verified",
        additional_derives: [PartialEq, Eq],
        generate_all,
    });
}

use bindings::todo::identity::verifier::{self, Rejection};

pub use bindings::todo::identity::verifier::{Principal, Recipient};

use token_cache::TokenCache;

thread_local! {
    static TOKEN_CACHE: RefCell<TokenCache> = RefCell::default();
}

/// Checks the request's bearer token and, if one is asked for, that it has the scope.
///
/// # Errors
/// 401 with `WWW-Authenticate` (RFC 6750, section 3) when there is no valid token; 403 when it lacks the scope, or the app is
/// called by a name that is not its own; 503 with `Retry-After` when the verifier can't work.
pub async fn authenticate(
    context: &Context,
    headers: &HeaderMap,
    required_scope: Option<&str>,
) -> Result<Principal, Problem> {
    let app = own_origin(context, headers).await?.into();
    let principal = authenticate_for(context, headers, &Recipient { app, part: None }).await?;
    match required_scope {
        Some(scope) if !principal.scopes.iter().any(|held| held == scope) => {
            Err(Problem::insufficient_scope(scope))
        }
        _ => Ok(principal),
    }
}

/// Checks the request's bearer token for this recipient, which the endpoint has found out.
///
/// # Errors
/// 401 with `WWW-Authenticate` when there is no token that is valid there; 503 when the verifier can't work.
pub async fn authenticate_for(
    context: &Context,
    headers: &HeaderMap,
    recipient: &Recipient,
) -> Result<Principal, Problem> {
    let authorization = authorization(headers)?;
    let now = context.now_us / 1_000_000;
    let known = |header| TOKEN_CACHE.with_borrow(|token_cache| token_cache.principal(header, recipient, now));
    if let Some(principal) = authorization.and_then(known) {
        return Ok(principal);
    }
    let verified = verifier::verify(authorization.map(str::to_owned), recipient.clone()).await;
    let principal = verified.map_err(|rejection| rejection_problem(&rejection))?;
    if let Some(header) = authorization {
        let (header, recipient) = (header.to_owned(), recipient.clone());
        TOKEN_CACHE.with_borrow_mut(|token_cache| token_cache.remember(header, recipient, principal.clone()));
    }
    Ok(principal)
}

/// The one `Authorization` header. Two of them could be read as two different users by two parts of a system.
fn authorization(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let Some(value) = values.next() else { return Ok(None) };
    match (value.to_str(), values.next()) {
        (Ok(value), None) => Ok(Some(value)),
        _ => Err(rejection_problem(&Rejection::Malformed)),
    }
}

fn rejection_problem(rejection: &Rejection) -> Problem {
    let (kind, challenge) = match rejection {
        // Without a token there is nothing wrong with it: no error code (RFC 6750, section 3.1).
        Rejection::Missing => (Kind::Unauthenticated, "Bearer"),
        Rejection::Malformed => (
            Kind::InvalidToken,
            "Bearer error=\"invalid_token\", error_description=\"The token can't be read\"",
        ),
        Rejection::Expired => (
            Kind::TokenExpired,
            "Bearer error=\"invalid_token\", error_description=\"The token has expired\"",
        ),
        Rejection::Untrusted => (
            Kind::InvalidToken,
            "Bearer error=\"invalid_token\", error_description=\"The token was not issued for this service\"",
        ),
        Rejection::Unavailable(seconds) => return Problem::new(Kind::Unavailable).retry_after(*seconds),
    };
    Problem::new(kind).header(header::WWW_AUTHENTICATE, challenge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rejection_but_unavailable_is_401_with_a_challenge() {
        for rejection in [Rejection::Missing, Rejection::Malformed, Rejection::Expired, Rejection::Untrusted]
        {
            let problem = rejection_problem(&rejection);
            assert_eq!(problem.status(), 401);
            let challenge = problem.headers[0].1.to_str().unwrap();
            assert_eq!(challenge == "Bearer", matches!(rejection, Rejection::Missing), "{challenge}");
        }
        let unavailable = rejection_problem(&Rejection::Unavailable(3));
        assert_eq!((unavailable.status().as_u16(), unavailable.headers[0].1.as_bytes()), (503, &b"3"[..]));
    }

    #[test]
    fn two_authorization_headers_are_refused() {
        let mut headers = HeaderMap::new();
        assert_eq!(authorization(&headers).unwrap(), None);
        headers.append(header::AUTHORIZATION, "Bearer a".parse().unwrap());
        assert_eq!(authorization(&headers).unwrap(), Some("Bearer a"));
        headers.append(header::AUTHORIZATION, "Bearer b".parse().unwrap());
        assert_eq!(authorization(&headers).unwrap_err().status(), 401);
    }
}
