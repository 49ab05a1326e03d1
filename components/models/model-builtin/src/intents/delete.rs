//! Deleting: `delete wash the car`, `I don't need groceries anymore`, `take milk off my list`.

use std::sync::LazyLock;

use super::target::targets;
use super::{Intent, TaskAction};
use crate::text::{Patterns, Word};

static DELETE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        delete|remove|erase|trash|bin|discard|scrap|drop|kill|del|rm|ditch|dump|cancel|nuke|chuck|wipe|clear [out] {x} [from|off|of|out] [of] [my|the] [list|tasks|todos|todo list|to do list]
        (get rid of|throw away|throw out|cross out|forget about|forget|never mind about|nevermind|never mind|do away with) {x}
        take|strike|pull|knock {x} (off|from|out of|off of) [my|the] list|tasks|todos|todo [list]
        take|strike|pull|knock|remove|delete {x} (off|from|out of|off of) the|my|our {name} list
        take {x} off
        [i|we] (dont need|do not need|no longer need|dont want|no longer want|dont have|no longer have) [to] [do|have] {x} [anymore|any more|any longer|now|after all|on my list]
        {x} (is|are|was|were|got|has been|have been) (no longer needed|not needed|not needed anymore|no longer necessary|not necessary|obsolete|cancelled|canceled|irrelevant|off|called off|not relevant anymore|no longer relevant)
        (no need for|no need to) {x} [anymore|any more]
        ",
    )
});

/// Reads a request to delete tasks.
pub fn read(words: &[Word]) -> Option<Intent> {
    // "cancel netflix by friday" is something to do.
    if words.first()?.is(&["cancel"]) && words.iter().any(|word| word.is(&["by", "before"])) {
        return None;
    }
    let mut found = DELETE.matches(words).into_iter().map(|found| targets(found.get("x")));
    let targets = found.find(|targets| !targets.is_empty())?;
    Some(Intent::ApplyToTargets { action: TaskAction::Delete, targets })
}
