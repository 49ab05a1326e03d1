//! Doing again what was taken back, and what was done lately.

use std::sync::LazyLock;

use super::Intent;
use crate::text::{Patterns, Word};

static REDO: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        [no|oops|wait|actually] redo [that|it|this|the last one|the last change|my last change|last|last change|the last thing] [please|pls]
        [no|oops|wait|actually] undo the undo [please|pls]
        ",
    )
});

static LATELY: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        what did i do [today|lately|recently|just now|so far|so far today]
        what (changed|was changed|has changed|did i change|have i changed) [today|lately|recently|just now]
        [show|list|give] [me] [my|the] (recent|latest|last) (changes|actions|activity) [please|pls]
        ",
    )
});

/// Reads a request to do again what was taken back, or for what was done lately.
pub fn read(words: &[Word]) -> Option<Intent> {
    if REDO.hit(words) {
        return Some(Intent::Redo);
    }
    let is_today = words.iter().any(|word| word.is(&["today"]));
    LATELY.hit(words).then_some(Intent::DoneLately { is_today })
}
