//! What a person sees who lets a program on another device of theirs act for them.

use endpoint::Response;
use http::StatusCode;
use maud::html;

use super::page;
use crate::device::DeviceRequest;
use crate::routes::paths;
use crate::scope;

/// The page on which the person types the code that their device shows.
pub fn user_code(problem: Option<&str>) -> Response {
    let content = html! {
        h1 { "Type the code that your device shows" }
        form method="get" action=(paths::DEVICE) {
            label for="user_code" { "Code" }
            input id="user_code" name="user_code" autocomplete="off" autocapitalize="characters" spellcheck="false" required autofocus;
            @if let Some(problem) = problem { p.error role="alert" { (problem) } }
            button.main type="submit" { "Go on" }
        }
    };
    page(StatusCode::OK, "Your device", &content, false)
}

/// The page on which the person says yes or no to a program on a device, with the code that it has to show.
pub fn device_consent(asked: &DeviceRequest, code: &str, email: &str, form: &str) -> Response {
    let content = html! {
        h1 { "Allow " span.name { (asked.client_name) } " on your device to use your tasks?" }
        p { "Your device shows this code: " strong { (code) } }
        p { "You are signed in as " strong { (email) } "." }
        p { "It wants to:" }
        ul { @for words in scope::in_words(&asked.scope) { li { (words) } } }
        p.warning {
            "Allow it only if you have the device before you and started the program there yourself. If somebody sent you this code or a link with \
             it, they would see your tasks."
        }
        form method="post" action=(paths::DEVICE_CONSENT) {
            input type="hidden" name="request" value=(form);
            button type="submit" name="answer" value="deny" { "Don’t allow" }
            button.main type="submit" name="answer" value="allow" { "Allow" }
        }
        button.link type="button" id="sign-out" hidden { "Use another account" }
    };
    page(StatusCode::OK, "Allow a program", &content, true)
}

/// The page after the answer.
pub fn answered(is_allowed: bool) -> Response {
    let content = html! {
        h1 { @if is_allowed { "Allowed" } @else { "Not allowed" } }
        p { @if is_allowed { "Go back to your device: it goes on by itself." } @else { "The program on the device was told." } }
    };
    page(StatusCode::OK, "Your device", &content, false)
}
