//! A person's message, as it is sent and as it is kept.

use chatkit_protocol::{Attachment, FileAttachment, UserContent, UserMessage, UserMessageInput};
use endpoint::{Problem, Violation};
use serde_json::Value;
use uuid::Uuid;

use super::attachments::SentFile;
use super::read::{has_nul, invalid};
use crate::turn::Limits;

/// The most files of a message.
const MAX_ATTACHMENTS: usize = 4;
/// The most parts of a message.
const MAX_PARTS: usize = 100;

/// A message that keeps to the rules.
#[derive(Debug)]
pub struct Message {
    /// The person's words: its parts in one piece.
    pub text: String,
    /// What is attached.
    pub attachments: Vec<Uuid>,
    input: UserMessageInput,
}

impl Message {
    /// Checks a message.
    ///
    /// # Errors
    /// 400 when it is empty, too long or names an attachment that is no id.
    pub fn read(input: UserMessageInput, limits: &Limits) -> Result<Self, Problem> {
        let content = "/params/input/content";
        let words = input.content.iter().map(|part| match part {
            UserContent::Text { text } | UserContent::Tag { text, .. } => text.as_str(),
        });
        let text = words.collect::<Vec<_>>().concat().trim().to_owned();
        let most = usize::try_from(limits.message_characters).unwrap_or(usize::MAX);
        let quoted = input.quoted_text.as_deref().unwrap_or_default();
        if text.is_empty() && input.attachments.is_empty() {
            return Err(invalid(content, "This takes more than white space."));
        }
        if input.content.len() > MAX_PARTS {
            return Err(invalid(content, format!("This may have at most {MAX_PARTS} parts.")));
        }
        if text.chars().nth(most).is_some() {
            return Err(invalid(content, format!("This may have at most {most} characters.")));
        }
        if quoted.chars().nth(most).is_some() {
            let detail = format!("This may have at most {most} characters.");
            return Err(invalid("/params/input/quoted_text", detail));
        }
        if serde_json::to_value(&input).is_ok_and(|value| has_nul(&value)) {
            return Err(invalid("/params/input", "This may not have the character U+0000."));
        }
        let attachments = attachments(&input.attachments)?;
        Ok(Self { text, attachments, input })
    }

    /// The message as it is kept and shown, with what is attached.
    pub fn item(self, files: &[SentFile], thread: Uuid) -> UserMessage {
        let file = |file: &SentFile| {
            Attachment::File(FileAttachment {
                id: file.id.to_string(),
                name: file.name.clone(),
                mime_type: file.mime_type.clone(),
                upload_descriptor: None,
                thread_id: Some(thread.to_string()),
            })
        };
        UserMessage {
            content: self.input.content,
            attachments: files.iter().map(file).collect(),
            inference_options: self.input.inference_options,
            quoted_text: self.input.quoted_text,
        }
    }
}

/// A message as it is kept.
pub fn stored(message: &UserMessage) -> Value {
    // Structs of strings and JSON values have no way to fail.
    serde_json::to_value(message).unwrap_or_default()
}

fn attachments(ids: &[String]) -> Result<Vec<Uuid>, Problem> {
    let pointer = "/params/input/attachments";
    if ids.len() > MAX_ATTACHMENTS {
        return Err(invalid(pointer, format!("A message may have at most {MAX_ATTACHMENTS} files.")));
    }
    let mut known: Vec<Uuid> = Vec::new();
    for (place, id) in ids.iter().enumerate() {
        match Uuid::try_parse(id) {
            Ok(id) if !known.contains(&id) => known.push(id),
            Ok(_) => return Err(invalid(&format!("{pointer}/{place}"), "It is there more than once.")),
            // What is no id names no file.
            Err(_) => {
                let kind = endpoint::Kind::AttachmentNotFound;
                let violation = Violation::new(format!("{pointer}/{place}"), "There is no such attachment.");
                return Err(Problem::with_errors(kind, vec![violation]));
            }
        }
    }
    Ok(known)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(input: Value) -> Result<Message, u16> {
        let limits = Limits { message_characters: 10, ..Limits::default() };
        Message::read(serde_json::from_value(input).unwrap(), &limits)
            .map_err(|problem| problem.status().as_u16())
    }

    fn said(parts: Value) -> Value {
        json!({"content": parts, "attachments": [], "inference_options": {}})
    }

    #[test]
    fn a_message_is_its_parts_in_one_piece() {
        let parts = json!([
            {"type": "input_text", "text": " done: "},
            {"type": "input_tag", "id": "7", "text": "milk", "data": {}},
        ]);
        assert_eq!(read(said(parts)).unwrap().text, "done: milk");
    }

    #[test]
    fn what_breaks_a_rule_is_refused() {
        let text = |text: &str| said(json!([{"type": "input_text", "text": text}]));
        let with =
            |attachments: Value| json!({"content": [], "attachments": attachments, "inference_options": {}});
        let id = Uuid::nil().to_string();
        for (input, status) in [
            (said(json!([])), 400),
            (text(" \n"), 400),
            (text("12345678901"), 400),
            (text("a\u{0}b"), 400),
            (with(json!(["x"])), 404),
            (with(json!([id, id])), 400),
            (with(json!([id, "a", "b", "c", "d"])), 400),
        ] {
            assert_eq!(read(input.clone()).unwrap_err(), status, "{input}");
        }
        assert_eq!(read(with(json!([id]))).unwrap().attachments.len(), 1);
    }
}
