//! How surely a phrase says when, and where it is a part of a title.

use crate::clock::Clock;
use crate::grammar::Phrase;
use crate::verbs::is_task_verb;
use crate::words::Word;

/// Words after which a phrase is over, and the title goes on.
const BOUNDARY: &[&str] = &[
    "to",
    "about",
    "with",
    "at",
    "for",
    "and",
    "because",
    "so",
    "then",
    "or",
    "but",
    "if",
    "when",
    "i",
    "we",
    "that",
    "in",
    "from",
    "near",
    "via",
    "re",
    "please",
    "pls",
    "its",
    "tagged",
    "labelled",
    "labeled",
    "on",
    "by",
    "due",
    "remind",
    "where",
    "regarding",
    "including",
    "plus",
    "thanks",
    "unless",
    "while",
    "until",
    "before",
    "after",
    "urgent",
    "important",
    "asap",
    "high",
    "low",
    "priority",
    "as",
    "not",
    "instead",
    "thx",
    "p1",
    "p2",
    "p3",
    "p4",
    "is",
    "are",
    "every",
    "each",
    "-",
    "–",
    "—",
];

/// A phrase after one of these is a word of the title: "the friday report", "the email from yesterday".
const BOUND: &[&str] = &[
    "the", "a", "an", "my", "our", "your", "his", "her", "their", "of", "about", "like", "than", "called",
    "named", "version", "chapter", "season", "episode", "no", "number", "room", "page", "since", "step",
    "part", "is", "watch", "see", "reread",
];

/// Leads that name the day of a thing as often as that of a task: "for monday meeting".
const LOOSE: &[&str] =
    &["for", "from", "this", "the", "in", "of", "about", "around", "over", "during", "after"];

/// Short names of days that are words of their own.
const SHORT: &[&str] = &["sun", "sat", "wed"];

/// Names of days that name what is done then as often.
const HOLIDAYS: &[&str] = &[
    "christmas",
    "xmas",
    "easter",
    "halloween",
    "thanksgiving",
    "valentines",
    "valentine",
    "black",
    "advent",
    "boxing",
];

/// Numbers that are said and mean no day.
const SAYINGS: &[&str] = &["24/7", "10/10", "9/11", "50/50", "1/2", "1/4", "3/4", "2/3", "1/3"];

