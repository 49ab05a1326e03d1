//! How well a task fits what a person calls it. The same words, or forms of them, mean the task; words that are only like
//! them are asked about.

use strsim::osa_distance;
use task_language::list;

use super::Task;
use crate::text::{Word, base_form, gerund_base, is_task_verb};

/// Words that say nothing about which task is meant.
const EMPTY: &[&str] = list![
    the a an my our your this that these those to of for with about on in at from by and or task tasks todo todos
    item items one ones reminder thing things it is was be i me some any all called named entry stuff now already
    just anyone anybody someone somebody anything something else later soon today again up off
];

/// Words that may be said beside those of the title: what the task is, or what was done.
const VAGUE: &[&str] =
    &["appointment", "meeting", "finish", "do", "get", "complete", "have", "go", "make", "handle"];

/// Words that mean the same.
const SAME: &[(&str, &str)] =
    &[("prep", "prepare"), ("appt", "appointment"), ("mum", "mom"), ("tel", "phone")];

/// Words that are both real, though a letter apart.
const CONFUSABLE: &[&str] = list![
    contact contract desert dessert brother bother winner winter planet planner planter letter latter ladder
    counsel council statue status statute through thorough weather whether product produce printer painter pointer
    poster posture charger changer insure ensure invoice invite angle angel dairy diary quiet quite united untied
    silver sliver reserve reverse marital martial casual causal trial trail mother presence presents patients
    director directory inventory invention medical medicinal
];

/// Fitting better than another by less than this is fitting about equally.
const ABOUT_EQUAL: f64 = 0.1;

/// How two words are alike.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
enum Alike {
    Not,
    /// A letter or two apart: perhaps another word.
    Near,
    /// The same word, a form of it, or plainly a slip.
    Same,
}

/// The tasks that fit: those that are meant, and those that may be.
#[derive(Debug, Clone, Default)]
pub struct Matches {
    pub exact: Vec<Task>,
    pub near: Vec<Task>,
}

/// The words that say which task is meant, in lower case.
pub fn content_words(words: &[Word]) -> Vec<String> {
    let all: Vec<String> = words.iter().flat_map(|word| parts(owner(&word.text))).collect();
    let content: Vec<String> = all.iter().filter(|word| !EMPTY.contains(&word.as_str())).cloned().collect();
    if content.is_empty() { all } else { content }
}

/// "rent's due date" is about rent.
fn owner(text: &str) -> &str {
    text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(text)
}

fn parts(text: &str) -> Vec<String> {
    let lower = text.to_lowercase().replace(['\'', '’'], "");
    lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Words that lead into what a task is for, with whom or where: "Prepare slides | for the meeting".
const COMPLEMENT: &[&str] = list![for about with to from at in on before after];

/// Where the words of a title begin that only say what it is for, after at least two that say what it is.
fn complement(title: &[String]) -> usize {
    let said = |at: usize| title.iter().take(at).filter(|word| !EMPTY.contains(&word.as_str())).count();
    let begins = |at: &usize| title.get(*at).is_some_and(|word| COMPLEMENT.contains(&word.as_str()));
    (0..title.len()).filter(begins).find(|at| said(*at) >= 2).unwrap_or(title.len())
}

/// The words of a title that say what it is, without what it is for.
pub fn head_words(title: &str) -> Vec<String> {
    let mut words = parts(title);
    words.truncate(complement(&words));
    words.retain(|word| !EMPTY.contains(&word.as_str()));
    words
}

/// The task is called just so, but for words that say nothing.
pub fn is_exactly(wanted: &[String], task: &Task) -> bool {
    let mut title = parts(&task.title);
    title.retain(|word| !EMPTY.contains(&word.as_str()));
    !title.is_empty()
        && title.len() == wanted.len()
        && title.iter().zip(wanted).all(|(word, wanted)| alike(wanted, word) == Alike::Same)
}

/// How much of what was said is in the task, from 0 to 1.15, and whether all of it is.
fn fit(wanted: &[String], task: &Task) -> (f64, Alike) {
    let title = parts(&task.title);
    let notes = task.notes.as_deref().map(parts).unwrap_or_default();
    let best = |words: &[String], wanted: &str| {
        words
            .iter()
            .map(|word| alike(wanted, word))
            .fold(Alike::Not, |best, next| if next > best { next } else { best })
    };
    let (mut sum, mut used, mut near, mut missing, mut named) = (0.0, 0, 0, 0, false);
    for word in wanted {
        let vague = VAGUE.contains(&word.as_str());
        let (in_title, in_labels, in_notes) =
            (best(&title, word), best(&task.labels, word), best(&notes, word));
        used += usize::from(in_title > Alike::Not);
        let verb = is_task_verb(word) || base_form(word).is_some();
        match in_title {
            Alike::Same => {
                sum += 1.0;
                named |= !verb || wanted.len() == 1;
            }
            _ if in_labels == Alike::Same => {
                sum += 0.9;
                named = true;
            }
            _ if in_notes == Alike::Same => {
                sum += 0.6;
                named = true;
            }
            Alike::Near => {
                sum += 0.6;
                near += 1;
                named = true;
            }
            Alike::Not if vague => sum += 0.5,
            Alike::Not => missing += 1,
        }
    }
    let share = |count: usize, of: usize| count as f64 / of.max(1) as f64;
    let score = sum / wanted.len().max(1) as f64 + 0.15 * share(used.min(title.len()), title.len());
    // "The meeting" is not the slides for it.
    let head = title.get(..complement(&title)).unwrap_or_default();
    let beside = head.len() < title.len()
        && used > 0
        && wanted
            .iter()
            .all(|word| best(head, word) == Alike::Not && best(&task.labels, word) != Alike::Same);
    let alike = match (missing, near) {
        _ if beside && missing * 2 <= wanted.len() => Alike::Near,
        _ if used == 0 && sum < 0.6 => Alike::Not,
        (0, 0) => Alike::Same,
        // Of what was said, at least half is there, and not only a verb.
        _ if named && missing * 2 <= wanted.len() => Alike::Near,
        _ => Alike::Not,
    };
    (score, alike)
}

fn alike(wanted: &str, word: &str) -> Alike {
    if wanted == word || is_form(wanted, word) {
        return Alike::Same;
    }
    let (short, long) =
        (wanted.chars().count().min(word.chars().count()), wanted.chars().count().max(word.chars().count()));
    if short < 3 || wanted.chars().all(|c| c.is_ascii_digit()) || word.chars().all(|c| c.is_ascii_digit()) {
        return Alike::Not;
    }
    let first = wanted.chars().next() == word.chars().next();
    let distance = osa_distance(wanted, word);
    let real = CONFUSABLE.contains(&wanted) || CONFUSABLE.contains(&word);
    if first && distance == 1 && !real && (is_swapped(wanted, word) && long >= 6 || long >= 8 && short < long)
    {
        return Alike::Same;
    }
    let allowed = if long <= 6 { 1 } else { 2 };
    let begins = word.starts_with(wanted) || wanted.starts_with(word);
    if distance <= allowed && (first || distance == 1) || begins { Alike::Near } else { Alike::Not }
}

/// The same word, or perhaps another one that is only like it.
pub fn is_like(wanted: &str, word: &str) -> bool {
    alike(wanted, word) > Alike::Not
}

/// The same letters, two of them the other way round.
fn is_swapped(a: &str, b: &str) -> bool {
    a.chars().count() == b.chars().count() && {
        let sorted = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.sort_unstable();
            letters
        };
        sorted(a) == sorted(b)
    }
}

