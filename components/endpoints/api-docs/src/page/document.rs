//! The whole document as a page.

use maud::{Markup, html};
use serde_json::{Map, Value};

use super::operation::Operation;
use super::{layout, schema, text};
use crate::document::METHODS;

/// Renders the document.
pub(crate) fn render(document: &Value) -> Markup {
    let operations = operations(document);
    let tags = document.get("tags").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let nothing = Map::new();
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object).unwrap_or(&nothing);
    let at = |pointer| document.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let content = html! {
        h1 { (at("/info/title")) " " small { (at("/info/version")) } }
        p { (text::render(at("/info/description"))) }
        p { "For programs: " a href="/api/openapi.json" { "openapi.json" } ". What goes wrong: "
            a href="/problems" { "problems" } "." }
        @for tag in tags {
            @let name = tag_name(tag);
            h2 id={ "tag-" (name) } { (title(name)) }
            p { (text::render(schema::described(tag))) }
            @for operation in operations.iter().filter(|operation| operation.tag() == name) {
                (operation.render(document))
            }
        }
        h2 #schemas { "Schemas" }
        @for (name, schema) in schemas {
            section aria-labelledby={ "schema-" (name) } {
                h3 id={ "schema-" (name) } { (name) }
                p { (text::render(schema::described(schema))) }
                (schema::render(schema))
            }
        }
    };
    layout(at("/info/title"), &navigation(tags, &operations), &content)
}

fn navigation(tags: &[Value], operations: &[Operation<'_>]) -> Markup {
    html! {
        @for tag in tags {
            @let name = tag_name(tag);
            p { a href={ "#tag-" (name) } { (title(name)) } }
            ul {
                @for operation in operations.iter().filter(|operation| operation.tag() == name) {
                    li { a href={ "#" (operation.id()) } { (text::render(operation.summary())) } }
                }
            }
        }
        p { a href="#schemas" { "Schemas" } }
        p { a href="/problems" { "Problems" } }
    }
}

fn tag_name(tag: &Value) -> &str {
    tag.get("name").and_then(Value::as_str).unwrap_or_default()
}

fn title(tag: &str) -> String {
    let mut characters = tag.chars();
    characters.next().into_iter().map(|first| first.to_ascii_uppercase()).chain(characters).collect()
}

/// The operations in the order of the document.
fn operations(document: &Value) -> Vec<Operation<'_>> {
    let paths = document.get("paths").and_then(Value::as_object);
    let mut operations = Vec::new();
    for (path, item) in paths.into_iter().flatten() {
        let shared = item.get("parameters").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        for method in METHODS {
            if let Some(object) = item.get(method) {
                operations.push(Operation { method, path, object, shared });
            }
        }
    }
    operations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_and_schema_is_on_the_page_and_reachable_from_its_navigation() {
        let document = crate::document::build().unwrap();
        let page = render(&document).into_string();
        let operations = operations(&document);
        assert!(operations.len() > 10);
        for operation in &operations {
            assert!(page.contains(&format!("<h3 id=\"{}\">", operation.id())), "{}", operation.id());
            assert!(page.contains(&format!("href=\"#{}\"", operation.id())), "{}", operation.id());
        }
        for name in document["components"]["schemas"].as_object().unwrap().keys() {
            assert!(page.contains(&format!("id=\"schema-{name}\"")), "{name}");
        }
    }

    #[test]
    fn the_page_asks_for_nothing_from_elsewhere() {
        let page = render(&crate::document::build().unwrap()).into_string();
        for forbidden in ["<script", "src=", "<link", "href=\"http", "style=\""] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
    }
}
