//! Calls that a run makes to its app by the clock.

use crate::serve::App;
use bytes::Bytes;
use http::{Request, header};
use http_body_util::{BodyExt, Empty};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval_at};
use wasmtime_wasi_http::WasiBody;

/// The name that the app is called by. A call goes nowhere but to the app itself.
const AUTHORITY: &str = "localhost";

/// A `POST` without a body that is made again and again, the next one no sooner than the one before is answered.
#[derive(Clone, PartialEq, Eq)]
pub struct ScheduledCall {
    /// What is called.
    pub path: String,
    /// How long after a call the next one is due.
    pub interval: Duration,
    /// A bearer token to call with (RFC 6750).
    pub bearer: Option<String>,
}

impl std::fmt::Debug for ScheduledCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the token.
        f.debug_struct("ScheduledCall")
            .field("path", &self.path)
            .field("interval", &self.interval)
            .finish_non_exhaustive()
    }
}

/// Makes the calls, each by itself, until the set is dropped; none begins once `stopping` is set.
pub fn start(app: &Arc<App>, calls: Vec<ScheduledCall>, stopping: &Arc<AtomicBool>) -> JoinSet<()> {
    let mut running = JoinSet::new();
    for call in calls {
        let (app, stopping) = (Arc::clone(app), Arc::clone(stopping));
        running.spawn(async move {
            let mut ticks = interval_at(tokio::time::Instant::now() + call.interval, call.interval);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                ticks.tick().await;
                if stopping.load(Relaxed) {
                    break;
                }
                make(&app, &call).await;
            }
        });
    }
    running
}

async fn make(app: &App, call: &ScheduledCall) {
    let path = call.path.as_str();
    let Some(request) = request(call) else {
        tracing::error!(path, "a scheduled call can't be made: its path or its token is none");
        return;
    };
    let (parts, body) = app.route_own(request).await.into_parts();
    // Whatever it answers, it is over when all of it is there.
    if let Err(error) = body.collect().await {
        tracing::warn!(path, %error, "a scheduled call broke off");
    }
    if !parts.status.is_success() {
        tracing::warn!(path, status = parts.status.as_u16(), "a scheduled call failed");
    }
}

/// The call as a request; `None` where the path or the token can't be in one.
fn request(call: &ScheduledCall) -> Option<Request<WasiBody>> {
    let mut request =
        Request::post(format!("http://{AUTHORITY}{}", call.path)).header(header::HOST, AUTHORITY);
    if let Some(bearer) = &call.bearer {
        request = request.header(header::AUTHORIZATION, format!("Bearer {bearer}"));
    }
    request.body(Empty::<Bytes>::new().map_err(|never| match never {}).boxed_unsync()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_a_post_with_its_token_which_no_log_tells() {
        let call = ScheduledCall {
            path: "/tick".to_owned(),
            interval: Duration::from_secs(5),
            bearer: Some("s3cret".to_owned()),
        };
        let made = request(&call).unwrap();
        assert_eq!(
            (made.method().as_str(), made.uri().to_string()),
            ("POST", "http://localhost/tick".to_owned())
        );
        assert_eq!(made.headers()[header::AUTHORIZATION], "Bearer s3cret");
        assert!(!format!("{call:?}").contains("s3cret"));
        assert!(request(&ScheduledCall { bearer: Some("a\nb".to_owned()), ..call }).is_none());
    }
}
