//! Which programs a person allowed what.

use endpoint::Response;
use http::StatusCode;
use maud::html;

use super::page;
use crate::programs::AllowedProgram;
use crate::routes::paths;
use crate::scope;

/// The page with a button to withdraw each.
pub fn programs(email: &str, programs: &[AllowedProgram]) -> Response {
    let content = html! {
        h1 { "Programs that may use your tasks" }
        p { "You are signed in as " strong { (email) } "." }
        @if programs.is_empty() { p { "There are none." } }
        @for program in programs {
            section {
                h2.name { (program.name) }
                p { "Allowed on " (program.allowed_on) ", last used on " (program.last_used_on) "." }
                ul { @for words in scope::in_words(&program.scope) { li { (words) } } }
                form method="post" action=(paths::WITHDRAW) {
                    input type="hidden" name="client_id" value=(program.client_id);
                    button type="submit" { "Withdraw" span.hidden { " what " (program.name) " may do" } }
                }
            }
        }
        p { "What a program has for the moment ends within 15 minutes." }
        p { a href="/" { "Your tasks" } }
    };
    page(StatusCode::OK, "Programs", &content, false)
}
