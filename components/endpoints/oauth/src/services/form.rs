//! What a person says of a service that they make.

use task_model::scope as task_scope;
use uuid::Uuid;

use crate::client::{self, Client, Description, Service};
use crate::error::{ErrorCode, OAuthError};
use crate::parameters::Parameters;
use crate::random;
use crate::scope::CHAT;
use crate::token::CLIENT_CREDENTIALS;

/// What a service may be allowed to do.
pub const SCOPES: [&str; 4] = [task_scope::READ, task_scope::WRITE, task_scope::DELETE, CHAT];

/// The service that a form describes, with its secret if it gets one.
///
/// # Errors
/// `invalid_request` that says what is missing.
pub fn read(form: &Parameters, owner_id: Uuid) -> Result<(Client, Option<String>), OAuthError> {
    let invalid = |sentence: &'static str| OAuthError::new(ErrorCode::InvalidRequest, sentence);
    let name = form.get("name").ok_or_else(|| invalid("Give the service a name."))?;
    let name = client::tidy_name(Some(name))
        .map_err(|_| invalid("The name has to be 1 to 100 visible characters in one line."))?;
    let scope: Vec<&str> = SCOPES.into_iter().filter(|scope| form.get(scope).is_some()).collect();
    if scope.is_empty() {
        return Err(invalid("Say what the service may do: at least one thing."));
    }
    let keys = match form.get("key") {
        None => vec![],
        Some(text) => {
            let keys = serde_json::from_str(text).ok().and_then(|value| client::read_jwks(&value));
            keys.ok_or_else(|| {
                invalid(
                    "The key has to be a public JSON Web Key of Ed25519 or P-256, or a set of up to five.",
                )
            })?
        }
    };
    let secret = if keys.is_empty() { Some(random::text()?) } else { None };
    let client = Client {
        id: Uuid::new_v4().to_string(),
        name,
        redirect_uris: vec![],
        grant_types: vec![CLIENT_CREDENTIALS.to_owned()],
        auth_method: if secret.is_some() { "client_secret_basic" } else { "private_key_jwt" }.to_owned(),
        secret_hash: secret.as_deref().map(random::hash),
        post_logout_redirect_uris: vec![],
        keys,
        service: Some(Service { owner_id, scope: scope.join(" ") }),
        description: Description::Registered,
    };
    Ok((client, secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(Client, Option<String>), OAuthError> {
        super::read(&Parameters::read(text.as_bytes()).unwrap(), Uuid::nil())
    }

    #[test]
    fn a_service_has_a_secret_or_a_key_and_the_scopes_that_were_chosen() {
        let (service, secret) = read("name=Nightly&tasks%3Aread=on&tasks%3Awrite=on").unwrap();
        assert_eq!(service.service.as_ref().unwrap().scope, "tasks:read tasks:write");
        assert_eq!(service.secret_hash, secret.as_deref().map(random::hash));
        assert_eq!(service.grant_types, ["client_credentials"]);
        let key = "%7B%22kty%22%3A%22OKP%22%2C%22crv%22%3A%22Ed25519%22%2C%22x%22%3A%22AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE%22%7D";
        let (service, secret) = read(&format!("name=Nightly&chat=on&key={key}")).unwrap();
        assert_eq!((service.keys.len(), secret, service.secret_hash), (1, None, None));
        for wrong in [
            "",
            "name=Nightly",
            "tasks%3Aread=on",
            "name=Nightly&openid=on",
            "name=a%0Ab&chat=on",
            "name=Nightly&chat=on&key=x",
            "name=Nightly&chat=on&key=%7B%7D",
        ] {
            assert_eq!(read(wrong).unwrap_err().code, ErrorCode::InvalidRequest, "{wrong}");
        }
    }
}
