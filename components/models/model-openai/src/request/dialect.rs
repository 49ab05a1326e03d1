//! Where providers of the same protocol differ.

use serde_json::{Map, Value, json};

/// How a provider wants to be asked. It starts with what OpenAI documents; a refusal that names a member the
/// provider doesn't know leads to the next form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    limit: &'static str,
    counts_usage: bool,
}

/// The current name of the limit; newer models of OpenAI refuse the other one.
const COMPLETION_LIMIT: &str = "max_completion_tokens";
/// The former name, which many compatible servers still want.
const FORMER_LIMIT: &str = "max_tokens";

impl Default for Dialect {
    fn default() -> Self {
        Self { limit: COMPLETION_LIMIT, counts_usage: true }
    }
}

impl Dialect {
    /// Writes the members that providers disagree about.
    pub fn write_to(self, body: &mut Map<String, Value>, max_output_tokens: u32) {
        body.insert(self.limit.into(), max_output_tokens.into());
        if self.counts_usage {
            body.insert("stream_options".into(), json!({"include_usage": true}));
        }
    }

    /// The form to try after a refusal with this text; `None` when the text blames none of these members.
    pub fn after_refusal(self, text: &str) -> Option<Self> {
        if self.counts_usage && text.contains("stream_options") {
            return Some(Self { counts_usage: false, ..self });
        }
        (self.limit == COMPLETION_LIMIT && text.contains(COMPLETION_LIMIT))
            .then_some(Self { limit: FORMER_LIMIT, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_that_the_provider_names_is_left_out_or_renamed_once() {
        let first = Dialect::default();
        let second = first.after_refusal("Extra inputs are not permitted: max_completion_tokens").unwrap();
        let third = second.after_refusal("unknown field `stream_options`").unwrap();
        let mut body = Map::new();
        third.write_to(&mut body, 9);
        assert_eq!(Value::Object(body), json!({"max_tokens": 9}));
        assert_eq!(third.after_refusal("stream_options max_completion_tokens"), None);
        assert_eq!(first.after_refusal("no such model"), None);
    }
}
