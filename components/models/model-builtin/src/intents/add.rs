//! Adding: `add …`, `remind me to …`, `todo: …`, or just `buy milk tomorrow`.

use std::sync::LazyLock;
use task_language::list;

use super::Intent;
use crate::text::{Match, Patterns, Word, base_form, is_task_verb};
use task_language::{Clock, Draft, When, beginning, join, list_name, whole};

static ADD: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        add|create|put [a|an|another|some] [new] task|tasks|todo|todos|item|items to|on|in|onto [my|the|our] {list} list: {x}
        [i|we] (mustnt|must not|cant|cannot|can not|shouldnt|should not|better not|dont want to|do not want to) forget [to|about|that i|that] {x}
        (it would be|itd be|that would be|would be) (great|nice|lovely|good|cool|helpful) if you [could|would|can] add|put {x}
        (write|jot|note|put) down that (i|we) (need to|have to|must|should) {x}
        add|create|make|set|enter|insert|log|jot|need|want [up|down] [me] [a|an|another|one more|the|my|some|two|three|four|five|six|these|following|the following] [new] task|tasks|todo|todos|reminder|reminders|things|items [called|named|titled|saying|that says|to|for|about|that] {x}
        add|create|make [a|an|another] [new] urgent|important {p} task|todo|reminder [called|named|titled|saying|to|for|about|that] {x}
        add|create|make [a|an|another] {p} task|todo|reminder [called|named|titled|saying|to|for|about|that] {x}
        put|add|get|write|stick|throw {x} [down] (on|in|to|onto|into) my|the|our|a {list*} list|lists|todos|tasks {y*}
        [a|an] new task|todo|item|reminder|entry [called|named|titled|saying|to|for|about] {x}
        new: {x}
        add|adding [me] [in|that|also] {x}
        [a|an] [quick] (to do|todo|task|reminder) [for me|to] {x}
        [also] remind us|me [again] about|of the|my {x}
        rmd|remimd|remnd me [again] [to|that|about] {x}
        rem: {x}
        [also] remind us|me [again] [to|that i|that|about|of] {x}
        (set|create|make|add|need|give me) [me] [a|an|another] reminder [to|for|about|that] {x}
        reminder: {x}
        (lemme not|let me not) forget [to|about|that] {x}
        (do not|dont|never) [let me|let us] forget [to|about|that i|that] {x}
        (remember|be sure|make sure) [to|that i|that|i] [dont forget|do not forget|remember] [to] {x}
        (let me know|tell me|ping me|nudge me|alert me|notify me|poke me|message me|warn me) {when} [that|to|about] {x}
        (ping me|nudge me|alert me|notify me|poke me|let me know) [to|that|about] {x}
        (i will|ill|im going to|i am going to|i shall) {x}
        [ill|i will|i] [also|still|really|just|probably] (need to|have to|must|got to|have got to|should|ought to|shall|am supposed to|need to remember to|want to|wanna|would like to) {x}
        (ive got to|im supposed to|i gotta|gotta|i got to|we gotta|id like to|ill have to|ill need to) {x}
        we (need to|have to|must|should|want to) {x}
        (need to|have to|hafta|must|got to|should) {x}
        note:|notes: {x}
        (note to self|memo|note to myself|self note) [to] {x}
        (make|take) a note [to|of|that|about] {x}
        take|write|get|jot|note|put [this|that|it] down [that|to] {x}
        jot {x}
        (i need|we need|were out of|we are out of|im out of|i am out of|we ran out of|i ran out of|need|out of) {n}
        schedule [a|an|the|my] {x}
        ",
    )
});

/// An appointment that is told: "I have a meeting with Sofia on Thursday at 11".
static APPOINTMENT: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "[i|ive|we|weve] (i have|ive got|i got|have|got|theres|there is|we have|weve got) [a|an|my|the|our] {x}",
    )
});

/// Asking to add something without saying what.
static BARE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        add|create|make|new|set [me] [up] [a|an|another|one more|the|something|it] [new] [task|todo|tasks|reminder|item|entry|something] [please|pls]
        [i|we] (want to|need to|would like to|id like to) add|create [a|an] [new] [task|something|todo|reminder]
        remind me
        add|put [something] (to|on|onto) [my|the] [to do|todo|task|shopping] list
        [a] new task|todo|reminder
        (new one|another one|one more|another task)
        ",
    )
});

/// Words after "need" that are no thing to get.
const NO_THING: &[&str] = &["to", "help", "you", "it", "that", "this", "more", "some help", "a"];

/// Words in a title that keep "and" together: "dinner with Tom and Anna".
const BINDING: &[&str] =
    &["with", "between", "for", "to", "from", "of", "about", "at", "in", "on", "both", "re"];

