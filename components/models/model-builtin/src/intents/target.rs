//! Which task is meant: by its words, by its place in the last list, or "it".

use std::sync::LazyLock;

use crate::tasks::content_words;
use crate::text::{Patterns, Word, is_task_verb, join};
use task_language::{number, ordinal};

/// Which task is meant.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// The one that these words describe.
    Named {
        /// As said, for replies.
        said: String,
        /// The words to look for.
        words: Vec<String>,
    },
    /// The ones at these places of the last list, from 1; 0 is the last.
    Places(Vec<usize>),
    /// The one just spoken of.
    It,
    /// All of those just shown or spoken of.
    Them,
    /// The one of two that was not just spoken of.
    Other,
}

static IT: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        it|that|this|one|task
        (that|this|the|the same|same|that last|the current) one|task|todo|item|thing
        (the last|the latest|the newest|my last) task|todo|item|one i|we [just] added|created|made|mentioned
        (the one|the task|that one|what) i|we|you [just] added|created|made|mentioned|said
        ",
    )
});

static THEM: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        them|both|these|those|all
        (both of|all of|each of|all) them|these|those|it
        (all|both) [of] [the|those|these] tasks|ones|two|three|four|five [tasks|ones]
        (these|those) [two|three|four|five] [tasks|ones|items]
        (the lot|the whole list|the whole lot|every one of them)
        ",
    )
});

static OTHER: LazyLock<Patterns> = LazyLock::new(|| Patterns::new("[the] other [one|task|ones|two]"));

static PLACE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        [the|my] {n} one|task|item|todo [on|in|from|of] [the|my|that] [list]
        [the|my] {n} [on|in|from|of] [the|my|that|them] [list]
        [the] number|no|nr|task|item|option|# {n}
        ",
    )
});

/// The tasks that the words mean; empty when they mean none.
pub fn targets(words: &[Word]) -> Vec<Target> {
    let words = without_frame(words);
    if words.is_empty() {
        return Vec::new();
    }
    if IT.hit(words) {
        return vec![Target::It];
    }
    if THEM.hit(words) {
        return vec![Target::Them];
    }
    if OTHER.hit(words) {
        return vec![Target::Other];
    }
    if let Some(places) = places(words) {
        return vec![Target::Places(places)];
    }
    parts(words).into_iter().filter_map(named).collect()
}

/// The one task that the words mean.
pub fn one(words: &[Word]) -> Option<Target> {
    match <[Target; 1]>::try_from(targets(words)) {
        Ok([target]) => Some(target),
        Err(_) => named(without_frame(words)),
    }
}

fn named(words: &[Word]) -> Option<Target> {
    let words = without_frame(words);
    let content = content_words(words);
    let says_something = content.iter().any(|word| word.chars().any(char::is_alphanumeric));
    (says_something && content.len() <= 20).then(|| Target::Named { said: join(words), words: content })
}

/// "the second one", "2", "1 and 3", "the first two", "#2", "number 4", "the last one".
pub fn places(words: &[Word]) -> Option<Vec<usize>> {
    static FIRST: LazyLock<Patterns> =
        LazyLock::new(|| Patterns::new("[the] (first|top) {n} [tasks|ones|items|of them]"));
    if let Some(count) = FIRST.first(words).and_then(|found| single(found.get("n")))
        && (2..=20).contains(&count)
        && !words.last()?.is(&["one", "task", "item"])
    {
        return Some((1..=count).collect());
    }
    if let Some(place) = place(words) {
        return Some(vec![place]);
    }
    let split: Vec<&[Word]> = parts(words);
    if split.len() < 2 {
        return None;
    }
    split.into_iter().map(place).collect()
}

fn place(words: &[Word]) -> Option<usize> {
    let words = match words.split_last() {
        Some((last, rest)) if last.is(&["please", "pls"]) => rest,
        _ => words,
    };
    single(words).or_else(|| PLACE.matches(words).into_iter().find_map(|found| single(found.get("n"))))
}

/// A place by one word.
fn single(words: &[Word]) -> Option<usize> {
    let [word] = words else { return None };
    if word.quoted || word.is(&["a", "an", "one", "zero", "0"]) {
        return None;
    }
    let key = word.key.trim_start_matches('#');
    if matches!(key, "last" | "latest" | "bottom") {
        return Some(0);
    }
    if matches!(key, "top" | "former") {
        return Some(1);
    }
    let place = number(key).filter(|_| !matches!(key, "couple")).or_else(|| ordinal(key))?;
    usize::try_from(place).ok().filter(|place| (1..=100).contains(place))
}

/// The words without what only says that a task follows: "the task called …", "my … task".
pub fn without_frame(words: &[Word]) -> &[Word] {
    static FRAME: LazyLock<Patterns> = LazyLock::new(|| {
        Patterns::new(
            "
            [the|my|a|that] task|todo|item|reminder|entry|one called|named|titled|about|for|to|with|saying|that|on|of {x}
            [the|my|a|that] task:|todo:|item:|reminder:|entry: {x}
            [the|my|that] task|todo|reminder {x}
            the|my|our|that|a|an|about|on|with {x}
            {x} [off|from|on|in] (my list|the list|my tasks|my todos|my todo list|the todo list|my to do list)
            {x} task|todo|item|reminder|thing
            {x} (one|now|already|today|finally|anymore|any more|any longer|yet|please|pls)
            ",
        )
    });
    if IT.hit(words) || THEM.hit(words) || OTHER.hit(words) || place(words).is_some() {
        return words;
    }
    match FRAME.first(words) {
        Some(found) if !found.get("x").is_empty() => without_frame(found.get("x")),
        _ => words,
    }
}

/// The words between commas and "and". A title that was said with its verb keeps its "and" when the parts would be
/// bare names ("call mom and dad").
fn parts(words: &[Word]) -> Vec<&[Word]> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, word) in words.iter().enumerate() {
        if word.is(&["and"]) {
            parts.push(words.get(start..at).unwrap_or_default());
            start = at + 1;
        } else if word.trail.contains(',') {
            parts.push(words.get(start..=at).unwrap_or_default());
            start = at + 1;
        }
    }
    parts.push(words.get(start..).unwrap_or_default());
    parts.retain(|part| !part.is_empty());
    let verbs = |part: &&[Word]| part.len() > 1 && part.first().is_some_and(|word| is_task_verb(&word.key));
    if parts.len() == 2 && parts.first().is_some_and(verbs) && !parts.get(1).is_some_and(verbs) {
        return vec![words];
    }
    parts
}
