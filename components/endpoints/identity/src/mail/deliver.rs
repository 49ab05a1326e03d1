//! Sending letters, and keeping those of a local run.

use std::time::Duration;

use spawned_tasks::with_spawned;
use spin_sdk::time::sleep;
use user_database::Database;

use super::Letter;
use crate::store;

#[allow(
    unsafe_code,
    missing_docs,
    clippy::all,
    reason = "generated from WIT, where every item is documented"
)]
mod bindings {
    wit_bindgen::generate!({
        path: "../../../wit/mail",
        inline: "
            package todo:identity-endpoint;
            world mail {
                import todo:mail/sender@1.0.0;
            }
        ",
        world: "todo:identity-endpoint/mail",
        generate_all,
    });
}

use bindings::todo::mail::sender::{self, Message, SendError};

/// How often a letter is tried.
const MAX_ATTEMPTS: u32 = 3;
/// Before the second attempt; twice as long before the third.
const RETRY_INTERVAL: Duration = Duration::from_secs(2);

/// Hands a letter to the service. Nobody waits for it any more, so the log is told when it did not go out, without what it says and whom
/// it is for.
pub async fn send(request_id: &str, letter: Letter) {
    let mut pause = RETRY_INTERVAL;
    for attempt in 1..=MAX_ATTEMPTS {
        let message = Message {
            recipient: letter.recipient.clone(),
            subject: letter.subject.clone(),
            text: letter.text.clone(),
        };
        let reason = match with_spawned(sender::send(message)).await {
            Ok(()) => return,
            Err(SendError::Refused(reason)) => return log_unsent(request_id, &reason),
            Err(SendError::Unavailable(reason)) => reason,
        };
        if attempt == MAX_ATTEMPTS {
            return log_unsent(request_id, &reason);
        }
        sleep(pause).await;
        pause *= 2;
    }
}

fn log_unsent(request_id: &str, reason: &str) {
    log::error!(request_id = request_id; "A mail was not sent. {reason}");
}

/// Shows a letter in the log, and keeps it for the page that is named there.
pub async fn keep(request_id: &str, page: &str, letter: &Letter) {
    log::info!(
        request_id = request_id, recipient = letter.recipient.as_str(), subject = letter.subject.as_str(), text = letter.text.as_str();
        "Mail is not sent in a local run. All of it: {page}"
    );
    if let Ok(database) = Database::open(request_id).await {
        // A failure is in the log.
        let _ = store::insert_local_mail(&database, letter).await;
    }
}
