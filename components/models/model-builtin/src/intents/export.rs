//! Exporting: `export my tasks`, `download everything as csv`.

use std::sync::LazyLock;

use super::Intent;
use crate::text::{Patterns, Word};

static EXPORT: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        export|download [all] [of] [my|the] tasks|todos|list|everything [as|to|in|into] [a] [markdown|md|csv|json|spreadsheet|text] [file|format|document] [please|pls]
        (back up|backup|save) [all] [of] [my|the] tasks|todos|everything [please|pls|to a file]
        (give|send|show) me [all] [of] [my|the] tasks|todos|list|everything as|in [a] markdown|md|csv|json|spreadsheet [file|format|document] [please|pls]
        export|download [all] [of] [my|the] (todo list|to do list|task list) [as|to|in|into] [a] [markdown|md|csv|json|spreadsheet|text] [file|format|document] [please|pls]
        ",
    )
});

/// Reads a request for a document of all tasks.
pub fn read(words: &[Word]) -> Option<Intent> {
    let says = |names: &[&str]| words.iter().any(|word| word.is(names));
    EXPORT.hit(words).then(|| {
        Intent::Export(match () {
            () if says(&["csv", "spreadsheet"]) => "csv",
            () if says(&["json"]) => "json",
            () => "markdown",
        })
    })
}