/// More words than this are one title, which is too long, and no list.
const MAX_WORDS: usize = 200;

/// Reads a request to add, said as such; what says when may stand before it: "tomorrow I have to leave".
pub fn explicit(words: &[Word], clock: &Clock) -> Option<Intent> {
    if let Some(phrase) =
        beginning(words, clock).filter(|phrase| phrase.when.has_day() && !phrase.when.is_weak)
        && let Some(rest) = words.get(phrase.end..).filter(|rest| !rest.is_empty())
        && let Some(Intent::Add(drafts)) = said_as_such(rest, clock)
    {
        let both = |when: Option<When>| match when {
            Some(when) => phrase.when.and(&when).or(Some(when)),
            None => Some(phrase.when.clone()),
        };
        let led = |draft: Draft| Draft { when: both(draft.when), ..draft };
        return Some(Intent::Add(drafts.into_iter().map(led).collect()));
    }
    said_as_such(words, clock)
}

fn said_as_such(words: &[Word], clock: &Clock) -> Option<Intent> {
    const ASKING: &[&str] = &[
        "should", "shall", "must", "do", "does", "did", "am", "is", "are", "would", "will", "what", "when",
        "who", "how", "why", "which", "where",
    ];
    if words.first().is_some_and(|word| word.is(ASKING))
        && words.last().is_some_and(|word| word.trail.contains('?'))
    {
        return None;
    }
    if BARE.hit(words) {
        return Some(Intent::AskWhatToAdd);
    }
    let found = ADD.matches(words).into_iter().find(|found| makes_sense(found, clock))?;
    if found.has("n") {
        return drafts(found.get("n"), clock, true).map(Intent::Add);
    }
    let adjective = found.get("p");
    let mut said: Vec<Word> = adjective.to_vec();
    said.extend(found.get("x").iter().cloned());
    said.extend(found.get("y").iter().cloned());
    if found.has("when") {
        said.extend(found.get("when").iter().cloned());
    }
    // "add three tasks: wash, iron": each is one.
    let nouns = ["tasks", "todos", "things", "items", "reminders", "list"];
    if words.iter().take(6).any(|word| word.has_colon() && word.is(&nouns)) {
        let drafts: Vec<Draft> =
            parts(&said, clock).into_iter().filter_map(|part| Draft::read(part, clock)).collect();
        return (!drafts.is_empty()).then_some(Intent::Add(drafts));
    }
    let listed = words
        .first()
        .is_some_and(|word| word.is(&["add", "adding", "put", "create", "todo", "stick", "throw", "new"]));
    // "remind me tomorrow" says when, and not of what.
    if whole(&said, clock).is_some_and(|when| !when.is_weak) {
        return Some(Intent::AskWhatToAdd);
    }
    let mut drafts = match found.has("list") {
        true => on_list(&said, clock)?,
        false => drafts(&said, clock, listed)?,
    };
    if asks_for_reminder(words) {
        drafts.iter_mut().for_each(|draft| draft.remind = true);
    }
    if let Some(list) = list_name(&join(found.get("list"))) {
        drafts.iter_mut().for_each(|draft| draft.list = Some(list.clone()));
    }
    Some(Intent::Add(drafts))
}

/// "remind me", "ping me", "set a reminder": not only a task, but also to be told when it is due.
fn asks_for_reminder(words: &[Word]) -> bool {
    const ASKING: &[&str] =
        &["remind", "reminder", "reminders", "notify", "nudge", "alert", "ping", "poke", "message", "warn"];
    words.iter().take(6).any(|word| word.is(ASKING))
}

fn makes_sense(found: &Match<'_>, clock: &Clock) -> bool {
    let says_priority = |words: &[Word]| task_language::priorities::whole(words).is_some();
    if found.has("p") {
        return says_priority(found.get("p"));
    }
    if found.has("when") {
        return whole(found.get("when"), clock).is_some();
    }
    if found.has("list") && found.get("list").len() > 3 {
        return false;
    }
    // "put the taxes back on the list"
    if found.get("x").last().is_some_and(|word| word.is(&["back"])) {
        return false;
    }
    !found.has("n") || found.get("n").first().is_some_and(|word| !word.is(NO_THING))
}

