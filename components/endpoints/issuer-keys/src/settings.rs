//! The variables, read once in the life of an instance.

use std::sync::OnceLock;

use problem_details::{Kind, Problem};
use spin_sdk::variables;
use url::Url;
use web_origin::Origin;

/// How long a caller waits before it asks a service again that is set up wrongly, in seconds.
const RETRY_AFTER_SECONDS: u32 = 30;

/// Where the issuer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its name: `auth_issuer`.
    pub issuer: Url,
    /// The name as it is written, which its metadata has to repeat byte for byte.
    pub name: String,
    /// At which origin it is reached from here, which may be a name inside a network: `auth_issuer_origin`.
    pub origin: Origin,
    /// Where its keys are; nothing where its metadata says it: `auth_issuer_keys_path`.
    pub keys: Option<String>,
}

/// The place that the variables name, or 503: which of them is wrong is in the log.
pub async fn place() -> Result<&'static Place, Problem> {
    static PLACE: OnceLock<Place> = OnceLock::new();
    if let Some(place) = PLACE.get() {
        return Ok(place);
    }
    let text = async |name| variables::get(name).await.unwrap_or_default();
    let (issuer, origin) = (text("auth_issuer").await, text("auth_issuer_origin").await);
    let place = read(&issuer, &origin, &text("auth_issuer_keys_path").await).map_err(|error| {
        log::error!("{error}");
        Problem::new(Kind::Unavailable).retry_after(RETRY_AFTER_SECONDS)
    })?;
    Ok(PLACE.get_or_init(|| place))
}

/// The place, or which variable is wrong.
pub fn read(issuer: &str, origin: &str, keys_path: &str) -> Result<Place, &'static str> {
    let name = issuer.trim().to_owned();
    let issuer = Url::parse(&name).map_err(|_| "variable auth_issuer: no address")?;
    let origin = Origin::new(origin)
        .map_err(|_| "variable auth_issuer_origin: not http:// or https://, a host and an optional port")?;
    let keys = match keys_path.trim() {
        "" => None,
        path if path.starts_with('/') && path.bytes().all(|byte| byte.is_ascii_graphic()) => {
            Some(format!("{origin}{path}"))
        }
        _ => return Err("variable auth_issuer_keys_path: not a path that begins with /"),
    };
    Ok(Place { issuer, name, origin, keys })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_where_the_operator_says() {
        let place = read("https://id.example/api/auth", "http://id.internal:8080", "/api/auth/jwks").unwrap();
        assert_eq!(place.keys.as_deref(), Some("http://id.internal:8080/api/auth/jwks"));
        assert_eq!(read("https://id.example", "https://id.example:443", "").unwrap().keys, None);
        for (issuer, origin, path) in [
            ("", "https://id.example", ""),
            ("id.example", "https://id.example", ""),
            ("https://id.example", "https://id.example/path", ""),
            ("https://id.example", "", ""),
            ("https://id.example", "https://id.example", "jwks"),
            ("https://id.example", "https://id.example", "/a b"),
        ] {
            assert!(read(issuer, origin, path).unwrap_err().starts_with("variable auth_issuer"), "{issuer}");
        }
    }
}
