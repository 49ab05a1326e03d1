//! One operation.

use maud::{Markup, html};
use serde_json::{Map, Value};

use super::{schema, text};

/// An operation with where it is.
pub(super) struct Operation<'d> {
    pub(super) method: &'d str,
    pub(super) path: &'d str,
    /// Its object in the document.
    pub(super) object: &'d Value,
    /// Parameters of the whole path.
    pub(super) shared: &'d [Value],
}

impl Operation<'_> {
    /// Its id, by which links find it.
    pub(super) fn id(&self) -> &str {
        self.text("operationId")
    }

    /// What it does in a few words.
    pub(super) fn summary(&self) -> &str {
        self.text("summary")
    }

    /// The group it belongs to.
    pub(super) fn tag(&self) -> &str {
        self.object.pointer("/tags/0").and_then(Value::as_str).unwrap_or_default()
    }

    fn text(&self, member: &str) -> &str {
        self.object.get(member).and_then(Value::as_str).unwrap_or_default()
    }

    /// The section of the page.
    pub(super) fn render(&self, document: &Value) -> Markup {
        html! {
            section.operation aria-labelledby=(self.id()) {
                h3 id=(self.id()) { (text::render(self.summary())) }
                p.route { span.method { (self.method.to_uppercase()) } " " code { (self.path) } }
                @if !self.text("description").is_empty() { p { (text::render(self.text("description"))) } }
                p { (self.access()) }
                (self.parameters(document))
                @if let Some(body) = self.object.get("requestBody") {
                    h4 { "Body" }
                    (contents(body))
                }
                (self.responses())
            }
        }
    }

    fn access(&self) -> Markup {
        let scheme = self
            .object
            .pointer("/security/0")
            .and_then(Value::as_object)
            .and_then(|schemes| schemes.iter().next());
        match (self.object.get("security"), scheme) {
            (Some(_), None) => html! { "Needs no sign-in." },
            (Some(security), Some((name, _))) if name == "session" => match security.get(1) {
                Some(_) => html! { "Takes the session cookie, if there is one." },
                None => html! { "Needs the session cookie." },
            },
            (_, Some((_, scopes))) if scopes.get(0).is_some() => html! {
                "Needs a bearer token with the scope " code { (scopes.get(0).and_then(Value::as_str).unwrap_or_default()) } "."
            },
            _ => html! { "Needs a bearer token." },
        }
    }

    fn parameters(&self, document: &Value) -> Markup {
        let own =
            self.object.get("parameters").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let parameters: Vec<&Value> =
            self.shared.iter().chain(own).filter_map(|parameter| resolved(document, parameter)).collect();
        html! {
            @if !parameters.is_empty() {
                h4 { "Parameters" }
                table {
                    thead { tr { th scope="col" { "Name" } th scope="col" { "Type" } th scope="col" { "Meaning" } } }
                    tbody {
                        @for parameter in parameters { (row(parameter)) }
                    }
                }
            }
        }
    }

    fn responses(&self) -> Markup {
        let nothing = Map::new();
        let responses = self.object.get("responses").and_then(Value::as_object).unwrap_or(&nothing);
        html! {
            h4 { "Answers" }
            dl.answers {
                @for (status, response) in responses {
                    dt { span.status { (status) } " " (text::render(schema::described(response))) }
                    dd {
                        @match response.pointer("/content/application~1problem+json/examples").and_then(Value::as_object) {
                            Some(kinds) => ul.kinds {
                                @for (kind, example) in kinds {
                                    li {
                                        a href={ "/problems/" (kind) } { (kind) } ": "
                                        (example.get("summary").and_then(Value::as_str).unwrap_or_default())
                                    }
                                }
                            },
                            None => (contents(response)),
                        }
                    }
                }
            }
        }
    }
}

fn resolved<'d>(document: &'d Value, parameter: &'d Value) -> Option<&'d Value> {
    match parameter.get("$ref").and_then(Value::as_str) {
        Some(reference) => document.pointer(reference.strip_prefix('#')?),
        None => Some(parameter),
    }
}

fn row(parameter: &Value) -> Markup {
    let text = |member| parameter.get(member).and_then(Value::as_str).unwrap_or_default();
    html! {
        tr {
            th scope="row" {
                code { (text("name")) } " " small { "in the " (text("in")) }
                @if parameter.get("required") == Some(&Value::Bool(true)) { " " small { "required" } }
            }
            td { @if let Some(schema) = parameter.get("schema") { (schema::kind(schema)) } }
            td { (text::render(text("description"))) }
        }
    }
}

/// What a body may be, with its examples.
fn contents(body: &Value) -> Markup {
    let nothing = Map::new();
    let contents = body.get("content").and_then(Value::as_object).unwrap_or(&nothing);
    html! {
        @for (media_type, content) in contents {
            @if let Some(schema) = content.get("schema") {
                @if schema.get("properties").is_some() {
                    p { code { (media_type) } }
                    (schema::render(schema))
                } @else {
                    p { code { (media_type) } ": " (schema::kind(schema)) }
                }
            }
            @for (_, example) in content.get("examples").and_then(Value::as_object).unwrap_or(&nothing) {
                (rendered_example(example))
            }
        }
    }
}

fn rendered_example(example: &Value) -> Markup {
    let value = example.get("value").unwrap_or(&Value::Null);
    // A text is an example as it stands, such as a stream of events.
    let text =
        value.as_str().map_or_else(|| serde_json::to_string_pretty(value).unwrap_or_default(), str::to_owned);
    html! {
        figure {
            figcaption { (example.get("summary").and_then(Value::as_str).unwrap_or("Example")) }
            pre tabindex="0" { code { (text) } }
        }
    }
}
