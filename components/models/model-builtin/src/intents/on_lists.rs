//! Lists themselves: `add a list called Trips`, `what lists do I have`, and moving tasks from one to another.

use std::sync::LazyLock;

use super::ranges::range_at;
use super::target::targets;
use super::{Intent, ListChoice, Listing, Target, TaskAction, whole_list};
use crate::text::{Patterns, Word};
use task_language::{Clock, Draft, capitalised, find, join, list_name, whole};

/// What is to be done with a list.
#[derive(Debug, Clone, PartialEq)]
pub enum ListRequest {
    /// Tell which there are.
    Show,
    /// Make one of this name.
    Make(String),
    /// Make one whose name was not said.
    AskName,
    Rename(ListChoice, String),
    Delete(ListChoice),
}

/// A longer name of a list is none.
const MAX_NAME_WORDS: usize = 5;

static SHOW: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        (what|which|how many) lists (do i have|do we have|are there|have i|exist) {rest*}
        (show|list|see|tell|give) [me] [all] [of] [my|the] lists
        (what are|which are) [all] my|the lists
        [all] my lists
        ",
    )
});

static MAKE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        (create|make|add|start|open|set up|i need|i want) [me] [a|another|one more] [new] list [called|named|titled|for] {name}
        [a] new list [called|named|titled|for] {name}
        new list: {name}
        (create|make|add|start|open|set up) [a] new {name} list
        ",
    )
});

static BARE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "[create|make|add|start|open|set up|i need|i want] [me] [a|another|one more] new list\n(create|make|start|add) [me] a|another list",
    )
});

static RENAME: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        rename|retitle [the|my|our] list [called|named] {name} to|into|as {new}
        rename|retitle the|my|our {name} list to|into|as {new}
        (change|set) [the] name of the|my|our {name} list to {new}
        (change|set) [the] name of [the|my|our] list {name} to {new}
        ",
    )
});

static DELETE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        delete|remove|drop|trash|erase|scrap [the|my|our] list [called|named] {name}
        delete|remove|drop|trash|erase|scrap the|my|our {name} list
        (get rid of|do away with) the|my|our {name} list
        ",
    )
});

static MOVE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        move|transfer|shift|send {x} [over|back] to|onto|on|into|in the|my|our {list} list
        move|transfer|shift|send {x} [over|back] to|onto|into {list} list
        move|transfer|shift|send {x} [over|back] to|onto|into [the|my|our] list {list}
        move|transfer|shift|send|put|bring|take {x} [back] to|into|in [the|my|our] {inbox}
        put|add|stick|get {it} to|onto|on|into|in the|my|our {list} list
        ",
    )
});

static INSIDE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        (whats|what is|what do i have|what have i got) in [the|my|our] {list}
        (show|list|see|open|view) [me] [everything|all|all tasks|my tasks|the tasks|tasks|what is|whats] [that is|that are] in [the|my|our] {list}
        ",
    )
});

/// What may be in a list, where the last words are the name of one.
static GUESSED: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        add|put|stick|throw {new} to|on|onto|in|into [my|the|our] {list}
        move|transfer|shift|send|file|put {x} [over] to|into|in|onto|under [my|the|our] {list}
        take|remove|drop|delete|cross|strike {gone} off|from|out [of] [my|the|our] {list}
        (show|open|see|view) [me] [my|the|our] {list}
        ",
    )
});

/// What was read, or what the words mean where there is a list of the name that they end with.
pub fn or_in_list(words: &[Word], otherwise: Intent, clock: &Clock) -> Intent {
    // "add call Ann to work for tomorrow": what says when may stand after the name.
    let last =
        find(words, clock).into_iter().next_back().filter(|last| last.end == words.len() && last.start > 2);
    let (head, tail) = words.split_at(last.map_or(words.len(), |last| last.start));
    let found = GUESSED.matches(head).into_iter().find_map(|found| {
        let said = found.get("list");
        // Where it is plain what is to be shown, no list is looked for; a day is no name of one.
        let is_shown = !found.has("new") && !found.has("x") && !found.has("gone");
        let plain = matches!(&otherwise, Intent::More | Intent::Overview(_) | Intent::OnLists(_))
            || matches!(&otherwise, Intent::List(listing) if listing.text.is_none());
        if (is_shown && plain) || !find(said, clock).is_empty() {
            return None;
        }
        let name = name(said).filter(|name| said.len() <= 3 && !name.starts_with(['#', '+']))?;
        let choice = ListChoice::named(&name);
        let of = |action: TaskAction, said: &[Word]| {
            let targets = targets(said);
            (!targets.is_empty()).then_some(Intent::ApplyToTargets { action, targets })
        };
        let then = if found.has("new") {
            let drafts = super::add::on_list(&[found.get("new"), tail].concat(), clock)?;
            let inside = |draft: Draft| Draft { list: Some(name.clone()), ..draft };
            Intent::Add(drafts.into_iter().map(inside).collect())
        } else if !tail.is_empty() {
            return None;
        } else if found.has("x") {
            match whole_list::all_of(found.get("x"), clock) {
                Some(listing) => Intent::ApplyToList { action: TaskAction::MoveTo(choice), listing },
                None => of(TaskAction::MoveTo(choice), found.get("x"))?,
            }
        } else if found.has("gone") {
            of(TaskAction::Delete, found.get("gone"))?
        } else {
            Intent::List(Listing { list: Some(choice), ..Listing::default() })
        };
        Some((name, then))
    });
    match found {
        Some((name, then)) => Intent::IfList { name, then: Box::new(then), otherwise: Box::new(otherwise) },
        None => otherwise,
    }
}

