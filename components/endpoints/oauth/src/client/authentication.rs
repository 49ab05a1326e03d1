//! Which program asks for tokens, and whether it is that one (RFC 6749, section 2.3).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use endpoint::Context;
use http::{HeaderMap, header};
use user_database::Database;

use super::{Client, PRIVATE_KEY_JWT, assertion};
use crate::error::{ErrorCode, OAuthError};
use crate::parameters::Parameters;
use crate::signature;
use crate::site::Site;
use crate::{random, store};

/// What a client is told that did not prove who it is.
const UNKNOWN: &str =
    "No client has this id and secret or key, sent in the way it registered. Register again.";

/// Who a program says it is.
#[derive(Debug, PartialEq, Eq)]
pub struct Credentials {
    /// Its id.
    pub client_id: String,
    /// Its secret, if it sends one.
    pub secret: Option<String>,
    /// The token that it signed, if it sends one.
    pub assertion: Option<String>,
    /// How: one of [`super::AUTH_METHODS`].
    pub method: &'static str,
}

impl Credentials {
    /// Reads them from `Authorization: Basic` (RFC 6749, section 2.3.1) or from the form.
    ///
    /// # Errors
    /// `invalid_client` when there are none; `invalid_request` when they come in two ways.
    pub fn read(headers: &HeaderMap, form: &Parameters) -> Result<Self, OAuthError> {
        let in_form = (form.get("client_id"), form.get("client_secret"));
        if let Some(assertion) = form.get("client_assertion") {
            return Self::signed(headers, form, assertion);
        }
        let mut values = headers.get_all(header::AUTHORIZATION).iter();
        match (values.next(), values.next()) {
            (None, _) => {
                let (Some(client_id), secret) = in_form else {
                    return Err(OAuthError::invalid_client("The parameter client_id is missing.", false));
                };
                let method = if secret.is_some() { "client_secret_post" } else { "none" };
                let (client_id, secret) = (client_id.to_owned(), secret.map(str::to_owned));
                Ok(Self { client_id, secret, assertion: None, method })
            }
            (Some(value), None) => {
                let read = value.to_str().ok().and_then(basic);
                let (client_id, secret) = read.ok_or_else(|| {
                    OAuthError::invalid_client(
                        "The header Authorization has to be Basic, with id and secret.",
                        true,
                    )
                })?;
                let is_doubled = in_form.1.is_some() || in_form.0.is_some_and(|other| other != client_id);
                if is_doubled {
                    let sentence = "The client says twice who it is: use one way.";
                    return Err(OAuthError::new(ErrorCode::InvalidRequest, sentence));
                }
                Ok(Self { client_id, secret: Some(secret), assertion: None, method: "client_secret_basic" })
            }
            _ => Err(OAuthError::new(ErrorCode::InvalidRequest, "The header Authorization is there twice.")),
        }
    }

    /// Those of a program that signs who it is (RFC 7523, section 2.2).
    fn signed(headers: &HeaderMap, form: &Parameters, assertion: &str) -> Result<Self, OAuthError> {
        if headers.contains_key(header::AUTHORIZATION) || form.get("client_secret").is_some() {
            let sentence = "The client says twice who it is: use one way.";
            return Err(OAuthError::new(ErrorCode::InvalidRequest, sentence));
        }
        let claimed = assertion::claimed_client(assertion);
        let is_alike = form.get("client_id").is_none_or(|id| claimed.as_deref() == Some(id));
        let is_known_type = form.get("client_assertion_type") == Some(assertion::TYPE);
        match claimed {
            Some(client_id) if is_alike && is_known_type => {
                let assertion = Some(assertion.to_owned());
                Ok(Self { client_id, secret: None, assertion, method: PRIVATE_KEY_JWT })
            }
            _ => Err(OAuthError::invalid_client(UNKNOWN, false)),
        }
    }
}

