//! The services that act for a person.

use endpoint::Response;
use http::StatusCode;
use maud::html;

use super::page;
use crate::routes::paths;
use crate::scope;
use crate::services::{OwnedService, SCOPES};

/// A service that was made just now.
pub struct NewService<'a> {
    /// Its id.
    pub client_id: &'a str,
    /// Its secret, which is shown this once.
    pub secret: Option<&'a str>,
    /// Where it gets tokens.
    pub token_url: &'a str,
}

/// The page with a form to make one and a button to remove each.
pub fn services(email: &str, services: &[OwnedService], made: Option<&NewService<'_>>) -> Response {
    let content = html! {
        h1 { "Services that act for you" }
        p { "You are signed in as " strong { (email) } "." }
        @if let Some(made) = made {
            section role="status" {
                h2 { "Your new service" }
                p { "Its id: " code.address { (made.client_id) } }
                @match made.secret {
                    Some(secret) => {
                        p { "Its secret: " code.address { (secret) } }
                        p.warning { "This is the only time that you see the secret. Keep it where no other program reads it." }
                    }
                    None => p { "It proves who it is with its key." }
                }
                p { "It gets tokens at " code.address { (made.token_url) } }
            }
        }
        @for service in services {
            section {
                h2.name { (service.name) }
                p { "Made on " (service.made_on) ". Its id: " code.address { (service.client_id) } ". It has "
                    @if service.has_key { "a key" } @else { "a secret" } "." }
                ul { @for words in scope::in_words(&service.scope) { li { (words) } } }
                form method="post" action=(paths::REMOVE_SERVICE) {
                    input type="hidden" name="client_id" value=(service.client_id);
                    button type="submit" { "Remove" span.hidden { " " (service.name) } }
                }
            }
        }
        section {
            h2 { "Make one" }
            p { "A service is a program of yours that runs without you, such as one that adds a task every night. Whoever has its secret \
                 can do what you allow it here." }
            form method="post" action=(paths::SERVICES) {
                label for="name" { "Name" }
                input id="name" name="name" required maxlength="100" autocomplete="off";
                @for name in SCOPES {
                    label { input type="checkbox" name=(name); @for words in scope::in_words(name) { " " (words) } }
                }
                label for="key" { "Its public key (JSON Web Key), if it has one; without it you get a secret" }
                textarea id="key" name="key" rows="4" {}
                button.main type="submit" { "Make the service" }
            }
        }
        p { "What a service has for the moment ends within 15 minutes after it was removed." }
        p { a href="/" { "Your tasks" } }
    };
    page(StatusCode::OK, "Services", &content, false)
}
