//! How well a task fits what a person calls it: whole words, beginnings, plurals and typos.

use strsim::osa_distance;

use super::Task;
use crate::text::{Word, base_form, gerund_base};

/// Words that say nothing about which task is meant.
const EMPTY: &[&str] = &[
    "the", "a", "an", "my", "our", "your", "this", "that", "these", "those", "to", "of", "for", "with",
    "about", "on", "in", "at", "from", "by", "and", "or", "task", "tasks", "todo", "todos", "item", "items",
    "one", "ones", "reminder", "thing", "things", "it", "is", "was", "be", "i", "me", "some", "any", "all",
    "called", "named", "entry",
];

/// Fitting better than another by less than this is fitting about equally.
const ABOUT_EQUAL: f64 = 0.1;

/// The words that say which task is meant, in lower case.
pub fn content_words(words: &[Word]) -> Vec<String> {
    let all: Vec<String> = words.iter().flat_map(|word| parts(owner(&word.text))).collect();
    let content: Vec<String> = all.iter().filter(|word| !EMPTY.contains(&word.as_str())).cloned().collect();
    if content.is_empty() { all } else { content }
}

/// "rent's due date" is about rent.
fn owner(text: &str) -> &str {
    text.strip_suffix("'s").unwrap_or(text)
}

fn parts(text: &str) -> Vec<String> {
    let lower = text.to_lowercase().replace(['\'', '’'], "");
    lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// From 0 (nothing in common) to about 1.15 (all words found, and nothing else in the title).
pub fn similarity(wanted: &[String], task: &Task) -> f64 {
    if wanted.is_empty() {
        return 0.0;
    }
    let title = parts(&task.title);
    let notes = task.notes.as_deref().map(parts).unwrap_or_default();
    let mut used = 0;
    let mut sum = 0.0;
    for word in wanted {
        let in_title = title.iter().map(|other| word_similarity(word, other)).fold(0.0, f64::max);
        let in_labels =
            task.labels.iter().map(|label| 0.9 * word_similarity(word, label)).fold(0.0, f64::max);
        let in_notes = notes.iter().map(|other| 0.6 * word_similarity(word, other)).fold(0.0, f64::max);
        used += usize::from(in_title > 0.0);
        sum += in_title.max(in_labels).max(in_notes);
    }
    let share = |count: usize, of: usize| count as f64 / of.max(1) as f64;
    sum / wanted.len() as f64 + 0.15 * share(used.min(title.len()), title.len())
}

/// From 0 (different words) to 1 (the same word).
fn word_similarity(wanted: &str, word: &str) -> f64 {
    if wanted == word {
        return 1.0;
    }
    let (short, long) =
        (wanted.chars().count().min(word.chars().count()), wanted.chars().count().max(word.chars().count()));
    let stem = |text: &str| text.trim_end_matches("es").trim_end_matches('s').to_owned();
    if short >= 3
        && (stem(wanted) == stem(word)
            || [base_form(wanted), gerund_base(wanted), base_form(word), gerund_base(word)]
                .into_iter()
                .flatten()
                .any(|base| base == word || base == wanted))
    {
        return 0.97;
    }
    if short >= 3 && (word.starts_with(wanted) || wanted.starts_with(word)) {
        return 0.9;
    }
    let allowed = match long {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    };
    let first = wanted.chars().next() == word.chars().next();
    let distance = osa_distance(wanted, word);
    if distance <= allowed && (first || distance == 1) { 0.8 } else { 0.0 }
}

/// The tasks that fit best, about equally, best first; none when nothing fits by `least`. A title that is just what
/// was said wins over titles that hold more.
pub fn best_matches(wanted: &[String], tasks: &[Task], least: f64) -> Vec<Task> {
    let exact: Vec<Task> = tasks.iter().filter(|task| is_exactly(wanted, task)).cloned().collect();
    if !exact.is_empty() {
        return exact;
    }
    let mut scored: Vec<(f64, &Task)> = tasks.iter().map(|task| (similarity(wanted, task), task)).collect();
    scored.retain(|(fit, _)| *fit >= least);
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let top = scored.first().map_or(0.0, |(fit, _)| *fit);
    scored.into_iter().take_while(|(fit, _)| top - fit < ABOUT_EQUAL).map(|(_, task)| task.clone()).collect()
}

fn is_exactly(wanted: &[String], task: &Task) -> bool {
    let mut title = parts(&task.title);
    title.retain(|word| !EMPTY.contains(&word.as_str()));
    !title.is_empty() && title == wanted
}
