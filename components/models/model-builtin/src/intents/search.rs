//! Finding by words, and telling all about one task: `anything about the report?`, `when is the dentist?`.

use std::sync::LazyLock;

use super::target::{Target, one};
use super::{Intent, Listing, TaskAction};
use crate::tasks::content_words;
use crate::text::{Match, Patterns, Word, base_form, is_task_verb};
use task_language::Clock;

static SEARCH: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        find|search|lookup|google [me] [for] [all|any|the|my] [tasks|task|todos|anything|everything|something|items] [about|for|with|on|called|containing|mentioning|regarding|related to] {x}
        (look for|look up|search my list for|search my tasks for|search tasks for) {x}
        [is|are] [there] anything|something [in|on] [my list] [else] (about|on|for|regarding|related to|with|mentioning|concerning|to do with) {x}
        [do|have] [i] [have|got] anything|something|tasks|task|a task|any tasks|todos [on my list] (about|on|for|regarding|related to|with|mentioning|concerning|to do with|called|that says|to) {x}
        (is there|do i have|have i got|are there) [already] [a|an|any] task|tasks|todo|reminder|reminders|something|anything [about|for|on|to|called|with|regarding] {x}
        (show|list|see|give) [me] [all|any|the|my] tasks|everything|anything|todos|stuff (about|with|for|regarding|mentioning|containing|called|related to|on) {x}
        (did i|have i) [already] (add|added|put|create|created|write down|note|save|saved) {x}
        (do i have|have i got|do i need) to {x}
        (should i|shall i|must i|can i|may i|do we need|should we|do we have) {x}
        (do i have|have i got|is there|have we got) a|an|any|another|the {x}
        (do i have|is) {x} on (my|the) list
        (is) {x} (on my list|in my list|in there|in my tasks)
        (which|what) (tasks|task|ones) (mention|mentions|contain|contains|are about|is about|has|have|include) {x}
        (what about) {x}
        ",
    )
});

static SHOW: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        (when is|whens|when are|when was|when do i have|whats the due date of|whats the due date for|what is the due date of|what is the due date for|whats the deadline for|what is the deadline for|when do i need to|when do i have to|when should i|by when) {x} [due|happening|scheduled|planned|on|again]
        (what day is|what time is|at what time is|whats the time of|whats the date of|what date is|how urgent is|how important is|how late is) {x} [due|at|on]
        [show|tell|give|get] [me] [more|all|some] (details|info|information|more|everything|detail) [of|about|on|for] {x}
        (tell me about|more about|more on|details of|details on|details about|details for|info on|describe|explain|open|open up|look at) {x}
        (whats|what is) (the status of|the note on|the notes on|in the notes of|the note for|the notes for|the priority of|the status on|up with|going on with) {x}
        (what are|whats|what is|read|read me|show|show me|tell me|give me) [the] notes|note|description (of|on|for|about|in) {x}
        (what|which) (notes|note|labels|tags|label|tag|priority|list|due date|deadline) (does|do|did|has) {x} [have|got]
        (what|which) (labels|tags|label|tag|notes|note) (are|is) (on|of|in|at) {x}
        (is|are|was|did) {x} [already|still] (done|finished|completed|open|complete|overdue|late|due)
        (did i|have i) [already] (finish|finished|complete|completed|do|done|pay|paid|call|called|buy|bought|send|sent) {x} [already|yet]
        (how long until|how long till|how many days until|how many days till|where is|where are|wheres|why is|why are|whys) {x} [important|urgent|due|late|overdue|happening]
        (did i|have i|did we|have we|have you) [already] {v} {x} [already|yet]
        (is|are|was|were|has|have) {x} [already|been] {past} [already|yet|now]
        show|view|display|see [me] [the|my] task|todo|item|note|notes [called|named|about|for|on|of] {x}
        show|view|display|see [me] {x}
        ",
    )
});

/// Reads a request to find, or to tell all about one task.
pub fn read(words: &[Word], clock: &Clock) -> Option<Intent> {
    if let Some(found) =
        SHOW.matches(words).into_iter().find(|found| tells_of_verb(found) && names_one(found.get("x"), clock))
    {
        return Some(Intent::ApplyToTargets {
            action: TaskAction::Show,
            targets: vec![one(found.get("x"))?],
        });
    }
    // "find a plumber" is something to do.
    if let [first, second, ..] = words
        && first.is(&["find", "lookup"])
        && second.is(&["a", "an", "some", "new", "out"])
    {
        return None;
    }
    let found = SEARCH.matches(words).into_iter().find(|found| names_one(found.get("x"), clock))?;
    let said = super::target::without_frame(found.get("x"));
    match one(said)? {
        Target::Named { words, said } => Some(Intent::Search { said, words }),
        target => Some(Intent::ApplyToTargets { action: TaskAction::Show, targets: vec![target] }),
    }
}

/// What stands in the place of a verb is one.
fn tells_of_verb(found: &Match<'_>) -> bool {
    let past = |words: &[Word]| matches!(words, [word] if base_form(&word.key).is_some());
    let verb =
        |words: &[Word]| matches!(words, [word] if base_form(&word.key).is_some() || is_task_verb(&word.key));
    (!found.has("v") || verb(found.get("v"))) && (!found.has("past") || past(found.get("past")))
}

/// The words name a task, and are not only filters or filling.
fn names_one(words: &[Word], clock: &Clock) -> bool {
    let reading = Listing::read(words, clock);
    let refers = one(words).is_some_and(|target| !matches!(target, Target::Named { .. }));
    let said = content_words(words);
    refers || (!reading.rest.is_empty() && !said.is_empty() && words.len() <= 12)
}
