//! `threads.add_structured_input`: the answer to a question, by its form.

use chatkit_protocol::{
    ItemContent, StructuredInputStatus, StructuredInputSubmission, SubmissionStatus,
    ThreadAddStructuredInputParams, ThreadStreamEvent,
};
use endpoint::{Kind, Problem, Response};
use yes_or_no::Reply;

use super::items::find;
use super::read::{self, invalid};
use super::render::{self, NO, QUESTION, SKIPPED, YES};
use super::respond::{Turn, Words};
use super::stream;
use crate::history::{self, Opening, Sent, Taken, TurnKey};
use crate::session::Session;
use crate::thread_items::Content;

/// Answers the question of an item and goes on with the thread.
///
/// # Errors
/// 404 where there is no such item, 409 where it asks nothing or not any more, 400 where the answer is none of its values.
pub async fn add(session: Session<'_>, params: ThreadAddStructuredInputParams) -> Result<Response, Problem> {
    let thread = read::thread_id(&params.thread_id)?;
    let item_id = read::item_id(&params.item_id)?;
    let answer = Answer::read(&params.input)?;
    let turn = Turn::prepare(session).await?;
    let database = turn.session.database().await?;
    let item = find(&database, thread, item_id).await?;
    let Some(Content::Question { prompt }) = item.content else {
        return Err(Problem::new(Kind::WrongItemKind));
    };
    if !item.is_open {
        return Err(Problem::new(Kind::NothingToConfirm));
    }
    let key = TurnKey::new(Some(thread));
    let opening = Opening {
        text: answer.text,
        reply: answer.reply,
        must_answer: true,
        sent: Sent { is_hidden: true, answers: item.message_id, ..Sent::default() },
        ..turn.opening(key, false)
    };
    let Taken::New { opened, .. } = history::take_turn(&database, &opening).await? else {
        return Err(Problem::new(Kind::NothingToConfirm));
    };
    drop(database);
    let content = ItemContent::StructuredInput(render::asked(prompt, answer.status, answer.value));
    let item = render::item(item_id, thread, item.created_at.unwrap_or_default(), content);
    let first = vec![stream::options(), ThreadStreamEvent::ItemReplaced { item }];
    let words = Words { text: answer.text.to_owned(), quoted: None, files: Vec::new() };
    Ok(turn.stream(key, opened, words, first, false))
}

/// What a submission says.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    status: StructuredInputStatus,
    value: Option<&'static str>,
    text: &'static str,
    reply: Reply,
}

impl Answer {
    /// Reads a submission. A question that is passed over is not agreed to; answers to other questions are passed over.
    fn read(submission: &StructuredInputSubmission) -> Result<Self, Problem> {
        let answer = submission.answers.get(QUESTION);
        let values = answer.filter(|answer| !answer.skipped).map(|answer| answer.values.as_slice());
        let value = match submission.status {
            SubmissionStatus::Settled => values.and_then(<[String]>::first),
            SubmissionStatus::Skipped => None,
        };
        match value.map(String::as_str) {
            Some(YES) => Ok(Self {
                status: StructuredInputStatus::Settled,
                value: Some(YES),
                text: YES,
                reply: Reply::Yes,
            }),
            Some(NO) => Ok(Self {
                status: StructuredInputStatus::Settled,
                value: Some(NO),
                text: NO,
                reply: Reply::No,
            }),
            Some(_) => {
                let pointer = format!("/params/input/answers/{QUESTION}/values/0");
                Err(invalid(&pointer, format!("It has to be {YES} or {NO}.")))
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

    fn read(submission: Value) -> Result<(Option<&'static str>, Reply), u16> {
        Answer::read(&serde_json::from_value(submission).unwrap())
            .map(|answer| (answer.value, answer.reply))
            .map_err(|problem| problem.status().as_u16())
    }

    #[test]
    fn only_a_yes_is_a_yes() {
        let answers = |answer: Value| json!({"answers": {QUESTION: answer}});
        for (submission, answer) in [
            (answers(json!({"values": ["Yes"]})), Ok((Some(YES), Reply::Yes))),
            (answers(json!({"values": ["Yes", "No"]})), Ok((Some(YES), Reply::Yes))),
            (answers(json!({"values": ["No"]})), Ok((Some(NO), Reply::No))),
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
