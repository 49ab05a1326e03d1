//! OpenAI's own `<openai-chatkit>` in the place of ours, where the operator wants it: by the variables `chatkit_script_url`, from where it
//! is loaded, and `chatkit_domain_key`, by which OpenAI knows the page's domain.

use http::Uri;

/// What stands for it in the page.
const PLACEHOLDER: &str = "{openai_element}";

/// OpenAI's element.
#[derive(Debug, PartialEq, Eq)]
pub struct OpenAiElement {
    script_url: String,
    /// Scheme, host and port of the script, and of the frame that it opens.
    pub origin: String,
    domain_key: String,
}

impl OpenAiElement {
    /// What the variables say; nothing where they say nothing, or what makes no sense: then the page has our own.
    pub async fn load() -> Option<Self> {
        let read = async |name| spin_sdk::variables::get(name).await.unwrap_or_default();
        let (script_url, domain_key) = (read("chatkit_script_url").await, read("chatkit_domain_key").await);
        Self::read(&script_url, &domain_key).unwrap_or_else(|wrong| {
            log::error!("OpenAI's element is not shown: {wrong}");
            None
        })
    }

    /// Reads the variables.
    ///
    /// # Errors
    /// What is wrong with them, as the end of a sentence.
    pub fn read(script_url: &str, domain_key: &str) -> Result<Option<Self>, &'static str> {
        if script_url.is_empty() {
            return Ok(None);
        }
        let wrong = "chatkit_script_url has to be an address that begins with https://.";
        let uri: Uri = script_url.parse().map_err(|_| wrong)?;
        let (scheme, host) = (uri.scheme_str().unwrap_or_default(), uri.host().unwrap_or_default());
        let is_here = scheme == "http" && matches!(host, "127.0.0.1" | "localhost");
        let authority = uri.authority().map(http::uri::Authority::as_str).unwrap_or_default();
        if (scheme != "https" && !is_here) || authority.contains('@') || authority.is_empty() {
            return Err(wrong);
        }
        if domain_key.is_empty() {
            return Err("chatkit_domain_key is missing; it is local-dev on this machine.");
        }
        let origin = format!("{scheme}://{authority}");
        Ok(Some(Self { script_url: script_url.to_owned(), origin, domain_key: domain_key.to_owned() }))
    }

    fn markup(&self) -> String {
        let (script, key) = (escaped(&self.script_url), escaped(&self.domain_key));
        format!(
            "<meta name=\"chatkit-domain-key\" content=\"{key}\">\n  <script async src=\"{script}\"></script>"
        )
    }
}

/// The page with OpenAI's element, or without.
pub fn put(page: &str, element: Option<&OpenAiElement>) -> String {
    page.replace(PLACEHOLDER, &element.map(OpenAiElement::markup).unwrap_or_default())
}

/// A text inside of an attribute in double quotes (HTML standard, section 13.3: escaping a string).
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "https://cdn.example:8443/deployments/chatkit.js?a=1&b=2";

    #[test]
    fn it_is_loaded_from_where_the_operator_says_by_its_key() {
        let element = OpenAiElement::read(SCRIPT, "key\"<").unwrap().unwrap();
        assert_eq!(element.origin, "https://cdn.example:8443");
        let page = put("<head>{openai_element}</head>", Some(&element));
        assert!(page.contains("content=\"key&quot;&lt;\""), "{page}");
        assert!(page.contains(
            "<script async src=\"https://cdn.example:8443/deployments/chatkit.js?a=1&amp;b=2\"></script>"
        ));
        assert_eq!(put("<head>{openai_element}</head>", None), "<head></head>");
    }

    #[test]
    fn nothing_is_loaded_by_default_and_nothing_over_plain_http_from_elsewhere() {
        assert_eq!(OpenAiElement::read("", "key"), Ok(None));
        assert!(OpenAiElement::read("http://127.0.0.1:9000/chatkit.js", "local-dev").is_ok());
        for wrong in [
            "http://cdn.example/a.js",
            "javascript:alert(1)",
            "//cdn.example/a.js",
            "/a.js",
            "https://user@cdn.example/a.js",
            "https://cdn.example; script-src *",
            "data:text/javascript,1",
        ] {
            assert!(OpenAiElement::read(wrong, "key").is_err(), "{wrong}");
        }
        assert!(OpenAiElement::read(SCRIPT, "").is_err());
    }
}
