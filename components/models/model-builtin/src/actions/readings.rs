//! What is said of how a new task was read.

use super::Context;
use super::add::due_of;
use crate::replies::escaped;
use crate::tasks::Task;
use task_language::{Draft, Recurrence};

/// What was read in one of several ways, and what can't be done.
pub fn readings(drafts: &[Draft], added: &[Task], context: &Context<'_, '_>) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for when in drafts.iter().filter_map(|draft| draft.when.as_ref()) {
        let Some(day) = when.day else { continue };
        if let Some(digits) = &when.ambiguous {
            said.push(format!(
                "I read {digits} as {}; say “no, on {}” if you meant the other way round.",
                day.strftime("%-d %B"),
                other_reading(day)
            ));
        }
        if let Some(weekday) = when.mismatch {
            let date = day.strftime("%-d %B is a %A");
            said.push(format!("{date}, not a {weekday:?}: say “no, on {weekday:?}” if you meant that."));
        }
    }
    if let Some(every) = drafts.iter().find_map(|draft| draft.every.as_ref()) {
        let dated = drafts.iter().any(|draft| due_of(draft, context).is_some());
        let words = added.iter().find_map(|task| task.repeats().map(str::to_owned));
        let once = if dated { "this is for the first time only" } else { "I added it once, without a date" };
        said.push(match (repeats(every, context), every.times) {
            (true, _) => format!("It repeats {}.", words.unwrap_or_else(|| every.words())),
            (false, Some(_)) => format!(
                "I can't repeat it {} without knowing the days, so {once}. “Make it repeat every Monday and Thursday” says them.",
                every.words()
            ),
            (false, None) => format!("I can't repeat tasks yet, so {once}."),
        });
    }
    if let Some(list) = drafts.iter().find_map(|draft| draft.list.as_deref())
        && !context.calls.offers("list_lists")
    {
        said.push(format!("There is one list only, so I labelled what goes on “{}”.", escaped(list)));
    }
    said.dedup();
    said
}

/// The tool takes repetitions, and this is one that a rule can say.
pub fn repeats(every: &Recurrence, context: &Context<'_, '_>) -> bool {
    every.times.is_none() && context.calls.takes("add_task", "recurrence")
}

/// 5 March ↔ May 3, as a person would correct it.
fn other_reading(day: jiff::civil::Date) -> String {
    let swapped = jiff::civil::Date::new(day.year(), day.day(), day.month());
    swapped.map_or_else(|_| "the other day".to_owned(), |day| day.strftime("%-d %B").to_string())
}