/// Words that no name of a list has: another request was meant.
const NO_NAME: &[&str] =
    &["of", "from", "off", "on", "in", "to", "list", "lists", "tasks", "all", "everything"];

fn name(words: &[Word]) -> Option<String> {
    let is_name = words.len() <= MAX_NAME_WORDS
        && words.iter().all(|word| word.quoted || !word.is(NO_NAME))
        && words.iter().any(|word| word.text.chars().any(char::is_alphanumeric));
    is_name.then(|| list_name(&join(words))).flatten()
}

/// A name as it was written.
fn new_name(words: &[Word]) -> Option<String> {
    name(words)?;
    let said = join(words);
    let said = said.trim();
    (said.chars().count() <= 100).then(|| capitalised(said))
}

/// A name that is said as the answer to what the list shall be called.
pub fn answered(words: &[Word]) -> Option<String> {
    new_name(words).filter(|_| words.len() <= MAX_NAME_WORDS)
}

/// Reads a request about a list itself.
pub fn read(words: &[Word]) -> Option<ListRequest> {
    if SHOW.hit(words) {
        return Some(ListRequest::Show);
    }
    if BARE.hit(words) {
        return Some(ListRequest::AskName);
    }
    let renamed = RENAME.matches(words).into_iter().find_map(|found| {
        Some(ListRequest::Rename(ListChoice::named(&name(found.get("name"))?), new_name(found.get("new"))?))
    });
    let made = || {
        MAKE.matches(words).into_iter().find_map(|found| new_name(found.get("name")).map(ListRequest::Make))
    };
    let deleted = || {
        let found = DELETE.matches(words).into_iter().find_map(|found| name(found.get("name")))?;
        Some(ListRequest::Delete(ListChoice::named(&found)))
    };
    renamed.or_else(made).or_else(deleted)
}

/// Reads a move of tasks into a list, or back to the inbox.
pub fn moved(words: &[Word]) -> Option<Intent> {
    MOVE.matches(words).into_iter().find_map(|found| {
        let list = if found.has("inbox") { found.get("inbox") } else { found.get("list") };
        let choice = ListChoice::named(&name(list)?);
        if found.has("inbox") && !choice.is_inbox() {
            return None;
        }
        let it = found.has("it");
        let targets = targets(found.get(if it { "it" } else { "x" }));
        let named = targets.iter().any(|target| matches!(target, Target::Named { .. }));
        let is_clear = !targets.is_empty() && (!it || !named);
        is_clear.then_some(Intent::ApplyToTargets { action: TaskAction::MoveTo(choice), targets })
    })
}

/// "what's in work": a list, if there is one called so.
pub fn inside(words: &[Word], clock: &Clock) -> Option<Intent> {
    let found = INSIDE.first(words)?;
    let said = found.get("list");
    // "what's in the next week" says when.
    let at = words.iter().position(|word| word.is(&["in"]))?;
    let says_when = |from: usize| words.get(from..).is_some_and(|rest| range_at(rest, clock).is_some());
    if whole(said, clock).is_some() || says_when(at) || says_when(at + 1) {
        return None;
    }
    let name = name(said).filter(|name| !name.starts_with(['#', '+']))?;
    let choice = ListChoice { is_guess: name != super::INBOX, ..ListChoice::named(&name) };
    Some(Intent::List(Listing { list: Some(choice), ..Listing::default() }))
}
