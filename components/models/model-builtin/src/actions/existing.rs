//! The task that is there already, when a new one is said.

use serde_json::json;

use super::Context;
use crate::calls::CallError;
use crate::tasks::{Page, Task, best_matches, content_words, head_words, is_exactly, is_like};
use crate::text::{is_task_verb, words};
use task_language::{Draft, list};

/// Verbs that change a task as often as they begin one: "make the dentist an hour later", "take milk off the list".
const CHANGING: &[&str] = list![
    move make set change clear take put share swap remove drop give update shift hold keep edit copy duplicate
    merge link attach assign pin sort file turn mark push bring switch
];

/// It was said as a change of something, and not understood.
pub fn is_change(draft: &Draft) -> bool {
    draft.is_implied && words(&draft.title).first().is_some_and(|word| word.is(CHANGING))
}

/// What a task that is only named, or changed in words that were not understood, would be called.
fn named(draft: &Draft) -> Option<Vec<String>> {
    const ENDS: &[&str] =
        list![to for on with under from off into in an as by at and a an later earlier out back until of];
    let title = words(&draft.title);
    let (first, rest) = title.split_first()?;
    if is_change(draft) {
        let the = usize::from(rest.first().is_some_and(|word| word.is(&["the", "my", "our", "a", "an"])));
        let rest = rest.get(the..)?;
        let end = rest.iter().position(|word| word.is(ENDS)).unwrap_or(rest.len());
        return Some(content_words(rest.get(..end)?));
    }
    // "we need the toner on monday"
    if first.is(&["the", "my"]) {
        return Some(content_words(&title));
    }
    // "do the slides on thursday"
    if first.is(&["do", "have"]) && rest.first().is_some_and(|word| word.is(&["the", "my", "our"])) {
        return Some(content_words(rest));
    }
    ((draft.is_implied || draft.remind) && !is_task_verb(&first.key)).then(|| content_words(&title))
}

/// The open task that is called just so, or that the words name; and whether it is called just so.
pub fn existing(draft: &Draft, context: &mut Context<'_, '_>) -> Result<Option<(Task, bool)>, CallError> {
    let title = content_words(&words(&draft.title));
    let named = named(draft).filter(|words| !words.is_empty());
    let wanted = named.clone().unwrap_or_else(|| title.clone());
    let query: String = wanted.join(" ").chars().take(200).collect();
    if query.is_empty() || !context.calls.allows("search_tasks") || !context.calls.allows("add_task") {
        return Ok(None);
    }
    match context.call("same", "search_tasks", &json!({"query": query})) {
        Ok(answer) => {
            let mut open = Page::read(&answer).items;
            open.retain(|task| !task.is_done());
            let same = open.iter().find(|task| is_exactly(&title, task)).cloned();
            // Of a name that is only said, at most one word is missing: "dentist" is the dentist appointment.
            let is_near = |task: &Task| {
                let head = head_words(&task.title);
                let in_head = wanted.iter().all(|word| head.iter().any(|other| is_like(word, other)));
                is_change(draft)
                    || content_words(&words(&task.title)).len() <= wanted.len() + 1
                    || (in_head && head.len() <= wanted.len() + 1)
            };
            let meant =
                || named.and_then(|words| best_matches(&words, &open).exact.into_iter().find(is_near));
            Ok(same.map(|task| (task, true)).or_else(|| meant().map(|task| (task, false))))
        }
        Err(CallError::Pending) => Err(CallError::Pending),
        // Not to know is no reason not to add.
        Err(_) => Ok(None),
    }
}
