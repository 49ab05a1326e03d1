//! Signing in first, with a second factor where the account has one. The script sends what is typed to Better Auth's paths and loads the
//! address again: there is no other place that it could lead to.

use endpoint::Response;
use http::StatusCode;
use maud::{Markup, html};

use super::page;

/// The page on which a person signs in before they are asked what a program may do.
pub fn sign_in_for(client_name: &str, destination: &str) -> Response {
    show(
        &html! { "Then you are asked whether " strong.name { (client_name) } " (" (destination) ") may use your tasks." },
    )
}

/// The page on which a person signs in, with what comes then.
pub fn sign_in(then: &str) -> Response {
    show(&html! { (then) })
}

fn show(then: &Markup) -> Response {
    let content = html! {
        h1 { "Sign in" }
        p { (then) }
        noscript { p role="alert" { "Signing in needs JavaScript: allow it for this page and load it again." } }
        form id="sign-in" data-path="/api/auth/sign-in/email" {
            label for="email" { "E-mail address" }
            input id="email" name="email" type="email" autocomplete="username" required autofocus;
            label for="password" { "Password" }
            input id="password" name="password" type="password" autocomplete="current-password" required;
            p.error role="alert" hidden {}
            button.main type="submit" { "Sign in" }
        }
        form id="second-factor" hidden {
            label for="code" { "Code of your authenticator app, or a recovery code" }
            input id="code" name="code" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" maxlength="64" required;
            label.choice { input id="trust" name="trust" type="checkbox"; " Ask for no code in this browser for 30 days" }
            p.error role="alert" hidden {}
            button.main type="submit" { "Go on" }
        }
        details id="new-account" {
            summary { "I have no account yet" }
            form id="sign-up" data-path="/api/auth/sign-up/email" {
                label for="name" { "Name" }
                input id="name" name="name" autocomplete="name" required maxlength="100";
                label for="new-email" { "E-mail address" }
                input id="new-email" name="email" type="email" autocomplete="username" required;
                label for="new-password" { "Password, 8 characters or more" }
                input id="new-password" name="password" type="password" autocomplete="new-password" minlength="8" required;
                p.error role="alert" hidden {}
                button.main type="submit" { "Create an account" }
            }
        }
    };
    page(StatusCode::OK, "Sign in", &content, true)
}