/// Reads a task that was just said: it begins with a verb of everyday tasks, or says when it is due.
pub fn implied(words: &[Word], clock: &Clock) -> Option<Intent> {
    const QUESTIONS: &[&str] = list![
        what whats when where who why how which do does did is are am can could would should will tell if yes no i
        im you youre it its the that this there was were has have had show list not
    ];
    let asks = words.last().is_some_and(|word| word.trail.contains('?'));
    if let Some(found) = APPOINTMENT.first(words).filter(|_| !asks) {
        let drafts = drafts(found.get("x"), clock, false)?;
        let dated = drafts.first().is_some_and(|draft| draft.when.is_some());
        return dated.then_some(Intent::Add(drafts));
    }
    // "move it to …" changes something, even where it is not understood how.
    if words.get(1).is_some_and(|word| word.is(&["it", "them", "that", "this", "these", "those", "me"]))
        && words.first().is_some_and(|word| {
            word.is(list![
                move make set put change push mark do take give call name rename tag label read show tell sing
                delete remove
            ])
        })
    {
        return None;
    }
    const TALK: &[&str] = list![
        nice great good bad happy lovely beautiful sorry wow ugh omg haha lol cool well hmm thats sounds looks
        awesome terrible awful cheers thanks see welcome congrats really so such oh oops hello hi hey bye maybe
        never sure ok okay nothing
    ];
    if words.first().is_some_and(|word| word.is(TALK)) {
        return None;
    }
    let drafts = drafts(words, clock, false)?;
    let first = drafts.first()?;
    let title = crate::text::words(&first.title);
    let verb = title.first().is_some_and(|word| is_task_verb(&word.key)) && title.len() > 1;
    let opened = words.first().is_some_and(|word| word.is(QUESTIONS) && (asks || !word.is(&["do"])));
    let telling =
        first.when.is_some() || !first.labels.is_empty() || first.priority.is_some() || first.every.is_some();
    let named = telling && title.len() <= 10 && !opened && !asks;
    let drafts = drafts.into_iter().map(|draft| Draft { is_implied: true, ..draft }).collect();
    ((verb && !asks && !opened) || named || (verb && telling && !opened)).then_some(Intent::Add(drafts))
}

/// Takes apart what is to be added: one task, or several.
pub fn drafts(words: &[Word], clock: &Clock, listed: bool) -> Option<Vec<Draft>> {
    let words = without_frame(words);
    let items = items(words, clock, listed);
    let mut drafts: Vec<Draft> = items.iter().filter_map(|item| Draft::read(item, clock)).collect();
    if drafts.len() > 1 {
        share(&mut drafts);
    }
    // "remember this" names nothing.
    const NOTHING: &[&str] = &[
        "this",
        "that",
        "it",
        "them",
        "these",
        "those",
        "something",
        "me",
        "you",
        "things",
        "stuff",
        "anything",
        "everything",
        "not",
    ];
    drafts.retain(|draft| {
        let mut said = draft.title.split_whitespace();
        // "I should have called mom" tells what was not done.
        let told = said.next().is_some_and(|first| first.eq_ignore_ascii_case("have"))
            && said.next().is_some_and(|verb| base_form(verb).is_some());
        !told && !NOTHING.contains(&draft.title.to_lowercase().as_str())
    });
    (!drafts.is_empty()).then_some(drafts)
}

/// What was said to be on a list: each name is one thing.
pub fn on_list(said: &[Word], clock: &Clock) -> Option<Vec<Draft>> {
    let mut parts = parts(said, clock);
    let short = parts.iter().all(|part| part.len() <= 4 && !part.iter().any(|word| word.is(BINDING)));
    if !short {
        parts = vec![said];
    }
    let mut drafts: Vec<Draft> = parts.into_iter().filter_map(|part| Draft::read(part, clock)).collect();
    share(&mut drafts);
    (!drafts.is_empty()).then_some(drafts)
}

/// "do it as a task": what only says that it is one.
fn without_frame(words: &[Word]) -> &[Word] {
    static FRAME: LazyLock<Patterns> = LazyLock::new(|| {
        Patterns::new(
            "
            {x} (on|in|to|onto|into) [my|the|our|a] [to do|todo|task] list|lists|todos|tasks
            {x} as a [new] task|todo|reminder
            ",
        )
    });
    FRAME.first(words).map_or(words, |found| found.get("x"))
}