/// The client, if it is who it says. Whether its id or its secret is wrong is not said.
///
/// # Errors
/// `invalid_client`.
pub async fn authenticate(
    context: &Context,
    site: &Site,
    database: &Database,
    headers: &HeaderMap,
    form: &Parameters,
) -> Result<Client, OAuthError> {
    let credentials = Credentials::read(headers, form)?;
    let by_header = credentials.method == "client_secret_basic";
    let client = store::find_client(database, &credentials.client_id).await?;
    let refused = || OAuthError::invalid_client(UNKNOWN, by_header);
    let client = client.ok_or_else(refused)?;
    let is_proven = match &credentials.assertion {
        Some(token) => assertion::proves(context, site, database, &client, token).await?,
        None => proves(&client, &credentials),
    };
    if !is_proven {
        return Err(refused());
    }
    site.trail.set_program(&client.id);
    Ok(client)
}

fn proves(client: &Client, credentials: &Credentials) -> bool {
    if client.auth_method == PRIVATE_KEY_JWT {
        return false;
    }
    match (&client.secret_hash, &credentials.secret) {
        // A client that registered one way with a secret may send it the other way: libraries choose by themselves.
        (Some(stored), Some(secret)) => signature::are_equal(stored, &random::hash(secret)),
        (None, None) => credentials.method == "none",
        _ => false,
    }
}

/// Id and secret of `Basic <base64>`, each form-encoded.
fn basic(authorization: &str) -> Option<(String, String)> {
    let (scheme, encoded) = authorization.trim().split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    let plain = |text: &str| {
        let spaced = text.replace('+', " ");
        percent_encoding::percent_decode_str(&spaced).decode_utf8().ok().map(std::borrow::Cow::into_owned)
    };
    Some((plain(id)?, plain(secret)?)).filter(|(id, secret)| !id.is_empty() && !secret.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(authorization: Option<&str>, form: &str) -> Result<Credentials, ErrorCode> {
        let headers =
            authorization.map(|value| (header::AUTHORIZATION, value.parse().unwrap())).into_iter().collect();
        Credentials::read(&headers, &Parameters::read(form.as_bytes()).unwrap()).map_err(|error| error.code)
    }

    #[test]
    fn a_client_says_in_one_way_who_it_is() {
        let header = format!("Basic {}", STANDARD.encode("a%20b:s%2Bc"));
        let basic = read(Some(&header), "").unwrap();
        assert_eq!((basic.client_id.as_str(), basic.secret.as_deref()), ("a b", Some("s+c")));
        assert_eq!(read(None, "client_id=a").unwrap().method, "none");
        assert_eq!(read(None, "client_id=a&client_secret=s").unwrap().method, "client_secret_post");
        assert_eq!(read(None, ""), Err(ErrorCode::InvalidClient));
        assert_eq!(read(Some(&header), "client_secret=s"), Err(ErrorCode::InvalidRequest));
        assert_eq!(read(Some(&header), "client_id=other"), Err(ErrorCode::InvalidRequest));
        for wrong in ["Basic", "Basic !", "Bearer a.b.c", "Basic YQ=="] {
            assert_eq!(read(Some(wrong), "client_id=a"), Err(ErrorCode::InvalidClient), "{wrong}");
        }
    }

    #[test]
    fn a_client_with_a_secret_has_to_send_it_and_one_without_may_not() {
        let client = |secret: Option<&str>| Client {
            id: "a".to_owned(),
            name: "A".to_owned(),
            redirect_uris: vec![],
            grant_types: vec![],
            auth_method: if secret.is_some() { "client_secret_basic" } else { "none" }.to_owned(),
            secret_hash: secret.map(random::hash),
            post_logout_redirect_uris: vec![],
            keys: vec![],
            service: None,
            description: crate::client::Description::Registered,
        };
        let credentials = |form: &str| read(None, form).unwrap();
        assert!(proves(&client(Some("s")), &credentials("client_id=a&client_secret=s")));
        assert!(!proves(&client(Some("s")), &credentials("client_id=a&client_secret=t")));
        assert!(!proves(&client(Some("s")), &credentials("client_id=a")));
        assert!(proves(&client(None), &credentials("client_id=a")));
        assert!(!proves(&client(None), &credentials("client_id=a&client_secret=s")));
    }
}
