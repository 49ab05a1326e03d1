//! `threads.add_structured_input`: the answer to a question, by its form.

use chatkit_protocol::{
    ItemContent, StructuredInputStatus, StructuredInputSubmission, SubmissionStatus,
    ThreadAddStructuredInputParams, ThreadStreamEvent,
};
use endpoint::{Kind, Problem, Response};
use task_model::hash::InputHash;
use uuid::Uuid;
use yes_or_no::Reply;

use super::items::find;
use super::read::{self, invalid};
use super::render::{self, DESTRUCTIVE_QUESTION, QUESTION, SKIPPED};
use super::respond::{Turn, Words};
use super::stream;
use crate::history::{self, Opening, Sent, Taken, TurnKey};
use crate::session::Session;
use crate::thread_items::{Content, NO, Question, YES};

/// Answers the question of an item and goes on with the thread. With an `Idempotency-Key` the answer is safe to send again.
///
/// # Errors
/// 404 where there is no such item, 409 where it asks nothing or not any more, 400 where the answer is none of its values.
pub async fn add(session: Session<'_>, params: ThreadAddStructuredInputParams) -> Result<Response, Problem> {
    let thread = read::thread_id(&params.thread_id)?;
    let item_id = read::item_id(&params.item_id)?;
    let turn = Turn::prepare(session).await?;
    let message_key = turn.session.message_key(|| fingerprint(thread, item_id, &params.input));
    let database = turn.session.database().await?;
    let item = find(&database, thread, item_id).await?;
    let Some(Content::Question(question)) = item.content else {
        return Err(Problem::new(Kind::WrongItemKind));
    };
    let answer = Answer::read(&params.input, &question)?;
    // Closed by this very answer, it may be told again.
    if !item.is_open && message_key.is_none() {
        return Err(Problem::new(Kind::NothingToConfirm));
    }
    let key = TurnKey::new(Some(thread));
    let opening = Opening {
        text: answer.text,
        reply: answer.reply,
        must_answer: true,
        sent: Sent { is_hidden: true, answers: item.message_id, ..Sent::default() },
        message_key: message_key.as_ref(),
        ..turn.opening(key, false)
    };
    let taken = history::take_turn(&database, &opening).await.map_err(read::as_invalid_request)?;
    drop(database);
    let content =
        ItemContent::StructuredInput(render::asked(&question, answer.status, answer.value.as_deref()));
    let item = render::item(item_id, thread, item.created_at.unwrap_or_default(), content);
    let first = vec![stream::options(), ThreadStreamEvent::ItemReplaced { item }];
    match taken {
        Taken::New { key, opened, .. } => {
            let words = Words { text: answer.text.to_owned(), quoted: None, files: Vec::new() };
            Ok(turn.stream(key, opened, words, first, message_key.is_some()))
        }
        Taken::Before(earlier) => Ok(turn.tell_again(earlier.key, earlier.message_at, first)),
    }
}

/// The hash of what is sent: the same for the same answer, sent again.
fn fingerprint(thread: Uuid, item: Uuid, input: &StructuredInputSubmission) -> [u8; 32] {
    // Structs of strings and JSON values have no way to fail.
    let input = serde_json::to_vec(input).unwrap_or_default();
    InputHash::new().part("chatkit-answer").part(thread.as_bytes()).part(item.as_bytes()).part(input).finish()
}

/// What a submission says.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    status: StructuredInputStatus,
    value: Option<String>,
    text: &'static str,
    reply: Reply,
}

impl Answer {
    /// Reads a submission. A question that is passed over is not agreed to; answers to other questions are passed over. A plain yes
    /// and a plain no answer every question, and so do both of the names that a question can have.
    fn read(submission: &StructuredInputSubmission, question: &Question) -> Result<Self, Problem> {
        let named = [QUESTION, DESTRUCTIVE_QUESTION].into_iter();
        let found = named.filter_map(|name| Some((name, submission.answers.get(name)?))).next();
        let values = found.filter(|(_, answer)| !answer.skipped).map(|(_, answer)| answer.values.as_slice());
        let value = match submission.status {
            SubmissionStatus::Settled => values.and_then(<[String]>::first),
            SubmissionStatus::Skipped => None,
        };
        let settled = |value: &str, text, reply| Self {
            status: StructuredInputStatus::Settled,
            value: Some(value.to_owned()),
            text,
            reply,
        };
        match value.map(String::as_str) {
            Some(value) if value == YES || value == question.yes => {
                Ok(settled(&question.yes, YES, Reply::Yes))
            }
            Some(value) if value == NO || value == question.no => Ok(settled(&question.no, NO, Reply::No)),
            Some(_) => {
                let name = found.map_or(QUESTION, |(name, _)| name);
                let pointer = format!("/params/input/answers/{name}/values/0");
                let detail = format!("It has to be “{}” or “{}”.", question.yes, question.no);
                Err(invalid(&pointer, detail))
            }
            None => Ok(Self {
                status: StructuredInputStatus::Skipped,
                value: None,
                text: SKIPPED,
                reply: Reply::No,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const KEEP: &str = "Keep it";
    const DELETE: &str = "Delete";

    fn read(submission: Value) -> Result<(Option<String>, Reply), u16> {
        let question =
            Question { prompt: String::new(), yes: DELETE.into(), no: KEEP.into(), destructive: true };
        Answer::read(&serde_json::from_value(submission).unwrap(), &question)
            .map(|answer| (answer.value, answer.reply))
            .map_err(|problem| problem.status().as_u16())
    }

    #[test]
    fn only_a_yes_is_a_yes() {
        let answers = |answer: Value| json!({"answers": {QUESTION: answer}});
        for (submission, answer) in [
            (answers(json!({"values": ["Yes"]})), Ok((Some(DELETE.to_owned()), Reply::Yes))),
            (answers(json!({"values": [DELETE]})), Ok((Some(DELETE.to_owned()), Reply::Yes))),
            (
                json!({"answers": {DESTRUCTIVE_QUESTION: {"values": [DELETE]}}}),
                Ok((Some(DELETE.to_owned()), Reply::Yes)),
            ),
            (json!({"answers": {DESTRUCTIVE_QUESTION: {"values": ["Maybe"]}}}), Err(400)),
            (answers(json!({"values": [KEEP]})), Ok((Some(KEEP.to_owned()), Reply::No))),
            (answers(json!({"values": ["Yes", "No"]})), Ok((Some(DELETE.to_owned()), Reply::Yes))),
            (answers(json!({"values": ["No"]})), Ok((Some(KEEP.to_owned()), Reply::No))),
            (answers(json!({"values": []})), Ok((None, Reply::No))),
            (answers(json!({"values": ["Yes"], "skipped": true})), Ok((None, Reply::No))),
            (json!({"status": "skipped", "answers": {QUESTION: {"values": ["Yes"]}}}), Ok((None, Reply::No))),
            (json!({"answers": {"other": {"values": ["Yes"]}}}), Ok((None, Reply::No))),
            (json!({}), Ok((None, Reply::No))),
            (answers(json!({"values": ["yes"]})), Err(400)),
        ] {
            assert_eq!(read(submission.clone()), answer, "{submission}");
        }
    }
}
