//! What a program asks for.

use endpoint::Response;
use http::StatusCode;
use maud::html;

use super::page;
use crate::routes::paths;
use crate::scope;

/// What the page says.
pub struct Consent<'a> {
    /// What the program calls itself.
    pub client_name: &'a str,
    /// The host of the address that describes it, if one does.
    pub client_host: Option<&'a str>,
    /// Where the person goes afterwards, in words.
    pub destination: &'a str,
    /// Whether that is a program on their own device.
    pub is_local: bool,
    /// The address itself.
    pub redirect_uri: &'a str,
    /// As whom they are signed in.
    pub email: &'a str,
    /// What the program may do.
    pub scope: &'a str,
    /// What the form brings back.
    pub request: &'a str,
}

/// The page on which a person says yes or no.
pub fn consent(asked: &Consent<'_>) -> Response {
    let content = html! {
        h1 { "Allow " span.name { (asked.client_name) } " to use your tasks?" }
        @if let Some(host) = asked.client_host { p { "It is described at " strong { (host) } "." } }
        p { "You are signed in as " strong { (asked.email) } "." }
        p { "It wants to:" }
        ul { @for words in scope::in_words(asked.scope) { li { (words) } } }
        p { "Afterwards you go back to " strong { (asked.destination) } "." }
        details {
            summary { "The exact address" }
            p.address { (asked.redirect_uri) }
        }
        p.warning {
            "The program chose its name itself, and nobody checked it. "
            @if asked.is_local {
                "Allow it only if you have just started it on this computer: another program here could pass for it."
            } @else {
                "Allow it only if you know " strong { (asked.destination) } " and started this there yourself."
            }
        }
        form method="post" action=(paths::CONSENT) {
            input type="hidden" name="request" value=(asked.request);
            button type="submit" name="answer" value="deny" { "Don’t allow" }
            button.main type="submit" name="answer" value="allow" { "Allow" }
        }
        p { "You can withdraw it at any time among " a href=(paths::PROGRAMS) { "the programs that you allowed" } "." }
        button.link type="button" id="sign-out" hidden { "Use another account" }
    };
    page(StatusCode::OK, "Allow a program", &content, true)
}
