//! Where the provider is and how to sign in there.

use spin_sdk::variables;
use url::Url;

use crate::bindings::todo::model::types::ModelError;

/// Where the provider is and how to sign in there.
#[derive(Clone)]
pub struct Settings {
    /// `…/chat/completions`.
    pub endpoint: Url,
    /// Sent as a bearer token; empty when the provider wants none, as on a machine of one's own.
    pub key: String,
    /// The provider's name of the model.
    pub model: String,
}

impl Settings {
    /// Reads the variables `openai_base_url`, `openai_api_key` and `openai_model`.
    ///
    /// # Errors
    /// A variable is missing or no such value works; the text names it, never its value.
    pub async fn load() -> Result<Self, ModelError> {
        Self::new(
            &variables::get("openai_base_url").await.unwrap_or_default(),
            &variables::get("openai_api_key").await.unwrap_or_default(),
            &variables::get("openai_model").await.unwrap_or_default(),
        )
    }

    fn new(base_url: &str, key: &str, model: &str) -> Result<Self, ModelError> {
        let key = key.trim();
        if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(config_error("The variable openai_api_key holds characters that no key has."));
        }
        if model.trim().is_empty() {
            return Err(config_error("The variable openai_model is not set."));
        }
        Ok(Self { endpoint: endpoint(base_url)?, key: key.to_owned(), model: model.trim().to_owned() })
    }

    /// The text without the key, for errors and logs.
    pub fn redact(&self, text: &str) -> String {
        if self.key.is_empty() { text.to_owned() } else { text.replace(&self.key, "[key]") }
    }
}

/// `/chat/completions` below the base URL, whether that ends in a slash or not; a query such as Azure's stays.
fn endpoint(base_url: &str) -> Result<Url, ModelError> {
    let bad = || config_error("The variable openai_base_url is not an http or https URL.");
    let mut url = Url::parse(base_url.trim()).map_err(|_| bad())?;
    if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
        return Err(bad());
    }
    url.path_segments_mut().map_err(|()| bad())?.pop_if_empty().extend(["chat", "completions"]);
    url.set_fragment(None);
    Ok(url)
}

fn config_error(text: &str) -> ModelError {
    ModelError::Refused(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint_of(base: &str) -> Option<String> {
        Settings::new(base, "k", "m").ok().map(|settings| settings.endpoint.to_string())
    }

    #[test]
    fn the_endpoint_is_below_any_base_url() {
        for (base, expected) in [
            ("https://api.openai.com/v1", "https://api.openai.com/v1/chat/completions"),
            ("https://api.openai.com:443/v1/", "https://api.openai.com/v1/chat/completions"),
            ("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1/chat/completions"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080/chat/completions"),
            (
                "https://x.example/openai/deployments/d?api-version=1",
                "https://x.example/openai/deployments/d/chat/completions?api-version=1",
            ),
        ] {
            assert_eq!(endpoint_of(base).as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_bad_setting_is_refused_by_name_and_never_quoted() {
        for (base, key, model, name) in [
            ("", "k", "m", "openai_base_url"),
            ("ftp://x/", "k", "m", "openai_base_url"),
            ("https://user:secret@x/", "k", "m", "openai_base_url"),
            ("https://x/", "secret\nsecret", "m", "openai_api_key"),
            ("https://x/", "k", " ", "openai_model"),
        ] {
            let Err(ModelError::Refused(text)) = Settings::new(base, key, model) else { panic!("{base}") };
            assert!(text.contains(name) && !text.contains("secret"), "{text}");
        }
    }

    #[test]
    fn the_key_is_taken_out_of_texts() {
        let settings = Settings::new("https://x/", "sk-1", "m").unwrap();
        assert_eq!(settings.redact("bad key sk-1!"), "bad key [key]!");
    }
}
