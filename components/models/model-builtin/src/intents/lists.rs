//! Lists in one message: items with bullets or numbers, under words that say what they are or when they are due, and
//! `shopping: milk, eggs`.

use task_language::list;
use task_language::{Clock, Draft, When, find, list_name, whole};

use super::target::targets;
use super::{Intent, TaskAction, add, explicit};
use crate::text::{Word, join, without_politeness};

/// What a list of things to get or to do is called.
const NAMES: &[&str] =
    &["shopping", "groceries", "grocery", "packing", "errands", "chores", "supermarket", "pharmacy", "list"];

/// Words above a list that say only that a list follows.
const HEADS: &[&str] = list![
    add the following these this tasks task todos todo to do list items things my please pls create new i need have
    for a an all of and here is are must should want also remind me reminders buy get
];

/// A list of more items is not read.
const MAX_ITEMS: usize = 60;

/// Reads a message that is a list.
pub fn read(words: &[Word], clock: &Clock) -> Option<Vec<Intent>> {
    items(words, clock).or_else(|| after_colon(words, clock))
}

fn items(words: &[Word], clock: &Clock) -> Option<Vec<Intent>> {
    let first = words.iter().position(|word| word.item)?;
    let (head, rest) = words.split_at_checked(first)?;
    let mut groups: Vec<&[Word]> = Vec::new();
    let mut start = 0;
    for at in (1..=rest.len()).filter(|at| rest.get(*at).is_none_or(|word| word.item)) {
        groups.push(rest.get(start..at)?);
        start = at;
    }
    if groups.len() > MAX_ITEMS {
        return Some(vec![Intent::Cannot(
            "That's a long list: I add up to 30 tasks at once. Please send it in pieces.",
        )]);
    }
    let head = without_politeness(head);
    if let Some(action) = action_of(head) {
        let targets = groups.into_iter().flat_map(targets).collect();
        return Some(vec![Intent::ApplyToTargets { action, targets }]);
    }
    let requests = groups.iter().any(|group| !matches!(explicit(group, clock), None | Some(Intent::Add(_))));
    if groups.len() + head.len() < 2 || (requests && head.is_empty()) {
        return None;
    }
    let mut head = head;
    let mut drafts = Vec::new();
    for group in groups {
        let (item, next) = heading_after(group, clock);
        let read = match explicit(item, clock) {
            Some(Intent::Add(drafts)) if head.is_empty() => drafts,
            _ => Draft::read(item, clock).into_iter().collect(),
        };
        if !read.is_empty() {
            drafts.extend(under(head, read, clock)?);
        }
        head = next.unwrap_or(head);
    }
    (!drafts.is_empty()).then_some(vec![Intent::Add(drafts)])
}

/// An item, and the line after it that says when the next ones are due.
fn heading_after<'a>(group: &'a [Word], clock: &Clock) -> (&'a [Word], Option<&'a [Word]>) {
    let line = group.iter().position(|word| word.trail.contains('\n')).map_or(group.len(), |at| at + 1);
    match group.split_at_checked(line) {
        Some((item, rest)) if !rest.is_empty() && whole(rest, clock).is_some() => (item, Some(rest)),
        _ => (group, None),
    }
}

/// "done:" above a list of tasks.
fn action_of(head: &[Word]) -> Option<TaskAction> {
    let [only] = head else { return None };
    if only.is(&["done", "finished", "completed", "complete", "finish"]) {
        return Some(TaskAction::Complete);
    }
    only.is(&["delete", "remove"]).then_some(TaskAction::Delete)
}

/// "shopping: milk, eggs", "for tomorrow: buy nails, call Tom"
fn after_colon(words: &[Word], clock: &Clock) -> Option<Vec<Intent>> {
    let colon = words.iter().take(6).position(Word::has_colon)?;
    let (head, rest) = words.split_at_checked(colon + 1)?;
    let named = head.len() <= 3 && head.iter().any(|word| word.is(NAMES));
    if rest.is_empty()
        || !(named || whole(head, clock).is_some())
        || rest.iter().any(|word| word.is(&["note", "notes"]) && word.has_colon())
    {
        return None;
    }
    let drafts = if named { add::on_list(rest, clock) } else { add::drafts(rest, clock, true) };
    Some(vec![Intent::Add(under(head, drafts?, clock)?)])
}

/// What stands above a list is meant for each of its items: a day, or the name of a list.
fn under(head: &[Word], mut drafts: Vec<Draft>, clock: &Clock) -> Option<Vec<Draft>> {
    let phrase = find(head, clock).into_iter().find(|phrase| phrase.when.has_day() && !phrase.when.is_weak);
    let left: Vec<Word> = head
        .iter()
        .enumerate()
        .filter(|(at, _)| !phrase.as_ref().is_some_and(|phrase| (phrase.start..phrase.end).contains(at)))
        .map(|(_, word)| word.clone())
        .collect();
    let name: Vec<Word> = left.iter().filter(|word| !word.is(HEADS)).cloned().collect();
    let named = left.iter().any(|word| word.is(NAMES));
    if !name.is_empty() && !named && name.len() > 3 {
        return None;
    }
    let when: Option<When> = phrase.map(|phrase| phrase.when);
    let name: Vec<Word> = name.into_iter().filter(|word| !word.is(&["list"])).collect();
    let list = if name.is_empty() { None } else { list_name(&join(&name)) };
    for draft in &mut drafts {
        draft.when = match (draft.when.take(), &when) {
            (Some(own), Some(day)) => day.and(&own).or(Some(own)),
            (own, day) => own.or_else(|| day.clone()),
        };
        draft.list = draft.list.take().or_else(|| list.clone());
    }
    (!drafts.is_empty()).then_some(drafts)
}
