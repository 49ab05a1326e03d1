//! What a person wants: one file per intent. Each reads words and answers an [`Intent`], or nothing when the words mean
//! something else.

mod actions;
mod add;
mod cannot;
mod complete;
mod conjunctions;
mod delete;
mod export;
mod filters;
mod foreign;
mod instead;
mod label;
mod list;
mod listing;
mod lists;
mod more;
mod named_lists;
mod note;
mod on_lists;
mod overview;
mod prioritise;
mod ranges;
mod remind;
mod rename;
mod reopen;
mod repeat;
mod reschedule;
mod search;
mod small_talk;
pub mod target;
mod task_action;
mod topic;
mod undo;
mod whole_list;

pub use add::drafts;
pub use listing::{Listing, Status};
pub use on_lists::{ListRequest, answered};
pub use overview::OverviewKind;
pub use small_talk::{SmallTalk, is_cancel};
pub use target::Target;
pub use task_action::{
    DueChange, INBOX, LabelChange, ListChoice, NoteChange, PriorityChange, RepeatChange, TaskAction,
};

use self::foreign::Foreign;
use crate::text::{Word, clauses, join, without_politeness};
use task_language::{Clock, Draft, find, whole as whole_phrase};

/// What a person wants.
#[derive(Debug, Clone, PartialEq)]
pub enum Intent {
    Add(Vec<Draft>),
    /// Add something that was not said.
    AskWhatToAdd,
    /// Do something with the tasks meant.
    ApplyToTargets {
        action: TaskAction,
        targets: Vec<Target>,
    },
    /// Do something with every task of a list; the person is asked first.
    ApplyToList {
        action: TaskAction,
        listing: Listing,
    },
    /// Show a list.
    List(Listing),
    /// Something with a list itself.
    OnLists(ListRequest),
    /// Words that may name a list or not: what they mean where there is a list of this name, and otherwise.
    IfList {
        name: String,
        then: Box<Intent>,
        otherwise: Box<Intent>,
    },
    /// Show the next page of the last list.
    More,
    /// Find tasks by words.
    Search {
        /// As said, for replies.
        said: String,
        /// The words to look for.
        words: Vec<String>,
    },
    /// Tell where the person stands.
    Overview(OverviewKind),
    /// What was done was meant for these.
    Instead(Vec<Target>),
    /// Nothing that can be done here: one sentence that says so, and what can be done.
    Cannot(&'static str),
    /// Tell which reminders wait.
    Reminders,
    /// Take the last change back.
    Undo,
    /// Do again what was taken back last.
    Redo,
    /// Tell what was done lately, or today.
    DoneLately {
        is_today: bool,
    },
    /// Write all tasks into a document of this format.
    Export(&'static str),
    /// Words only.
    SmallTalk(SmallTalk),
    /// Not understood.
    Unknown(String),
}

impl Intent {
    /// It is about what was just spoken of.
    pub fn refers_back(&self) -> bool {
        match self {
            Intent::ApplyToTargets { targets, .. } => {
                targets.iter().any(|target| !matches!(target, Target::Named { .. }))
            }
            Intent::Undo | Intent::Redo | Intent::More | Intent::Instead(_) => true,
            // The list may be made by the part before.
            Intent::Add(drafts) => drafts.iter().any(|draft| draft.list.is_some()),
            other => !other.unknown_lists().is_empty(),
        }
    }
}

/// Reads a whole message: one intent per request in it, in order.
pub fn read(words: &[Word], clock: &Clock) -> Vec<Intent> {
    match foreign::read(words) {
        Some(Foreign::InEnglish(english)) => read_english(&english, clock),
        Some(Foreign::Unknown(sentence)) => vec![Intent::Cannot(sentence)],
        None => {
            let read = read_english(words, clock);
            let unknown = read.iter().all(|intent| matches!(intent, Intent::Unknown(_)));
            match foreign::declined(words).filter(|_| unknown) {
                Some(sentence) => vec![Intent::Cannot(sentence)],
                None => read,
            }
        }
    }
}

fn read_english(words: &[Word], clock: &Clock) -> Vec<Intent> {
    if let Some(undo) = undo::read(words) {
        return vec![undo];
    }
    if let Some(about_actions) = actions::read(without_politeness(words)) {
        return vec![about_actions];
    }
    if let Some(talk) = small_talk::read(words) {
        return vec![Intent::SmallTalk(talk)];
    }
    let whole = without_politeness(words);
    if let Some(about_reminders) = remind::read(whole, clock) {
        return vec![about_reminders];
    }
    if let Some(sentence) = cannot::read(whole) {
        return vec![Intent::Cannot(sentence)];
    }
    if let Some(request) = on_lists::read(whole) {
        return vec![Intent::OnLists(request)];
    }
    if let Some(listed) = lists::read(whole, clock) {
        return listed;
    }
    let mut intents: Vec<Intent> = Vec::new();
    for clause in clauses(whole, &inside(whole, clock), &|before, later| {
        conjunctions::begins_request(before, later, clock)
    }) {
        // "Buy nails! Tomorrow."
        if let Some(Intent::Add(drafts)) = intents.last_mut()
            && let Some(draft) = drafts.last_mut().filter(|draft| draft.when.is_none())
            && clause.last().is_some_and(|word| !word.trail.contains('?'))
            && let Some(when) = whole_phrase(clause, clock)
        {
            draft.when = Some(when);
            continue;
        }
        let intent = match small_talk::read(clause) {
            Some(talk) => Intent::SmallTalk(talk),
            None => clause_intent(without_politeness(clause), clock),
        };
        merge(&mut intents, intent);
    }
    name_it(&mut intents);
    // A greeting before a request, or thanks after it, need no answer of their own.
    if intents.len() > 1 {
        let said_more = intents.iter().any(|intent| !is_filler(intent));
        intents.retain(|intent| !said_more || !is_filler(intent));
    }
    intents
}

/// The words inside what says when, by where they start: nothing ends before them.
pub fn inside(words: &[Word], clock: &Clock) -> Vec<usize> {
    let phrases = find(words, clock);
    let inner = phrases.iter().flat_map(|phrase| words.get(phrase.start + 1..phrase.end).unwrap_or_default());
    inner.map(|word| word.start).collect()
}

/// "milk? done!": what was only named is "it" in what follows.
fn name_it(intents: &mut Vec<Intent>) {
    let Some([Intent::Unknown(said), Intent::ApplyToTargets { targets, .. }]) = intents.get_mut(..2) else {
        return;
    };
    let named = target::targets(&crate::text::words(said));
    if targets == &[Target::It]
        && named.iter().all(|target| matches!(target, Target::Named { words, .. } if words.len() <= 4))
        && !named.is_empty()
    {
        *targets = named;
        intents.remove(0);
    }
}

fn is_filler(intent: &Intent) -> bool {
    matches!(
        intent,
        Intent::SmallTalk(
            SmallTalk::Hello
                | SmallTalk::Thanks
                | SmallTalk::Bye
                | SmallTalk::Fine
                | SmallTalk::Yes
                | SmallTalk::No
        )
    )
}

fn clause_intent(words: &[Word], clock: &Clock) -> Intent {
    let plain = without_hesitation(words);
    let corrected = if plain.len() < words.len() {
        undo::read(words)
            .or_else(|| reschedule::correction(words, clock))
            .or_else(|| prioritise::correction(words))
            .or_else(|| instead::read(words, clock))
    } else {
        None
    };
    let otherwise = corrected
        .or_else(|| topic::read(plain, clock))
        .or_else(|| explicit(plain, clock))
        .or_else(|| add::implied(plain, clock))
        .unwrap_or_else(|| Intent::Unknown(join(words)));
    on_lists::or_in_list(plain, otherwise, clock)
}

/// "No wait, …", "actually …": what follows is the request.
fn without_hesitation(words: &[Word]) -> &[Word] {
    match words.split_first() {
        // "no due date for milk", "no need for it"
        Some((first, [next, ..]))
            if first.is(&["no"]) && next.is(&["due", "date", "deadline", "need", "rush"]) =>
        {
            words
        }
        Some((first, rest)) if hesitates(first) && !rest.is_empty() => {
            without_hesitation(without_politeness(rest))
        }
        _ => words,
    }
}

fn hesitates(word: &Word) -> bool {
    yes_or_no::is_plain(&word.key) || word.is(&["wait", "actually", "sorry", "oops", "hmm", "hm", "maybe"])
}

/// Reads a request that is said as such; a task that was just named is none.
pub fn explicit(words: &[Word], clock: &Clock) -> Option<Intent> {
    if words.len() > conjunctions::MAX_WORDS {
        return note::read(words).or_else(|| add::explicit(words, clock));
    }
    small_talk::read(words)
        .map(Intent::SmallTalk)
        .or_else(|| undo::read(words))
        .or_else(|| instead::read(words, clock))
        .or_else(|| remind::read(words, clock))
        .or_else(|| cannot::read(words).map(Intent::Cannot))
        .or_else(|| on_lists::read(words).map(Intent::OnLists))
        .or_else(|| export::read(words))
        .or_else(|| more::read(words))
        .or_else(|| overview::read(words))
        .or_else(|| whole_list::read(words, clock))
        .or_else(|| note::read(words))
        .or_else(|| label::read(words))
        .or_else(|| on_lists::moved(words))
        .or_else(|| on_lists::inside(words, clock))
        .or_else(|| repeat::read(words, clock))
        .or_else(|| reschedule::without_date(words, clock))
        .or_else(|| reschedule::dated(words, clock))
        .or_else(|| list::recalled(words, clock))
        .or_else(|| add::explicit(words, clock))
        .or_else(|| reopen::read(words))
        .or_else(|| rename::read(words, clock))
        .or_else(|| prioritise::read(words))
        .or_else(|| reschedule::read(words, clock))
        .or_else(|| list::read(words, clock))
        .or_else(|| search::read(words, clock))
        .or_else(|| complete::read(words, clock))
        .or_else(|| delete::read(words))
}

/// Several adds in a message are one, and so is doing the same with several tasks.
fn merge(intents: &mut Vec<Intent>, next: Intent) {
    match (intents.last_mut(), next) {
        (Some(Intent::Add(drafts)), Intent::Add(more)) => drafts.extend(more),
        (
            Some(Intent::ApplyToTargets { action, targets }),
            Intent::ApplyToTargets { action: same, targets: more },
        ) if *action == same => {
            targets.extend(more);
        }
        // "Good morning, what's on today?"
        (Some(Intent::Overview(_)), Intent::Overview(_)) => {}
        (_, next) => intents.push(next),
    }
}
