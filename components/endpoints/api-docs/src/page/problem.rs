//! The pages of problems.

use maud::{Markup, html};

use super::{layout, text};
use crate::problems::{Explained, all};

/// One kind.
pub(crate) fn one(kind: &Explained) -> Markup {
    let content = html! {
        h1 { (kind.title) }
        p { span.status { (kind.status.as_str()) } " " (kind.status.canonical_reason().unwrap_or_default()) }
        p { (text::render(kind.description)) }
        p { "In the body of the answer: " code { "\"type\": \"" (kind.uri()) "\"" } }
    };
    layout(kind.title, &navigation(Some(kind)), &content)
}

/// Every kind.
pub(crate) fn list() -> Markup {
    let content = html! {
        h1 { "Problems" }
        p { "What requests are answered with when they can't be done (RFC 9457). The " code { "type" }
            " of an answer is one of these paths; it never changes its meaning." }
        dl.problems {
            @for kind in all() {
                dt { span.status { (kind.status.as_str()) } " " a href=(kind.uri()) { (kind.title) } }
                dd { (text::render(kind.description)) }
            }
        }
    };
    layout("Problems", &navigation(None), &content)
}

fn navigation(current: Option<&Explained>) -> Markup {
    html! {
        p { a href="/api/docs" { "API" } }
        p { a href="/problems" aria-current=[current.is_none().then_some("page")] { "Problems" } }
        ul {
            @for kind in all() {
                li {
                    a href=(kind.uri()) aria-current=[(current == Some(&kind)).then_some("page")] { (kind.name) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_what_the_kind_means_and_marks_where_it_is() {
        let page = one(&endpoint::Kind::TaskNotFound.into()).into_string();
        assert!(page.contains("<h1>Task not found</h1>"));
        assert!(page.contains("href=\"/problems/task-not-found\" aria-current=\"page\""));
    }

    #[test]
    fn the_list_leads_to_every_kind() {
        let page = list().into_string();
        for kind in all() {
            assert!(page.contains(&format!("href=\"{}\"", kind.uri())), "{}", kind.name);
        }
    }
}
