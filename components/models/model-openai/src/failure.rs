//! What a provider's failure means for whoever asked.

use serde_json::Value;

use crate::bindings::todo::model::types::ModelError;

/// When to try again if the provider says nothing, in seconds.
const RETRY_AFTER_SECONDS: u32 = 5;
/// When to try again if the provider says there were too many requests, in seconds.
const RATE_LIMITED_RETRY_AFTER_SECONDS: u32 = 20;
/// A longer wait than this is not passed on, in seconds.
const MAX_RETRY_AFTER_SECONDS: u32 = 3600;
/// A provider's words are cut after this many characters.
const MAX_CHARACTERS: usize = 300;

/// The provider can't be reached, or stopped in the middle.
pub fn interrupted() -> ModelError {
    ModelError::Unavailable(RETRY_AFTER_SECONDS)
}

/// The answer makes no sense because `why`.
pub fn garbled(why: &str) -> ModelError {
    ModelError::Garbled(format!("The provider's answer can't be used: {why}."))
}

/// An HTTP answer that is no success. `text` is its body without the key, `retry_after` the header's value.
pub fn from_status(status: u16, text: &str, retry_after: Option<&str>) -> ModelError {
    let error = serde_json::from_str::<Value>(text).ok();
    let code = error.as_ref().and_then(|error| error.pointer("/error/code")).and_then(Value::as_str);
    match status {
        429 if code == Some("insufficient_quota") => {
            ModelError::Refused("The provider's quota for this key is used up (429).".into())
        }
        408 | 409 | 425 | 429 | 500..=599 => {
            let default = if status == 429 { RATE_LIMITED_RETRY_AFTER_SECONDS } else { RETRY_AFTER_SECONDS };
            ModelError::Unavailable(
                retry_after
                    .and_then(|value| value.trim().parse().ok())
                    .unwrap_or(default)
                    .clamp(1, MAX_RETRY_AFTER_SECONDS),
            )
        }
        // Their words about a key tend to quote it in part.
        401 | 403 => ModelError::Refused(format!(
            "The provider does not accept the key ({status}). Check the variable openai_api_key."
        )),
        404 => ModelError::Refused(format!(
            "The provider does not know the model or the path (404). Check the variables openai_model and \
             openai_base_url.{}",
            words(error.as_ref())
        )),
        300..=399 => ModelError::Refused(format!(
            "The provider answers with a redirection ({status}). Check the variable openai_base_url."
        )),
        _ => ModelError::Refused(format!(
            "The provider refused the request ({status}).{}",
            words(error.as_ref())
        )),
    }
}

/// An error that is reported inside an answer that began well.
pub fn from_reported(error: &Value) -> ModelError {
    let status = ["code", "status"].iter().find_map(|member| match error.get(member)? {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    });
    match error.get("code").and_then(Value::as_str) {
        Some("rate_limit_exceeded") => return ModelError::Unavailable(RATE_LIMITED_RETRY_AFTER_SECONDS),
        Some("insufficient_quota") => {
            return ModelError::Refused("The provider's quota for this key is used up.".into());
        }
        // Their words may quote the key.
        Some(code) if code.starts_with("invalid_") || code == "context_length_exceeded" => {
            return ModelError::Refused("The provider refused the request in its answer.".into());
        }
        _ => {}
    }
    match status {
        Some(status @ (400..=407 | 410..=424 | 426..=428 | 430..=499)) => {
            ModelError::Refused(format!("The provider refused the request ({status})."))
        }
        Some(429) => ModelError::Unavailable(RATE_LIMITED_RETRY_AFTER_SECONDS),
        _ => interrupted(),
    }
}

/// The provider's own sentence, if there is one, shortened.
fn words(error: Option<&Value>) -> String {
    let sentence = error.and_then(|error| {
        ["/error/message", "/message", "/detail", "/error"]
            .iter()
            .find_map(|place| error.pointer(place).and_then(Value::as_str))
    });
    sentence.map_or_else(String::new, |sentence| {
        let line: String =
            sentence.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_CHARACTERS).collect();
        format!(" It says: {line}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_pass_is_unavailable_for_as_long_as_the_provider_says() {
        for (status, header, seconds) in [
            (429, Some("7"), 7),
            (429, None, RATE_LIMITED_RETRY_AFTER_SECONDS),
            (503, Some("Wed, 21 Oct 2026 07:28:00 GMT"), RETRY_AFTER_SECONDS),
            (500, None, RETRY_AFTER_SECONDS),
            (529, Some("999999"), MAX_RETRY_AFTER_SECONDS),
            (503, Some("0"), 1),
        ] {
            assert_eq!(
                from_status(status, "", header),
                ModelError::Unavailable(seconds),
                "{status} {header:?}"
            );
        }
    }

    #[test]
    fn what_an_operator_must_mend_is_refused_with_the_providers_words_but_never_about_a_key() {
        let text = r#"{"error":{"message":"Unsupported value\n: 'x'","code":"bad"}}"#;
        let ModelError::Refused(said) = from_status(400, text, None) else { panic!() };
        assert_eq!(said, "The provider refused the request (400). It says: Unsupported value : 'x'");
        let ModelError::Refused(said) =
            from_status(401, r#"{"error":{"message":"Incorrect key sk-ab**yz"}}"#, None)
        else {
            panic!()
        };
        assert!(said.contains("openai_api_key") && !said.contains("sk-"), "{said}");
        let quota = r#"{"error":{"code":"insufficient_quota"}}"#;
        assert!(matches!(from_status(429, quota, Some("1")), ModelError::Refused(_)));
    }

    #[test]
    fn an_error_inside_the_stream_is_told_by_its_code() {
        for (error, expected) in [
            (r#"{"message":"x","code":429}"#, ModelError::Unavailable(RATE_LIMITED_RETRY_AFTER_SECONDS)),
            (
                r#"{"message":"overloaded","type":"server_error"}"#,
                ModelError::Unavailable(RETRY_AFTER_SECONDS),
            ),
            (r#""down""#, ModelError::Unavailable(RETRY_AFTER_SECONDS)),
            (r#"{"code":"rate_limit_exceeded"}"#, ModelError::Unavailable(RATE_LIMITED_RETRY_AFTER_SECONDS)),
            (
                r#"{"code":"invalid_api_key","message":"Incorrect key sk-1"}"#,
                ModelError::Refused("The provider refused the request in its answer.".into()),
            ),
            (r#"{"code":"400"}"#, ModelError::Refused("The provider refused the request (400).".into())),
        ] {
            assert_eq!(from_reported(&serde_json::from_str(error).unwrap()), expected, "{error}");
        }
    }
}
