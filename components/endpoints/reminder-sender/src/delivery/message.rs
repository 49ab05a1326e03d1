//! What a webhook is sent.

use serde_json::json;
use task_model::instant;

use super::take::Taken;

/// The message's id: the same each time this reminder is sent for this instant, and another one when its task has moved on.
pub fn id(taken: &Taken) -> String {
    format!("rem_{}_{}", taken.id.simple(), taken.remind_at)
}

/// The message: a type, a timestamp and data, as Standard Webhooks advises.
pub fn text(taken: &Taken) -> String {
    let written = |microseconds| instant::text(instant::at(microseconds));
    json!({
        "type": "reminder.due",
        "timestamp": written(taken.remind_at),
        "data": {
            "reminder_id": taken.id.to_string(),
            "task_id": taken.task_id.to_string(),
            "title": taken.title,
            "due": taken.task_due_at.map(written),
        },
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_id_is_of_the_reminder_and_its_instant_and_has_no_full_stop() {
        let taken = |remind_at| Taken {
            id: Uuid::from_u128(7),
            task_id: Uuid::from_u128(8),
            title: "Call \"Anna\"".to_owned(),
            attempts: 1,
            outcome: "waiting".to_owned(),
            remind_at,
            task_due_at: None,
            url: None,
            key_id: None,
        };
        assert_eq!(id(&taken(5)), "rem_00000000000000000000000000000007_5");
        assert_ne!(id(&taken(5)), id(&taken(6)));
        let message: serde_json::Value = serde_json::from_str(&text(&taken(0))).unwrap();
        assert_eq!(message["data"]["title"], "Call \"Anna\"");
        assert_eq!(message["timestamp"], "1970-01-01T00:00:00Z");
    }
}