/// A plural, a past, another form of the word.
pub fn is_form(wanted: &str, word: &str) -> bool {
    let stem = |text: &str| {
        let text = text.strip_suffix("ies").map_or_else(|| text.to_owned(), |stem| format!("{stem}y"));
        let es = text
            .strip_suffix("es")
            .filter(|stem| stem.ends_with(['s', 'x', 'z', 'h', 'o']))
            .map(str::to_owned);
        let s = text
            .strip_suffix('s')
            .filter(|stem| stem.chars().count() > 2 && !stem.ends_with('s'))
            .map(str::to_owned);
        es.or(s).unwrap_or(text)
    };
    let bases = |text: &str| {
        let mut bases = vec![text.to_owned(), stem(text)];
        bases.extend([base_form(text), gerund_base(text)].into_iter().flatten().map(str::to_owned));
        bases.extend(SAME.iter().filter(|(short, _)| *short == text).map(|(_, long)| (*long).to_owned()));
        bases
    };
    let of_word = bases(word);
    bases(wanted).iter().any(|base| of_word.contains(base))
}

/// The tasks that fit best, about equally, best first. A title that is just what was said wins over titles that hold more.
pub fn best_matches(wanted: &[String], tasks: &[Task]) -> Matches {
    let called: Vec<Task> = tasks.iter().filter(|task| is_exactly(wanted, task)).cloned().collect();
    if !called.is_empty() {
        return Matches { exact: called, near: Vec::new() };
    }
    let mut scored: Vec<(f64, Alike, &Task)> = tasks
        .iter()
        .map(|task| {
            let (score, alike) = fit(wanted, task);
            (score, alike, task)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let best = |kind: Alike| -> Vec<Task> {
        let of_kind: Vec<_> = scored.iter().filter(|(_, alike, _)| *alike == kind).collect();
        let top = of_kind.first().map_or(0.0, |(score, ..)| *score);
        of_kind
            .into_iter()
            .take_while(|(score, ..)| top - score < ABOUT_EQUAL)
            .map(|(_, _, task)| (*task).clone())
            .collect()
    };
    Matches { exact: best(Alike::Same), near: best(Alike::Near) }
}

/// The candidates that the words describe better than the others.
pub fn among(words: &[String], candidates: &[Task]) -> Vec<Task> {
    // Words that all candidates share say nothing about which of them is meant.
    let shared =
        |word: &String| candidates.iter().all(|task| fit(std::slice::from_ref(word), task).1 != Alike::Not);
    let telling: Vec<String> = words.iter().filter(|word| !shared(word)).cloned().collect();
    if telling.is_empty() {
        return Vec::new();
    }
    let found = best_matches(&telling, candidates);
    if found.exact.is_empty() { found.near } else { found.exact }
}
