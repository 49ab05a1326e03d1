//! Asking for the keys of another issuer: `issuer-keys` does it, which may reach the issuer and knows nothing else.

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::{Either, select};
use http::StatusCode;
use http_body_util::{BodyExt, Limited};
use serde_json::{Value, json};
use spawned_tasks::with_spawned;
use spin_sdk::http::FullBody;
use spin_sdk::time::sleep;

/// Inside the app.
const ADDRESS: &str = "http://issuer-keys.spin.internal/";
/// The longest wait: it gives up by itself after four questions of three seconds.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(13);
/// The largest answer, in bytes: as much as is stored.
const MAX_BYTES: usize = 64 * 1024;

/// What the issuer answered.
#[derive(Debug, PartialEq, Eq)]
pub struct Fetched {
    /// A JSON Web Key Set.
    pub keys: String,
    /// For how many seconds it counts.
    pub max_age_seconds: i32,
}

/// The keys; nothing where there are none to be had. Why is in the log.
pub async fn fetch() -> Option<Fetched> {
    match select(pin!(exchange()), pin!(sleep(ANSWER_TIMEOUT))).await {
        Either::Left((fetched, _)) => fetched,
        Either::Right(_) => None,
    }
}

async fn exchange() -> Option<Fetched> {
    let request = http::Request::get(ADDRESS).body(FullBody::new(Bytes::new())).ok()?;
    let response = with_spawned(spin_sdk::http::send(request)).await;
    let (parts, body) =
        response.map_err(|error| log::warn!("issuer-keys can't be reached: {error}")).ok()?.into_parts();
    if parts.status != StatusCode::OK {
        return None;
    }
    read(&Limited::new(body, MAX_BYTES).collect().await.ok()?.to_bytes())
}

fn read(answer: &[u8]) -> Option<Fetched> {
    let answer: Value = serde_json::from_slice(answer).ok()?;
    let keys = json!({ "keys": answer.get("keys")?.as_array()? }).to_string();
    let max_age_seconds = i32::try_from(answer.get("max_age")?.as_i64()?).ok()?;
    Some(Fetched { keys, max_age_seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_a_set_of_keys_and_how_long_it_counts() {
        let read = |answer: Value| read(answer.to_string().as_bytes());
        let good = read(json!({"keys": [{"kty": "OKP"}], "max_age": 600})).unwrap();
        assert_eq!(good, Fetched { keys: r#"{"keys":[{"kty":"OKP"}]}"#.to_owned(), max_age_seconds: 600 });
        for answer in [json!({}), json!({"keys": {}, "max_age": 1}), json!({"keys": []}), json!([])] {
            assert_eq!(read(answer.clone()), None, "{answer}");
        }
    }
}
