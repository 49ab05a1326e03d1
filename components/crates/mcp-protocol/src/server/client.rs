//! What a client can do for a server.

use rmcp::model::{InputRequest, InputRequests};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Value, json, value::RawValue};

/// The identifier of the tasks extension (SEP-2663).
pub(crate) const TASKS: &str = "io.modelcontextprotocol/tasks";

/// What a client declared that it can do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClientFeatures {
    /// It can ask its user by a form (`elicitation/create`).
    pub elicitation: bool,
    /// It can ask its model (`sampling/createMessage`).
    pub sampling: bool,
    /// It can name its roots (`roots/list`).
    pub roots: bool,
    /// It takes a task for an answer (SEP-2663).
    pub tasks: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Declared {
    elicitation: Option<Elicitation>,
    sampling: Option<IgnoredAny>,
    roots: Option<IgnoredAny>,
    extensions: Option<Extensions>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Elicitation {
    form: Option<IgnoredAny>,
    url: Option<IgnoredAny>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Extensions {
    #[serde(rename = "io.modelcontextprotocol/tasks")]
    tasks: Option<IgnoredAny>,
}

impl ClientFeatures {
    /// Reads a client's capabilities. What is unknown or of another type than the schema's is not a capability.
    pub(crate) fn read(capabilities: &RawValue) -> Self {
        let declared: Declared = serde_json::from_str(capabilities.get()).unwrap_or_default();
        Self {
            // An empty object stands for forms, which is all that there was at first (2025-11-25, Elicitation).
            elicitation: declared
                .elicitation
                .is_some_and(|modes| modes.form.is_some() || modes.url.is_none()),
            sampling: declared.sampling.is_some(),
            roots: declared.roots.is_some(),
            tasks: declared.extensions.is_some_and(|extensions| extensions.tasks.is_some()),
        }
    }

    /// As one byte, for a session id.
    pub(crate) fn bits(self) -> u8 {
        [self.elicitation, self.sampling, self.roots, self.tasks]
            .into_iter()
            .enumerate()
            .fold(0, |bits, (place, is_set)| bits | (u8::from(is_set) << place))
    }

    /// From one byte.
    pub(crate) fn from_bits(bits: u8) -> Self {
        let is_set = |place: u8| bits & (1 << place) != 0;
        Self { elicitation: is_set(0), sampling: is_set(1), roots: is_set(2), tasks: is_set(3) }
    }

    /// Leaves out what the client can't answer. If that is all, fails with a capability that it would have to declare.
    pub(crate) fn answerable(self, requests: InputRequests) -> Result<InputRequests, Value> {
        let missing = requests.values().find(|wanted| !self.can_answer(wanted)).map(required_for);
        let rest: InputRequests =
            requests.into_iter().filter(|(_, wanted)| self.can_answer(wanted)).collect();
        match missing {
            Some(required) if rest.is_empty() => Err(required),
            _ => Ok(rest),
        }
    }

    /// Whether the client can be asked this.
    fn can_answer(self, request: &InputRequest) -> bool {
        match request {
            InputRequest::Elicitation(_) => self.elicitation,
            InputRequest::CreateMessage(_) => self.sampling,
            InputRequest::ListRoots(_) => self.roots,
            _ => false,
        }
    }
}

/// The capability that a request needs, as a client would declare it.
fn required_for(request: &InputRequest) -> Value {
    match request {
        InputRequest::Elicitation(_) => json!({"elicitation": {}}),
        InputRequest::CreateMessage(_) => json!({"sampling": {}}),
        _ => json!({"roots": {}}),
    }
}

/// The capability to take a task for an answer.
pub(crate) fn tasks_required() -> Value {
    json!({"extensions": {TASKS: {}}})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> ClientFeatures {
        ClientFeatures::read(&serde_json::from_str::<Box<RawValue>>(text).unwrap())
    }

    #[test]
    fn what_is_declared_is_read_and_nothing_else() {
        let all = read(
            r#"{"elicitation":{},"sampling":{"tools":{}},"roots":{"listChanged":true},
                "extensions":{"io.modelcontextprotocol/tasks":{},"other":{}},"more":1}"#,
        );
        assert_eq!(all, ClientFeatures { elicitation: true, sampling: true, roots: true, tasks: true });
        assert_eq!(read("{}"), ClientFeatures::default());
        assert_eq!(read("[]"), ClientFeatures::default());
        assert_eq!(read(r#"{"elicitation":7}"#), ClientFeatures::default());
    }

    #[test]
    fn a_form_is_asked_only_of_a_client_that_has_forms() {
        assert!(read(r#"{"elicitation":{"form":{},"url":{}}}"#).elicitation);
        assert!(!read(r#"{"elicitation":{"url":{}}}"#).elicitation);
    }

    #[test]
    fn a_client_is_asked_what_it_can_answer_and_told_what_it_lacks() {
        let requests: InputRequests = serde_json::from_value(json!({
            "roots": {"method": "roots/list"},
            "form": {"method": "elicitation/create", "params": {
                "message": "?", "requestedSchema": {"type": "object", "properties": {}}
            }},
        }))
        .unwrap();
        let asked = read(r#"{"roots":{}}"#).answerable(requests.clone()).unwrap();
        assert_eq!(asked.into_keys().collect::<Vec<_>>(), ["roots"]);
        assert_eq!(read("{}").answerable(requests), Err(json!({"elicitation": {}})));
    }

    #[test]
    fn features_survive_a_session_id() {
        for bits in 0..16 {
            assert_eq!(ClientFeatures::from_bits(bits).bits(), bits);
        }
    }
}
