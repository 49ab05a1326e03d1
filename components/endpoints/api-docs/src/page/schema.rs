//! Schemas as tables of members.

use maud::{Markup, html};
use serde_json::Value;

use super::text;

/// The members of an object, or the kind of value anything else is.
pub(super) fn render(schema: &Value) -> Markup {
    let Some(members) = schema.get("properties").and_then(Value::as_object) else {
        return html! { p { (kind(schema)) (limits(schema)) } };
    };
    let required = schema.get("required").and_then(Value::as_array);
    html! {
        table {
            thead { tr { th scope="col" { "Member" } th scope="col" { "Type" } th scope="col" { "Meaning" } } }
            tbody {
                @for (name, member) in members {
                    tr {
                        th scope="row" {
                            code { (name) }
                            @if required.is_some_and(|required| required.iter().any(|other| other == name)) {
                                " " small { "required" }
                            }
                        }
                        td { (kind(member)) (limits(member)) }
                        td { (text::render(described(member))) }
                    }
                }
            }
        }
    }
}

/// What a schema says of itself.
pub(super) fn described(schema: &Value) -> &str {
    schema.get("description").and_then(Value::as_str).unwrap_or_default()
}

/// The kind of value in a few words, with links to named schemas.
pub(super) fn kind(schema: &Value) -> Markup {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next()) {
        return html! { a href={ "#schema-" (name) } { (name) } };
    }
    for combination in ["anyOf", "oneOf", "allOf"] {
        // Alternatives of formats alone are of the type that the schema itself names.
        let says_more = |alternative: &Value| {
            ["$ref", "type", "enum", "const", "items"]
                .iter()
                .any(|keyword| alternative.get(*keyword).is_some())
        };
        let alternatives = schema.get(combination).and_then(Value::as_array);
        if let Some(alternatives) = alternatives.filter(|all| all.iter().any(says_more)) {
            return html! {
                @for (place, alternative) in alternatives.iter().enumerate() {
                    @if place > 0 { " or " }
                    (kind(alternative))
                }
            };
        }
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        return html! {
            @for (place, value) in values.iter().enumerate() { @if place > 0 { ", " } code { (plain(value)) } }
        };
    }
    if let Some(value) = schema.get("const") {
        return html! { code { (plain(value)) } };
    }
    let names = match schema.get("type") {
        Some(Value::String(name)) => name.clone(),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => "any value".to_owned(),
    };
    match schema.get("items") {
        Some(items) => html! { (names) " of " (kind(items)) (limits(items)) },
        None => html! { (names) },
    }
}

/// The limits on the value.
fn limits(schema: &Value) -> Markup {
    let limits = [
        ("minLength", "at least", "characters"),
        ("maxLength", "at most", "characters"),
        ("maxItems", "at most", "items"),
        ("minimum", "at least", ""),
        ("maximum", "at most", ""),
        ("default", "by default", ""),
    ];
    html! {
        @for (keyword, words, unit) in limits {
            @if let Some(value) = schema.get(keyword) { small { ", " (words) " " (plain(value)) " " (unit) } }
        }
    }
}

/// A value without the quotes of JSON.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_are_a_table_with_types_limits_and_links() {
        let schema = json!({
            "properties": {
                "title": {"type": "string", "maxLength": 200, "description": "A `title`."},
                "priority": {"anyOf": [{"$ref": "#/components/schemas/Priority"}, {"type": "null"}]},
                "labels": {"type": ["array", "null"], "items": {"type": "string"}},
            },
            "required": ["title"]
        });
        let html = render(&schema).into_string();
        for part in [
            "<code>title</code> <small>required</small>",
            "at most 200 characters",
            "A <code>title</code>.",
            "<a href=\"#schema-Priority\">Priority</a> or null",
            "array or null of string",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }
}
