//! "I meant bread": what was done with one task shall be done with another.

use std::sync::LazyLock;

use task_language::{Clock, whole};

use super::target::targets;
use super::{Intent, Target};
use crate::text::{Patterns, Word};

static INSTEAD: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        [no|oops|sorry|wait|actually|not that] (i meant|i mean|i was talking about|it should have been) {x}
        not the {old} the|my {x}
        (not that one but|not that but|no not that one) {x}
        {x} (not that one|instead of that) [sorry]
        no|oops|sorry|nope|wait [no|wait|not that] the|my {x}
        ",
    )
});

/// Reads a correction of the task that was meant.
pub fn read(words: &[Word], clock: &Clock) -> Option<Intent> {
    let targets = INSTEAD.matches(words).into_iter().find_map(|found| {
        let said = found.get("x");
        let named = targets(said);
        let all = !named.is_empty()
            && !said.iter().any(|word| word.is(&["is", "are", "was", "isnt", "not", "to", "has"]))
            && named.iter().all(|target| matches!(target, Target::Named { .. } | Target::Places(_)));
        (all && said.len() <= 8 && whole(said, clock).is_none()).then_some(named)
    })?;
    Some(Intent::Instead(targets))
}
