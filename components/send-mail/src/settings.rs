//! Which service sends mail, and as whom.

use spin_sdk::variables;
use url::Url;

use crate::bindings::exports::todo::mail::sender::SendError;

/// What a service's API looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `{"from", "to", "subject", "text"}` with a bearer token, as Resend has it.
    Resend,
    /// `{"From", "To", "Subject", "TextBody"}` with the header `X-Postmark-Server-Token`, as Postmark has it.
    Postmark,
}

/// Which service sends mail, and as whom.
#[derive(Clone)]
pub struct Settings {
    /// Where messages are posted.
    pub endpoint: Url,
    /// What its API looks like.
    pub format: Format,
    /// The service's key; empty where it wants none.
    pub key: String,
    /// The sender, such as `Todo <todo@example.org>`.
    pub from: String,
}

impl Settings {
    /// Reads the variables `mail_url`, `mail_format`, `mail_api_key` and `mail_from`.
    ///
    /// # Errors
    /// A variable is missing or no such value works; the text names it, never its value.
    pub async fn load() -> Result<Self, SendError> {
        Self::new(
            &variables::get("mail_url").await.unwrap_or_default(),
            &variables::get("mail_format").await.unwrap_or_default(),
            &variables::get("mail_api_key").await.unwrap_or_default(),
            &variables::get("mail_from").await.unwrap_or_default(),
        )
    }

    fn new(url: &str, format: &str, key: &str, from: &str) -> Result<Self, SendError> {
        let endpoint = Url::parse(url.trim())
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.username().is_empty())
            .filter(|url| url.password().is_none())
            .ok_or_else(|| refused("The variables mail_origin and mail_path make no http or https URL."))?;
        let format = match format.trim() {
            "" | "resend" => Format::Resend,
            "postmark" => Format::Postmark,
            _ => return Err(refused("The variable mail_format is not one of resend and postmark.")),
        };
        let key = key.trim();
        if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(refused("The variable mail_api_key holds characters that no key has."));
        }
        let from = from.trim();
        if !from.contains('@') || from.chars().any(char::is_control) {
            return Err(refused("The variable mail_from is no sender, such as Todo <todo@example.org>."));
        }
        Ok(Self { endpoint, format, key: key.to_owned(), from: from.to_owned() })
    }
}

fn refused(text: &str) -> SendError {
    SendError::Refused(text.to_owned())
}

/// Settings for tests.
#[cfg(test)]
pub fn example(format: &str) -> Settings {
    Settings::new("https://mail.example/send", format, "key-1", "Todo <todo@example.org>").unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_setting_is_refused_by_name_and_never_quoted() {
        let (url, from) = ("https://mail.example/send", "todo@example.org");
        for (url, format, key, from, name) in [
            ("", "resend", "k", from, "mail_origin"),
            ("ftp://mail.example", "resend", "k", from, "mail_origin"),
            ("https://user:secret@mail.example", "resend", "k", from, "mail_origin"),
            (url, "secret", "k", from, "mail_format"),
            (url, "", "secret\nsecret", from, "mail_api_key"),
            (url, "", "k", "", "mail_from"),
            (url, "", "k", "secret@example.org\nBcc: x@y.example", "mail_from"),
        ] {
            let Err(SendError::Refused(text)) = Settings::new(url, format, key, from) else {
                panic!("{name}")
            };
            assert!(text.contains(name) && !text.contains("secret"), "{text}");
        }
    }
}
