//! Signing out where a program asks for it.

use endpoint::Response;
use http::StatusCode;
use maud::{Markup, html};

use super::page;
use crate::routes::paths;

/// The page on which a person says whether to sign out. Where they go afterwards is an address, and what it is in words.
pub fn sign_out(email: &str, back: Option<&(String, String)>, request: &str) -> Response {
    let content = html! {
        h1 { "Sign out?" }
        p { "You are signed in as " strong { (email) } ". A program that you used wants you to be signed out here too." }
        @if let Some((_, destination)) = back { p { "Afterwards you go back to " strong { (destination) } "." } }
        form method="post" action=(paths::END_SESSION_CONFIRM) {
            input type="hidden" name="request" value=(request);
            button.main type="submit" { "Sign out" }
        }
        p { a href="/" { "Stay signed in" } }
    };
    page(StatusCode::OK, "Sign out", &content, false)
}

/// The page for somebody who is not signed in any more.
pub fn signed_out(back: Option<&(String, String)>) -> Response {
    let content: Markup = html! {
        h1 { "You are signed out" }
        @match back {
            Some((address, destination)) => p { a href=(address) rel="noreferrer" { "Go back to " (destination) } },
            None => p { "You can close this window." },
        }
    };
    page(StatusCode::OK, "Signed out", &content, false)
}
