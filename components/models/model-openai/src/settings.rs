//! Where the provider is and how to sign in there.

use spin_sdk::variables;
use url::Url;

use crate::bindings::todo::model::types::ModelError;

/// What the provider speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    /// Chat Completions: OpenAI and everybody compatible with it.
    ChatCompletions,
    /// Responses: OpenAI, Azure and a few servers.
    Responses,
}

impl Api {
    /// Reads the variable `openai_api`.
    fn read(name: &str) -> Result<Self, ModelError> {
        match name.trim() {
            "" | "chat-completions" => Ok(Self::ChatCompletions),
            "responses" => Ok(Self::Responses),
            _ => Err(config_error("The variable openai_api has to be chat-completions or responses.")),
        }
    }

    /// Where it is, below the base URL.
    const fn path(self) -> &'static [&'static str] {
        match self {
            Self::ChatCompletions => &["chat", "completions"],
            Self::Responses => &["responses"],
        }
    }
}

/// Where the provider is and how to sign in there.
#[derive(Clone)]
pub struct Settings {
    /// What it speaks.
    pub api: Api,
    /// `…/chat/completions`, `…/responses` or `…/audio/transcriptions`.
    pub endpoint: Url,
    /// Sent as a bearer token; empty when the provider wants none, as on a machine of one's own.
    pub key: String,
    /// The provider's name of the model.
    pub model: String,
}

impl Settings {
    /// Reads the variables `openai_api`, `openai_base_url`, `openai_api_key` and `openai_model`.
    ///
    /// # Errors
    /// A variable is missing or no such value works; the text names it, never its value.
    pub async fn load() -> Result<Self, ModelError> {
        let api = Api::read(&variables::get("openai_api").await.unwrap_or_default())?;
        Self::read(api, api.path(), "openai_model").await
    }

    /// Reads the variables `openai_base_url`, `openai_api_key` and `openai_transcription_model`.
    ///
    /// # Errors
    /// A variable is missing or no such value works; the text names it, never its value.
    pub async fn load_for_transcription() -> Result<Self, ModelError> {
        Self::read(Api::ChatCompletions, &["audio", "transcriptions"], "openai_transcription_model").await
    }

    async fn read(api: Api, path: &[&str], model: &str) -> Result<Self, ModelError> {
        let endpoint = endpoint(path, &variables::get("openai_base_url").await.unwrap_or_default())?;
        let key = variables::get("openai_api_key").await.unwrap_or_default();
        Self::new(api, endpoint, &key, (model, &variables::get(model).await.unwrap_or_default()))
    }

    /// `model` is the name of a variable and its value.
    fn new(api: Api, endpoint: Url, key: &str, (variable, model): (&str, &str)) -> Result<Self, ModelError> {
        let key = key.trim();
        if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(config_error("The variable openai_api_key holds characters that no key has."));
        }
        if model.trim().is_empty() {
            return Err(config_error(&format!("The variable {variable} is not set.")));
        }
        Ok(Self { api, endpoint, key: key.to_owned(), model: model.trim().to_owned() })
    }

    /// The text without the key, for errors and logs.
    pub fn redact(&self, text: &str) -> String {
        if self.key.is_empty() { text.to_owned() } else { text.replace(&self.key, "[key]") }
    }
}

/// A path below the base URL, whether that ends in a slash or not; a query such as Azure's stays.
fn endpoint(path: &[&str], base_url: &str) -> Result<Url, ModelError> {
    let bad = || config_error("The variable openai_base_url is not an http or https URL.");
    let mut url = Url::parse(base_url.trim()).map_err(|_| bad())?;
    if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
        return Err(bad());
    }
    url.path_segments_mut().map_err(|()| bad())?.pop_if_empty().extend(path);
    url.set_fragment(None);
    Ok(url)
}

fn config_error(text: &str) -> ModelError {
    ModelError::Refused(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(api: Api, base: &str, key: &str, model: &str) -> Result<Settings, ModelError> {
        Settings::new(api, endpoint(api.path(), base)?, key, ("openai_model", model))
    }

    fn endpoint_of(base: &str) -> Option<String> {
        settings(Api::ChatCompletions, base, "k", "m").ok().map(|settings| settings.endpoint.to_string())
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
    fn what_the_provider_speaks_is_chosen_by_name() {
        assert_eq!(Api::read("").unwrap(), Api::ChatCompletions);
        assert_eq!(Api::read("chat-completions").unwrap(), Api::ChatCompletions);
        let responses = Api::read(" responses ").unwrap();
        let settings = settings(responses, "https://api.openai.com/v1", "k", "m").ok().unwrap();
        assert_eq!(settings.endpoint.as_str(), "https://api.openai.com/v1/responses");
        assert!(
            matches!(Api::read("assistants"), Err(ModelError::Refused(text)) if text.contains("openai_api"))
        );
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
            let Err(ModelError::Refused(text)) = settings(Api::ChatCompletions, base, key, model) else {
                panic!("{base}")
            };
            assert!(text.contains(name) && !text.contains("secret"), "{text}");
        }
    }

    #[test]
    fn the_key_is_taken_out_of_texts() {
        let settings = settings(Api::ChatCompletions, "https://x/", "sk-1", "m").unwrap();
        assert_eq!(settings.redact("bad key sk-1!"), "bad key [key]!");
    }
}
