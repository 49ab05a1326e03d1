//! The next page of a list.

use std::sync::LazyLock;

use super::Intent;
use crate::text::{Patterns, Word};

static MORE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        [show|see|list|give|and|any] [me] [some|the] more [tasks|items|of them|results|please|pls|todos]
        [show|see|list|give|and] [me] [the] (next page|rest|next ones|next ten|next 10|others|other ones|remaining ones|next|rest of them|rest of the list)
        (continue|go on|keep going|load more|next page|are there more|is there more|whats next on the list|and then)
        page (2|3|two|three)
        ",
    )
});

/// Reads a request for the next page.
pub fn read(words: &[Word]) -> Option<Intent> {
    MORE.hit(words).then_some(Intent::More)
}
