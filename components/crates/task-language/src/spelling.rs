//! Misspellings that are mended before rules look at a word. The words of a title stay as typed.

use strsim::osa_distance;

/// Short forms and usual slips.
const CORRECTIONS: &[(&str, &str)] = &[
    ("&", "and"),
    ("+", "and"),
    ("n", "and"),
    ("2day", "today"),
    ("tday", "today"),
    ("2moro", "tomorrow"),
    ("2morrow", "tomorrow"),
    ("2mrw", "tomorrow"),
    ("tmr", "tomorrow"),
    ("tmrw", "tomorrow"),
    ("tmw", "tomorrow"),
    ("tomo", "tomorrow"),
    ("morow", "tomorrow"),
    ("2nite", "tonight"),
    ("2night", "tonight"),
    ("tonite", "tonight"),
    ("ad", "add"),
    ("addd", "add"),
    ("dd", "add"),
    ("lst", "list"),
    ("shw", "show"),
    ("lable", "label"),
    ("labell", "label"),
    ("tsk", "task"),
    ("tasl", "task"),
    ("taskes", "tasks"),
    ("to-do", "todo"),
    ("to-dos", "todos"),
    ("re-open", "reopen"),
    ("u", "you"),
    ("ur", "your"),
    ("plz", "pls"),
    ("plse", "pls"),
    ("pleas", "please"),
    ("plase", "please"),
    ("thnx", "thx"),
    ("tnx", "thx"),
    ("thanx", "thx"),
    ("wat", "what"),
    ("wats", "whats"),
    ("mak", "mark"),
    ("donw", "done"),
    ("dne", "done"),
    ("prio", "priority"),
    ("hi-pri", "high"),
    ("w/", "with"),
    ("abt", "about"),
    ("b4", "before"),
    ("til", "until"),
    ("till", "until"),
    ("wknd", "weekend"),
    ("nxt", "next"),
    ("mins", "minutes"),
    ("min", "minutes"),
    ("hrs", "hours"),
    ("hr", "hours"),
    ("wk", "week"),
    ("wks", "weeks"),
    ("@", "at"),
    ("dew", "due"),
    ("mov", "move"),
    ("hav", "have"),
    ("compleet", "complete"),
];

/// Words worth mending when one or two letters are off: long enough that few other words are near.
const LONG_WORDS: &[&str] = list![
    tomorrow tonight monday tuesday wednesday thursday friday saturday sunday weekend january february september
    october november december forget remind reminder complete completed delete remove finish finished reopen rename
    reschedule postpone priority urgent overdue important everything afternoon evening morning midnight
];

/// Short words in which two letters are often typed the other way round; no such slip is a word.
const SWAPPED_WORDS: &[&str] = list![
    the with done show move mark when what next week list task tasks finish today delete every remind thanks
];

/// Words near one of `LONG_WORDS` that mean themselves.
const CORRECT_WORDS: &[&str] = list![
    forgot forged forges forgets deleted removed renamed completes removes deletes reminds reminded reminders
    sundays mondays tuesdays fridays thursdays saturdays wednesdays weekends weekday mornings evenings finishes
    finish morning mourning remover remand remote removal priorities prioritise prioritize postponed reopened
    rescheduled sundae moaning unimportant removing deleting renaming mornin relate compete competed tonights
    tomorrows todays evenin completely completing finis afternoons urgently importance
];

/// The word meant, when this one is a usual slip for another.
pub fn corrected(key: &str) -> Option<&'static str> {
    if let Some((_, meant)) = CORRECTIONS.iter().find(|(slip, _)| *slip == key) {
        return Some(meant);
    }
    let swapped = |word: &&&str| {
        word.len() == key.len() && osa_distance(key, word) == 1 && {
            let letters = |text: &str| text.bytes().fold(0_u32, |sum, byte| sum + u32::from(byte));
            letters(word) == letters(key)
        }
    };
    if let Some(word) = SWAPPED_WORDS.iter().find(swapped) {
        return Some(word);
    }
    if !(5..=11).contains(&key.len())
        || !key.bytes().all(|b| b.is_ascii_lowercase())
        || CORRECT_WORDS.contains(&key)
        || LONG_WORDS.contains(&key)
    {
        return None;
    }
    let near = LONG_WORDS.iter().copied().filter(|word| {
        let first = word.as_bytes().first() == key.as_bytes().first();
        let allowed = if word.len() >= 8 { 2 } else { 1 };
        first && osa_distance(key, word) <= allowed
    });
    near.min_by_key(|word| osa_distance(key, word))
}
