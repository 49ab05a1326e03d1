//! How much of a conversation a model gets.

use super::{Kind, Role, TranscriptMessage};

/// Keeps the newest exchanges that fit into this many characters and this many exchanges. An exchange is a person's
/// message with everything up to the next one, so a call is never parted from its result, nor a question from its answer.
pub fn prune(
    mut history: Vec<TranscriptMessage>,
    most_characters: usize,
    most_exchanges: usize,
) -> Vec<TranscriptMessage> {
    let mut from = history.len();
    let mut characters = 0;
    let mut exchanges = 0;
    for (place, said) in history.iter().enumerate().rev() {
        characters += size(said);
        if characters > most_characters || exchanges == most_exchanges {
            break;
        }
        // Only whole exchanges: what comes before the first one was cut off elsewhere.
        if said.role == Role::User && said.kind == Kind::Message {
            from = place;
            exchanges += 1;
        }
    }
    history.split_off(from)
}

/// Characters, near enough: what a model reads of it.
fn size(said: &TranscriptMessage) -> usize {
    let steps = said.steps.iter().map(|step| {
        let calls = step.calls.iter().map(|call| {
            let arguments: usize =
                call.arguments.iter().map(|(name, value)| name.len() + value.to_string().len()).sum();
            let outcome = call.outcome.as_ref().map_or(0, |outcome| outcome.text().len());
            call.name.len() + arguments + outcome
        });
        step.text.len() + calls.sum::<usize>()
    });
    // An answer's words are in its steps.
    steps.sum::<usize>() + if said.role == Role::User { said.text.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::*;
    use crate::transcript::{Call, Outcome, Step};

    fn user(text: &str) -> TranscriptMessage {
        TranscriptMessage::by_user(Kind::Message, text)
    }

    fn answer(size: usize) -> TranscriptMessage {
        let content = json!("x".repeat(size));
        let outcome = Some(Outcome { failed: false, content });
        let call =
            Call { id: "1".into(), name: String::new(), arguments: Map::new(), outcome, wording: None };
        TranscriptMessage::by_assistant(vec![Step { text: String::new(), calls: vec![call] }])
    }

    fn kept(history: Vec<TranscriptMessage>, characters: usize, exchanges: usize) -> Vec<String> {
        prune(history, characters, exchanges).into_iter().map(|said| said.text).collect()
    }

    #[test]
    fn whole_exchanges_are_kept_from_the_newest_on() {
        let history = vec![user("one"), answer(10), user("two"), answer(10), user("three"), answer(10)];
        assert_eq!(kept(history.clone(), 1000, 10).len(), 6);
        assert_eq!(kept(history.clone(), 28, 10), ["two", "", "three", ""]);
        assert_eq!(kept(history.clone(), 27, 10), ["three", ""]);
        assert_eq!(kept(history.clone(), 1000, 2), ["two", "", "three", ""]);
        assert_eq!(kept(history, 5, 10), Vec::<String>::new());
    }

    #[test]
    fn a_question_stays_with_its_answer() {
        let history = vec![
            user("old"),
            answer(1),
            user("delete"),
            answer(1),
            TranscriptMessage::by_user(Kind::Confirmed, "yes"),
            answer(1),
        ];
        assert_eq!(kept(history.clone(), 12, 10), ["delete", "", "yes", ""]);
        assert_eq!(kept(history, 9, 10), Vec::<String>::new());
    }

    #[test]
    fn what_was_cut_off_before_its_request_is_left_out() {
        assert_eq!(kept(vec![answer(1), user("b"), answer(1)], 1000, 10), ["b", ""]);
    }
}
