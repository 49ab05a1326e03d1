//! Taking the last change back.

use std::sync::LazyLock;

use super::Intent;
use crate::text::{Patterns, Word};

static UNDO: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        [no|oops|wait|actually] undo|revert|unundo [that|it|this|the last one|the last change|the last thing|my last change|last|last change|last action|the last action] [please|pls]
        [no|oops|wait] (take that back|take it back|go back|put it back|put that back|change it back|bring it back|restore it|restore that|restore it please|undelete it|undelete that|i need that|i still need that|i need it|i still need it|roll back|roll that back)
        (that|this|it) was (a mistake|wrong|an accident|not what i meant|by accident)
        [no|oops|wait] (i didnt mean that|i did not mean that|not that|not that one|not this one|the wrong one|wrong task|my mistake|by mistake|that was wrong|wrong one)
        [no|oops|wait|actually|ok|oh] (cancel that|scrap that|scratch that|strike that|reverse that|cancel the last one|undo the last one|i take that back|that was the wrong one|that was the wrong task)
        ",
    )
});

/// Reads a request to take the last change back.
pub fn read(words: &[Word]) -> Option<Intent> {
    UNDO.hit(words).then_some(Intent::Undo)
}
