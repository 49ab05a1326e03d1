//! Reading the session's token from a request: the cookie that `identity` sets when somebody signs in, named and signed as Better
//! Auth does.

use access_token::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, header};
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};
use web_origin::Origin;

/// The cookie's name; over TLS `__Secure-` goes before it, which browsers take over TLS alone.
pub const NAME: &str = "better-auth.session_token";

/// The token of the session cookie that came with a request to the app at this origin, if one of the secrets signed it. Of
/// several cookies of one name the first counts.
pub fn session_token<'a>(
    origin: &Origin,
    secrets: impl IntoIterator<Item = &'a Secret>,
    headers: &HeaderMap,
) -> Option<String> {
    signed_value(origin, secrets, NAME, headers)
}

/// The value of the cookie of this name, which over TLS has `__Secure-` before it, if one of the secrets signed it.
pub fn signed_value<'a>(
    origin: &Origin,
    secrets: impl IntoIterator<Item = &'a Secret>,
    name: &str,
    headers: &HeaderMap,
) -> Option<String> {
    let signed = percent_decode_str(find_named(origin, name, headers)?).decode_utf8().ok()?;
    open_signed(secrets, &signed).map(str::to_owned)
}

/// The session cookie as it was sent, signed or not.
#[must_use]
pub fn find<'a>(origin: &Origin, headers: &'a HeaderMap) -> Option<&'a str> {
    find_named(origin, NAME, headers)
}

fn find_named<'a>(origin: &Origin, name: &str, headers: &'a HeaderMap) -> Option<&'a str> {
    let name = cookie_name(origin, name);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.split_once('='))
        .find(|(found, _)| found.trim() == name)
        .map(|(_, value)| value.trim().trim_matches('"'))
}

/// The `Set-Cookie` that ends a session in the browser.
#[must_use]
pub fn clear(origin: &Origin) -> String {
    let secure = if origin.is_https() { "; Secure" } else { "" };
    format!("{}=; Max-Age=0; Path=/; HttpOnly{secure}; SameSite=Lax", cookie_name(origin, NAME))
}

/// What a cookie of this name is called at this origin.
fn cookie_name(origin: &Origin, name: &str) -> String {
    if origin.is_https() { format!("__Secure-{name}") } else { name.to_owned() }
}

/// What is stored of a token. It has too many bits to be guessed, so a plain hash does.
#[must_use]
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}

/// The value of `<value>.<signature>`, the signature being the padded base64 of HMAC-SHA-256 over the value.
pub fn open_signed<'s, 'a>(
    secrets: impl IntoIterator<Item = &'s Secret>,
    signed: &'a str,
) -> Option<&'a str> {
    let (value, signature) = signed.rsplit_once('.')?;
    let signature = STANDARD.decode(signature).ok()?;
    let is_signed = |secret: &Secret| {
        let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok();
        mac.is_some_and(|mac| mac.chain_update(value).verify_slice(&signature).is_ok())
    };
    (!value.is_empty() && !value.contains('.') && secrets.into_iter().any(is_signed)).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret() -> Secret {
        Secret::new("better-auth-secret-12345678901234567890").unwrap()
    }

    fn token(origin: &str, cookie: &str) -> Option<String> {
        let headers = [(header::COOKIE, cookie.parse().unwrap())].into_iter().collect();
        session_token(&Origin::new(origin).unwrap(), [&secret()], &headers)
    }

    fn signed(value: &str) -> String {
        let mac = Hmac::<Sha256>::new_from_slice(secret().as_bytes()).unwrap().chain_update(value);
        format!(
            "{value}.{}",
            STANDARD.encode(mac.finalize().into_bytes()).replace('+', "%2B").replace('=', "%3D")
        )
    }

    #[test]
    fn the_token_is_read_among_other_cookies() {
        let line = format!("a=b; better-auth.session_token={}; c=d", signed("token"));
        assert_eq!(token("http://localhost:3000", &line).as_deref(), Some("token"));
    }

    #[test]
    fn over_tls_only_the_prefixed_name_counts() {
        let line = format!("better-auth.session_token={}", signed("token"));
        assert_eq!(token("https://todo.example", &line), None);
        assert_eq!(token("https://todo.example", &format!("__Secure-{line}")).as_deref(), Some("token"));
    }

    #[test]
    fn a_forged_cookie_is_no_session() {
        for value in ["token", "token.", "token.AAAA", "%ff", "", "token.%3D", &signed("a.b")] {
            assert_eq!(
                token("http://localhost:3000", &format!("better-auth.session_token={value}")),
                None,
                "{value}"
            );
        }
    }
}