/// How surely a phrase says when; `None` where it is a part of the title.
pub(super) fn score(phrase: &Phrase, words: &[Word]) -> Option<i32> {
    let said = words.get(phrase.start..phrase.end)?;
    let last = said.last()?;
    let next = words.get(phrase.end);
    let before = phrase.start.checked_sub(1).and_then(|at| words.get(at));
    let lead = phrase.lead.as_deref();
    let strong = lead.is_some_and(|lead| !LOOSE.contains(&lead)) || in_length(said);
    // "5.12." with its last dot is a day.
    let dotted = last.trail.starts_with('.') && last.text.contains('.');
    if (phrase.when.is_weak && lead.is_none() && !dotted && phrase.every.is_none())
        || (lead.is_none() && said.first().is_some_and(|word| word.is(SAYINGS)))
    {
        return None;
    }
    // The email from monday is one that came then; from 2 to 4pm is a time.
    let goes_on = said.iter().any(|word| word.is(&["on", "onwards", "onward", "to", "until", "till"]));
    if lead == Some("from") && !phrase.when.has_time() && phrase.every.is_none() && !goes_on {
        return None;
    }
    // "repeat it every week"; "repeat on friday" is something to do.
    if lead == Some("repeat") && phrase.every.is_none() {
        return None;
    }
    // "discuss the deadline friday"
    if lead == Some("deadline") && before.is_some_and(|before| before.trail.is_empty()) {
        return None;
    }
    let ends = next.is_none_or(|next| {
        next.plain
            || next.is(BOUNDARY)
            || next.has_colon()
            || next.key.starts_with(['#', '+', '!'])
            || next.text.starts_with('(')
    }) || last.trail.contains([',', ';', ':', '.', '!', '?', '\n'])
        || last.text.ends_with(')');
    let starts = phrase.start == 0
        || words.iter().take(phrase.start).all(|word| word.is(&["to", "that", "and", "also", "please"]));
    // "not tomorrow", "except monday": what is denied is no day.
    if before.is_some_and(|before| before.trail.is_empty() && before.is(&["not", "nor", "except"])) {
        return None;
    }
    let bound = before.is_some_and(|before| before.is(BOUND) && before.trail.is_empty());
    let number =
        phrase.is_bare || said.iter().rev().take(2).any(|word| crate::numbers::ordinal(&word.key).is_some());
    if bound && lead.is_none_or(|lead| lead == "the") && phrase.every.is_none() {
        return None;
    }
    // "call mum and dad", "buy sun and moon": a word alone that goes on with "and" is one of the title.
    let plain = said.len() == 1
        && lead.is_none()
        && !last.is(&["today", "tomorrow", "tonight"])
        && !phrase.when.has_time();
    let goes_on = last.trail.is_empty()
        && next.is_some_and(|next| {
            !next.key.starts_with(['#', '+', '!'])
                && !next.is(&[
                    "from", "starting", "until", "p1", "p2", "p3", "p4", "high", "low", "urgent", "please",
                    "pls",
                ])
        });
    if plain && phrase.every.is_some() && goes_on && phrase.start > 0 {
        return None;
    }
    // Short names of days that are words of their own say a day at the end only.
    // "weekend trip"
    if plain && last.is(&["weekend"]) && !ends {
        return None;
    }
    if plain && SHORT.contains(&last.text.to_lowercase().as_str()) && next.is_some() {
        return None;
    }
    if plain
        && last.trail.is_empty()
        && next.is_some_and(|next| next.is(&["and", "or", "of", "for", "with"]))
        && phrase.start > 0
    {
        return None;
    }
    if !ends && number && !starts {
        return None;
    }
    if starts && !ends {
        let verb = next.is_some_and(|next| is_task_verb(&next.key));
        // "christmas shopping", "black friday deals"
        let is_named = said.iter().any(|word| word.is(HOLIDAYS));
        return (!(number || is_named) || verb).then_some(2);
    }
    match (ends, strong) {
        (true, true) => Some(if next.is_none() { 5 } else { 4 }),
        (true, false) => Some(if next.is_none() { 4 } else { 3 }),
        (false, true) => Some(2),
        (false, false) => None,
    }
}

pub(super) fn is_past(phrase: &Phrase, clock: &Clock) -> bool {
    phrase.when.day.is_some_and(|day| day < clock.today()) && phrase.every.is_none()
}

/// A date with its year is one, past or not.
pub(super) fn is_dated(said: &[Word]) -> bool {
    said.iter().any(|word| word.key.chars().filter(char::is_ascii_digit).count() >= 4)
}

/// "in 20 minutes"
fn in_length(words: &[Word]) -> bool {
    words.len() > 2 && words.first().is_some_and(|word| word.is(&["in", "within"]))
}

/// Capitals where nobody writes them: the words are a name ("The Day After Tomorrow").
pub(super) fn is_capitalised(phrase: &Phrase, words: &[Word]) -> bool {
    const NAMES: &[&str] = &["eve", "day", "year", "years", "good", "boxing", "new", "i", "easter"];
    let inside = phrase.start..phrase.end;
    let common = |word: &&Word| {
        word.key.chars().all(char::is_alphabetic)
            && !NAMES.contains(&word.key.as_str())
            && word.text.chars().skip(1).all(char::is_lowercase)
            && !is_name_of_time(&word.key)
            // A word of another language has the key of what it means, and its nouns have capitals.
            && word.text.to_lowercase() == word.key
    };
    let capitals = words
        .iter()
        .enumerate()
        .filter(|(at, word)| *at > 0 && inside.contains(at) && common(word) && word.is_capital())
        .count();
    // Where everything has capitals, they say nothing.
    let mut others = words
        .iter()
        .enumerate()
        .filter(|(at, word)| *at > 0 && !inside.contains(at) && word.key.chars().all(char::is_alphabetic))
        .peekable();
    let titled = others.peek().is_some() && others.all(|(_, word)| word.is_capital());
    capitals > 0 && inside.len() > 1 && !titled
}

fn is_name_of_time(key: &str) -> bool {
    const NAMES: &[&str] = list![
        monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
        september october november december christmas halloween thanksgiving xmas
    ];
    NAMES.iter().any(|name| *name == key || (key.len() >= 3 && name.starts_with(key)))
}
