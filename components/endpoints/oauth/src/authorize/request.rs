//! What a program asks for (OAuth 2.1, section 4.1.1).

use serde::{Deserialize, Serialize};

use crate::client::{Client, redirect_uri};
use crate::error::{ErrorCode, OAuthError};
use crate::parameters::Parameters;
use crate::site::Site;
use crate::{resource, scope};

/// The length of a challenge: a SHA-256 in base64url (RFC 7636, section 4.2).
const CHALLENGE_BYTES: usize = 43;
/// The longest `state`, in bytes.
const MAX_STATE_BYTES: usize = 4096;
/// The longest `nonce`, in characters.
const MAX_NONCE_CHARACTERS: usize = 512;

/// A request that may be shown to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationRequest {
    /// Which program asks.
    pub client_id: String,
    /// Where the person goes back to.
    pub redirect_uri: String,
    /// What it may do then.
    pub scope: String,
    /// Whom its tokens are for.
    pub resource: String,
    /// What the program has to know a secret for.
    pub code_challenge: String,
    /// What the program wants to find again when the person comes back.
    pub state: Option<String>,
    /// What it wants to find again in the token that says who the person is (OpenID Connect Core, section 3.1.2.1).
    #[serde(default)]
    pub nonce: Option<String>,
    /// Whether the program wants no page to be shown.
    #[serde(skip)]
    pub without_a_page: bool,
}

/// Where the person goes back to: an address of the client, and its only one where the request names none.
///
/// # Errors
/// When it is not one of the client's: nobody may be sent there.
pub fn redirect_uri(parameters: &Parameters, client: &Client) -> Result<String, OAuthError> {
    let refused = |sentence: &'static str| OAuthError::new(ErrorCode::InvalidRequest, sentence);
    match (parameters.get("redirect_uri"), client.redirect_uris.as_slice()) {
        (None, [only]) => Ok(only.clone()),
        (None, _) => Err(refused("The program does not say where to send you back to.")),
        (Some(uri), registered) if redirect_uri::is_registered(uri, registered) => Ok(uri.to_owned()),
        _ => Err(refused(
            "The program wants to send you to an address that it did not register. You were not sent there.",
        )),
    }
}

impl AuthorizationRequest {
    /// Reads the rest of a request, whose client and redirect URI are known.
    ///
    /// # Errors
    /// OAuth's error for the program.
    pub fn read(
        site: &Site,
        parameters: &Parameters,
        client: &Client,
        redirect_uri: String,
    ) -> Result<Self, OAuthError> {
        let invalid = |sentence: &'static str| OAuthError::new(ErrorCode::InvalidRequest, sentence);
        if parameters.get("request").is_some() || parameters.get("request_uri").is_some() {
            let sentence = "Request objects are not read here: send parameters.";
            return Err(OAuthError::new(ErrorCode::RequestNotSupported, sentence));
        }
        if parameters.require("response_type")? != "code" {
            return Err(OAuthError::new(ErrorCode::UnsupportedResponseType, "response_type has to be code."));
        }
        if parameters.get("response_mode").is_some_and(|mode| mode != "query") {
            return Err(invalid("response_mode has to be query."));
        }
        if !client.uses("authorization_code") {
            return Err(OAuthError::new(
                ErrorCode::UnauthorizedClient,
                "The program did not register for codes.",
            ));
        }
        // Without the method the challenge would be the secret itself (RFC 7636, section 4.3).
        if parameters.get("code_challenge_method") != Some("S256") {
            return Err(invalid("code_challenge_method has to be S256: PKCE is required."));
        }
        let challenge = parameters.require("code_challenge")?;
        if challenge.len() != CHALLENGE_BYTES || !challenge.bytes().all(is_base64url) {
            return Err(invalid("code_challenge has to be a SHA-256 in base64url, without padding."));
        }
        let state = parameters.get("state");
        if state.is_some_and(|state| state.len() > MAX_STATE_BYTES) {
            return Err(invalid("state may have at most 4096 bytes."));
        }
        let nonce = parameters.get("nonce");
        if nonce.is_some_and(|nonce| nonce.chars().count() > MAX_NONCE_CHARACTERS) {
            return Err(invalid("nonce may have at most 512 characters."));
        }
        if parameters.get("max_age").is_some() {
            return Err(invalid("max_age is not read here: leave it out."));
        }
        let prompts: Vec<&str> =
            parameters.get("prompt").unwrap_or_default().split_ascii_whitespace().collect();
        if prompts.iter().any(|one| !["none", "consent", "login", "select_account"].contains(one))
            || (prompts.contains(&"none") && prompts.len() > 1)
        {
            return Err(invalid("prompt has to be none, or consent, login and select_account."));
        }
        Ok(Self {
            client_id: client.id.clone(),
            redirect_uri,
            scope: scope::requested(parameters.get("scope"))?,
            resource: resource::requested(&site.origin, parameters.resources())?,
            code_challenge: challenge.to_owned(),
            state: state.map(str::to_owned),
            nonce: nonce.map(str::to_owned),
            without_a_page: prompts.contains(&"none"),
        })
    }
}

fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// A client and a request of it, for tests.
#[cfg(test)]
pub fn example() -> (Client, String) {
    let client = Client {
        id: "client".to_owned(),
        name: "Tester".to_owned(),
        redirect_uris: vec!["https://app.example/cb".to_owned()],
        grant_types: vec!["authorization_code".to_owned()],
        auth_method: "none".to_owned(),
        secret_hash: None,
        post_logout_redirect_uris: vec![],
        keys: vec![],
        service: None,
        description: crate::client::Description::Registered,
    };
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let query = format!(
        "client_id=client&response_type=code&code_challenge={challenge}&code_challenge_method=S256&state=x"
    );
    (client, query)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site;

    fn read(query: &str) -> Result<AuthorizationRequest, ErrorCode> {
        let (client, _) = example();
        let parameters = Parameters::read(query.as_bytes()).unwrap();
        let site = site::example("https://todo.example");
        AuthorizationRequest::read(&site, &parameters, &client, "https://app.example/cb".to_owned())
            .map_err(|error| error.code)
    }

    #[test]
    fn a_request_with_pkce_is_read() {
        let request = read(&example().1).unwrap();
        assert_eq!(request.scope, "tasks:read tasks:write tasks:delete");
        assert_eq!(request.resource, "https://todo.example/mcp");
        assert_eq!(request.state.as_deref(), Some("x"));
    }

    #[test]
    fn a_request_without_pkce_or_with_a_weaker_one_is_refused() {
        let good = example().1;
        for (old, new) in [
            ("&code_challenge_method=S256", ""),
            ("method=S256", "method=plain"),
            ("method=S256", "method=s256"),
            ("code_challenge=E9", "code_challenge="),
            ("code_challenge=E9", "code_challenge=E9E9"),
            ("code_challenge=E9", "code_challenge=%2B9"),
            ("code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&", ""),
            ("response_type=code&", ""),
        ] {
            assert!(good.contains(old), "{old}");
            assert_eq!(read(&good.replace(old, new)), Err(ErrorCode::InvalidRequest), "{new}");
        }
    }

    #[test]
    fn what_is_not_done_here_is_refused_by_name() {
        let good = example().1;
        for (more, code) in [
            ("&request=a.b.c", ErrorCode::RequestNotSupported),
            ("&request_uri=https://evil.example", ErrorCode::RequestNotSupported),
            ("&response_mode=fragment", ErrorCode::InvalidRequest),
            ("&scope=admin", ErrorCode::InvalidScope),
            ("&resource=https://evil.example/mcp", ErrorCode::InvalidTarget),
            ("&prompt=none%20login", ErrorCode::InvalidRequest),
            ("&prompt=create", ErrorCode::InvalidRequest),
            ("&max_age=60", ErrorCode::InvalidRequest),
        ] {
            assert_eq!(read(&format!("{good}{more}")), Err(code), "{more}");
        }
        for kind in ["token", "code%20token", "id_token", "none"] {
            let query = good.replace("response_type=code", &format!("response_type={kind}"));
            assert_eq!(read(&query), Err(ErrorCode::UnsupportedResponseType), "{kind}");
        }
    }

    #[test]
    fn nobody_is_sent_to_an_address_that_was_not_registered() {
        let (mut client, _) = example();
        let of = |client: &Client, query: &str| {
            redirect_uri(&Parameters::read(query.as_bytes()).unwrap(), client).map_err(|error| error.code)
        };
        assert_eq!(of(&client, "").unwrap(), "https://app.example/cb");
        assert!(of(&client, "redirect_uri=https://evil.example/cb").is_err());
        client.redirect_uris.push("https://app.example/other".to_owned());
        assert!(of(&client, "").is_err(), "which one is meant is not known");
        assert!(of(&client, "redirect_uri=https://app.example/other").is_ok());
    }
}