/// One slice per task.
fn items<'a>(words: &'a [Word], clock: &Clock, listed: bool) -> Vec<&'a [Word]> {
    // No more words are a list of tasks that can be added at once.
    if words.len() > MAX_WORDS {
        return vec![words];
    }
    let parts = parts(words, clock);
    if parts.len() < 2 {
        return vec![words];
    }
    let read: Vec<Option<Draft>> = parts.iter().map(|part| Draft::read(part, clock)).collect();
    let titles: Vec<Vec<Word>> = read
        .iter()
        .map(|draft| draft.as_ref().map_or_else(Vec::new, |draft| crate::text::words(&draft.title)))
        .collect();
    if titles.iter().any(Vec::is_empty) || parts.iter().any(|part| is_detail(part, clock)) {
        return vec![words];
    }
    // A verb alone is one only with a day of its own: "water" can be bought, "vacuum tomorrow" can't.
    let begins: Vec<bool> = titles
        .iter()
        .zip(&read)
        .map(|(title, draft)| {
            let dated = draft.as_ref().is_some_and(|draft| draft.when.is_some());
            (title.len() > 1 || dated) && title.first().is_some_and(|word| is_task_verb(&word.key))
        })
        .collect();
    if begins.first() == Some(&true) {
        return merged(words, &parts, &begins);
    }
    // "mac and cheese" is one thing; with a comma or a list it is a list.
    let many =
        parts.len() > 2 || words.iter().any(|word| word.trail.contains(',') || word.is(&["list", "lists"]));
    let short =
        many && titles.iter().all(|title| title.len() <= 4 && !title.iter().any(|word| word.is(BINDING)));
    // "gym 7am, lunch with Kim 12:30": each has a time of its own.
    let timed =
        many && listed && read.iter().flatten().all(|draft| draft.when.as_ref().is_some_and(When::has_time));
    let quoted = parts.iter().all(|part| part.first().is_some_and(|word| word.quoted));
    if (short && listed) || timed || quoted { parts } else { vec![words] }
}

/// A part that says only how or when belongs to the task before it.
fn is_detail(part: &[Word], clock: &Clock) -> bool {
    task_language::whole(part, clock).is_some() || task_language::priorities::whole(part).is_some()
}

/// Parts that begin with no verb belong to the one before: "buy eggs, bread and call mom" is two tasks.
fn merged<'a>(words: &'a [Word], parts: &[&'a [Word]], begins: &[bool]) -> Vec<&'a [Word]> {
    let start_of = |part: &[Word]| {
        part.first().and_then(|first| words.iter().position(|word| std::ptr::eq(word, first)))
    };
    let end_of = |part: &[Word]| start_of(part).map(|start| start + part.len());
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (part, begins) in parts.iter().zip(begins) {
        let (Some(start), Some(end)) = (start_of(part), end_of(part)) else { return vec![words] };
        match spans.last_mut() {
            Some(last) if !begins => last.1 = end,
            _ => spans.push((start, end)),
        }
    }
    spans.into_iter().filter_map(|(start, end)| words.get(start..end)).collect()
}

/// The words between commas and "and"; what follows "note:" is not taken apart.
fn parts<'a>(words: &'a [Word], clock: &Clock) -> Vec<&'a [Word]> {
    let inside = super::inside(words, clock);
    let notes = words.iter().position(|word| word.is(&["note", "notes"])).unwrap_or(words.len());
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, word) in words.iter().enumerate().take(notes) {
        if inside.contains(&word.start) {
            // A date goes on.
        } else if word.is(&["and"]) {
            parts.push(words.get(start..at).unwrap_or_default());
            start = at + 1;
        }
        let goes_on = words.get(at + 1).is_some_and(|next| inside.contains(&next.start));
        if word.trail.contains([',', ';', '\n']) && !word.is(&["and"]) && !goes_on {
            parts.push(words.get(start..=at).unwrap_or_default());
            start = at + 1;
        }
    }
    parts.push(words.get(start..).unwrap_or_default());
    parts.retain(|part| !part.is_empty());
    parts
}

/// What was said once for all of them: a date at the very end or the very start, labels and priority at the end.
fn share(drafts: &mut [Draft]) {
    let Some((last, before)) = drafts.split_last_mut() else { return };
    if before.iter().all(|draft| draft.when.is_none()) && !last.when_led {
        before.iter_mut().for_each(|draft| draft.when.clone_from(&last.when));
    }
    // "milk, eggs and bread #party" are all for the party; of tasks with verbs, each has its own.
    let begins =
        |draft: &Draft| crate::text::words(&draft.title).first().is_some_and(|word| is_task_verb(&word.key));
    let verbs = before.iter().any(begins);
    if !verbs && before.iter().all(|draft| draft.labels.is_empty() && draft.priority.is_none()) {
        for draft in before.iter_mut() {
            draft.labels.clone_from(&last.labels);
            draft.priority = last.priority;
        }
    }
    if before.iter().all(|draft| draft.list.is_none()) {
        before.iter_mut().for_each(|draft| draft.list.clone_from(&last.list));
    }
    let Some((first, later)) = drafts.split_first_mut() else { return };
    if first.when_led && later.iter().all(|draft| draft.when.is_none()) {
        later.iter_mut().for_each(|draft| draft.when.clone_from(&first.when));
    }
}
