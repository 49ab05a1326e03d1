//! What people say around a request: greetings, please, thanks.

use std::sync::LazyLock;

use super::{Match, Patterns, Word};

static BEFORE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        hey|hi|hello (there|assistant|bot|again) {rest}
        hey|hi|hello|yo|ok|okay|okey|alright|right|so|well|oh|um|uh|hmm|and|also|then|plus|btw|sorry|oops|whoops|like|yeah {rest}
        (one more thing|one other thing|another thing|last thing|next thing|quick one|one last thing) {rest}
        please|pls|kindly|just|quickly|now {rest}
        (can|could|would|will) you [please|pls|kindly|just|quickly] {rest}
        (you can|you may|you could|you should|you might) [please|now|just|also] {rest}
        (turns out|it turns out|as it turns out|fyi|for the record|guess what|good news|bad news|heads up|i think|i guess|it seems|it looks like|looks like) [that] {rest}
        would you mind {rest}
        (can|could|may) i [please] (get|ask) you to {rest}
        (i would like|id like|i want|i need|id love) you to {rest}
        (i would like|id like|i want|id love|i wanna) to (see|know|delete|mark|rename|change|add|get an overview of) {rest}
        lets {rest}
        (let us) {rest}
        (go ahead and) {rest}
        (by the way) {rest}
        (do me a favor|do me a favour) [and] {rest}
        ",
    )
});

static AFTER: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        {rest} [many] please|pls|thanks|thx|ty|cheers
        {rest} (as well|too)
        {rest} (all good|no problem|phew|yay|woohoo|at last)
        {rest} (please and thank you|please and thanks|thank you|thanks a lot|thx a lot|thanks so much|many thanks)
        {rest} (for me|if you can|if possible|if you could|would you|could you|will you|can you|by the way|btw)
        ",
    )
});

/// Verbs that stay with what "want to" was said before.
static WANTED: LazyLock<Patterns> =
    LazyLock::new(|| Patterns::new("(i would like|id like|i want|id love|i wanna) to {rest}"));

/// The words without what was only polite. Never empty when something else was said.
pub fn without_politeness(words: &[Word]) -> &[Word] {
    let mut rest = words;
    while let Some(inner) = strip_once(&BEFORE, rest).or_else(|| strip_once(&AFTER, rest)) {
        rest = inner;
    }
    rest
}

fn strip_once<'a>(patterns: &Patterns, words: &'a [Word]) -> Option<&'a [Word]> {
    let found: Match<'a> = patterns.first(words)?;
    let rest = found.get("rest");
    let wanted = WANTED.first(words).map(|wish| wish.get("rest"));
    // "I would like to delete it" is the wish to delete it, so the verb stays.
    match wanted {
        Some(wish) if wish.len() > rest.len() => Some(wish),
        _ => (!rest.is_empty()).then_some(rest),
    }
}
