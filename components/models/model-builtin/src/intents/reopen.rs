//! Making a done task open again: `reopen the report`, `it's not done yet`.

use std::sync::LazyLock;

use super::target::targets;
use super::{Intent, Target, TaskAction};
use crate::text::{Patterns, Word, base_form, is_task_verb};

static REOPEN: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        reopen|uncomplete|un-complete|uncheck|untick|unmark|restore|reactivate|unfinish|undone|resurrect {x} [again]
        open {x} again
        undo {x}
        bring back {x}
        bring {x} back
        mark|set|flag|change|put {x} [back] as|to [be] (not done|undone|open|incomplete|unfinished|not complete|not completed|not finished|todo|to do|pending|active|uncompleted|not done yet|open again)
        put {x} back (on|onto|to|in) [my|the] list
        (make|set|mark) {x} (active|open) again
        (i didnt|i did not|i havent|i have not|i never|we didnt|we havent) [actually|really|yet] (finish|finished|do|done|complete|completed|get done) {x} [yet]
        {x} (is not|isnt|was not|wasnt|arent|are not|werent) [actually|really|yet] (done|finished|complete|completed|ready) [yet|after all|at all]
        {x} not done|finished [yet|after all]
        {x} not yet
        {x} (is|are) [still] (open again|undone|back on|back open|not done after all)
        (im not|i am not) [actually|really] (done|finished) with {x} [yet]
        ",
    )
});

static IT: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        [its|it is|thats|that is] (not|not actually|not really) (done|finished|complete|completed) [yet|after all|at all]
        (it isnt|that isnt|it wasnt) (done|finished) [yet]
        [no] (im not|i am not) (done|finished) [yet|with it]
        ",
    )
});

/// Reads a request to make a task open again.
pub fn read(words: &[Word]) -> Option<Intent> {
    if words.last().is_some_and(|word| word.trail.contains('?')) {
        return None;
    }
    if IT.hit(words) {
        return Some(Intent::ApplyToTargets { action: TaskAction::Reopen, targets: vec![Target::It] });
    }
    let said = REOPEN.first(words).map(|found| targets(found.get("x"))).or_else(|| undid(words));
    let targets = said.filter(|targets| !targets.is_empty())?;
    Some(Intent::ApplyToTargets { action: TaskAction::Reopen, targets })
}

/// "i haven't paid the rent yet"
fn undid(words: &[Word]) -> Option<Vec<Target>> {
    static HAVE_NOT: LazyLock<Patterns> = LazyLock::new(|| {
        Patterns::new(
                "
                (i havent|i have not|i didnt|i did not|i never|we havent|we didnt) [actually|really|yet] {x} [yet|after all|at all]
                ",
            )
    });
    // "rent isn't paid yet"
    static IS_NOT: LazyLock<Patterns> = LazyLock::new(|| {
        Patterns::new(
            "{x} (isnt|is not|arent|are not|wasnt|was not|hasnt been|has not been|havent been|have not been) [actually|really|yet] {verb} [yet|after all|at all]",
        )
    });
    let passive = IS_NOT.matches(words).into_iter().find_map(|found| {
        let [verb] = found.get("verb") else { return None };
        base_form(&verb.key).is_some().then(|| targets(found.get("x")))
    });
    if passive.is_some() {
        return passive;
    }
    HAVE_NOT.matches(words).into_iter().rev().find_map(|found| {
        let (verb, rest) = found.get("x").split_first()?;
        (base_form(&verb.key).is_some() || is_task_verb(&verb.key)).then(|| targets(rest))
    })
}
