//! Keeps the server running as long as the app does.

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{Instant, interval, sleep};

use super::child::Child;
use super::server::Server;

/// Between two looks at the size of the log.
const LOG_INTERVAL: Duration = Duration::from_secs(60);
/// Before the second try to start again, and twice as long each time.
const MIN_BACKOFF: Duration = Duration::from_millis(100);
/// The longest between two tries.
const MAX_BACKOFF: Duration = Duration::from_secs(10);
/// A server that ran this long has not failed at once.
const STEADY_INTERVAL: Duration = Duration::from_secs(10);

/// Starts the server again whenever it ends, until `stop` says so or is dropped; then stops it.
pub(super) async fn supervise(server: Server, mut child: Child, mut stop: oneshot::Receiver<()>) {
    let mut looks = interval(LOG_INTERVAL);
    let mut pause = Duration::ZERO;
    loop {
        let since = Instant::now();
        let ended = loop {
            tokio::select! {
                ended = child.ended() => break ended,
                _ = looks.tick() => server.folder.log().trim(),
                _stopped = &mut stop => return child.stop().await,
            }
        };
        let how = ended.map_or_else(|error| error.to_string(), |status| status.to_string());
        tracing::error!(
            "PostgreSQL ended ({how}) and is started again; {}",
            server.folder.log().path().display()
        );
        // What it passed signals on with goes with it: a server that has outlived it is interrupted.
        drop(child);
        if since.elapsed() > STEADY_INTERVAL {
            pause = Duration::ZERO;
        }
        child = loop {
            let again = async {
                sleep(pause).await;
                server.start().await
            };
            let started = tokio::select! {
                started = again => started,
                _stopped = &mut stop => return,
            };
            pause = (pause * 2).clamp(MIN_BACKOFF, MAX_BACKOFF);
            match started {
                Ok(child) => break child,
                Err(error) => tracing::error!("{error}"),
            }
        };
    }
}
