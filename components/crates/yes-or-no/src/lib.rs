//! What a person's words mean as the answer to a question.
//!
//! Only words that say nothing but yes or no count. "Yes, but rename it first" is a request of its own: then the
//! question is dropped and nothing happens by mistake.

/// What a message means as the answer to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Do it.
    Yes,
    /// Don't.
    No,
    /// Something else.
    Other,
}

/// A longer message is no answer.
const MAX_WORDS: usize = 12;

/// A list of phrases, one in a line, in lower case, and what they say.
type Phrases = (&'static str, Reply);

/// Words that are a yes, and never part of a request.
const YES: Phrases = (include_str!("words/yes.txt"), Reply::Yes);

/// Words that are a no, and never part of a request.
const NO: Phrases = (include_str!("words/no.txt"), Reply::No);

/// All that agrees or refuses, and what is said beside it without changing it.
const ANSWERS: [Phrases; 5] = [
    YES,
    NO,
    (include_str!("words/agreeing.txt"), Reply::Yes),
    (include_str!("words/refusing.txt"), Reply::No),
    (include_str!("words/other.txt"), Reply::Other),
];

/// A yes that repeats what was asked about. Where nothing was asked, it is a request.
const REPEATING: Phrases = (include_str!("words/repeating.txt"), Reply::Yes);

/// Reads a message as the answer to a question.
#[must_use]
pub fn read(message: &str) -> Reply {
    read_by(&[&ANSWERS[..], &[REPEATING]].concat(), message)
}

/// Reads a message where no question is open: "delete it" is a request then, and no yes.
#[must_use]
pub fn read_unasked(message: &str) -> Reply {
    read_by(&ANSWERS, message)
}

/// Whether a word is a yes or a no by itself, whatever follows: "no, delete the other one".
#[must_use]
pub fn is_plain(word: &str) -> bool {
    [YES, NO].iter().any(|(phrases, _)| phrases.lines().any(|phrase| phrase == word))
}

fn read_by(lists: &[Phrases], message: &str) -> Reply {
    let words = words(message);
    if words.len() > MAX_WORDS {
        return Reply::Other;
    }
    let mut rest = words.as_slice();
    let (mut yes, mut no) = (false, false);
    while !rest.is_empty() {
        let found = lists
            .iter()
            .filter_map(|(phrases, reply)| longest(phrases, rest).map(|length| (length, *reply)))
            .max_by_key(|(length, _)| *length);
        let Some((length, reply)) = found else { return Reply::Other };
        yes |= reply == Reply::Yes;
        no |= reply == Reply::No;
        rest = rest.get(length..).unwrap_or_default();
    }
    match (yes, no) {
        (true, false) => Reply::Yes,
        (false, true) => Reply::No,
        _ => Reply::Other,
    }
}

/// The number of words in the longest of these phrases with which the words begin.
fn longest(phrases: &str, words: &[String]) -> Option<usize> {
    phrases
        .lines()
        .filter(|phrase| {
            phrase
                .split(' ')
                .enumerate()
                .all(|(place, word)| words.get(place).is_some_and(|said| said == word))
        })
        .map(|phrase| phrase.split(' ').count())
        .max()
}

/// Lower-case words without punctuation, one more than an answer can have at most.
fn words(message: &str) -> Vec<String> {
    message
        .to_lowercase()
        .replace('’', "'")
        .split(|character: char| !(character.is_alphanumeric() || character == '\''))
        .map(|word| word.trim_matches('\'').to_owned())
        .filter(|word| !word.is_empty())
        .take(MAX_WORDS + 1)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_only_agree_are_a_yes() {
        for message in [
            "yes",
            "Yes!",
            "YES PLEASE",
            "y",
            "yep",
            "sure",
            "ok",
            "ok do it",
            "okay, go ahead",
            "Confirm",
            "yes, delete it",
            "yeah delete them all please",
            "do it",
            "please do",
            "of course.",
            "sure thing",
            "yes yes yes",
            "I’m sure",
            "go for it 👍",
        ] {
            assert_eq!(read(message), Reply::Yes, "{message}");
        }
    }

    #[test]
    fn words_that_only_refuse_are_a_no() {
        for message in [
            "no",
            "No.",
            "nope",
            "no thanks",
            "No, thank you!",
            "don't",
            "don’t do it",
            "please don't delete it",
            "cancel that",
            "never mind",
            "oh no stop",
            "keep it please",
            "wait",
            "of course not",
            "not now",
            "hmm, better not",
        ] {
            assert_eq!(read(message), Reply::No, "{message}");
        }
    }

    #[test]
    fn anything_else_is_a_message_of_its_own() {
        for message in [
            "",
            "?",
            "👍",
            "yes but rename it first",
            "yes and add milk",
            "no, delete the other one",
            "yes no",
            "delete eggs",
            "delete all",
            "what do you mean",
            "yesterday",
            "ok what is due today",
            "please",
            "no problem, add bread",
            "now",
            "do the dishes",
            "delete it tomorrow",
            "confirm the dentist appointment",
            "right after lunch add walk",
        ] {
            assert_eq!(read(message), Reply::Other, "{message}");
        }
    }

    #[test]
    fn where_nothing_is_asked_what_repeats_an_action_is_a_request() {
        for message in ["delete it", "yes, delete them", "get rid of it"] {
            assert_eq!((read(message), read_unasked(message)), (Reply::Yes, Reply::Other), "{message}");
        }
        for (message, reply) in
            [("go ahead", Reply::Yes), ("never mind", Reply::No), ("add milk", Reply::Other)]
        {
            assert_eq!(read_unasked(message), reply, "{message}");
        }
    }

    #[test]
    fn a_plain_word_is_never_part_of_a_request() {
        for (word, plain) in
            [("yep", true), ("no", true), ("confirm", false), ("delete", false), ("stop", false)]
        {
            assert_eq!(is_plain(word), plain, "{word}");
        }
    }

    #[test]
    fn no_phrase_is_in_two_lists() {
        let mut phrases: Vec<&str> =
            ANSWERS.iter().chain([&REPEATING]).flat_map(|(phrases, _)| phrases.lines()).collect();
        let all = phrases.len();
        phrases.sort_unstable();
        phrases.dedup();
        assert_eq!(phrases.len(), all);
    }

    #[test]
    fn a_message_longer_than_any_answer_is_none_however_it_begins() {
        assert_eq!(read(&format!("{}delete everything", "yes ".repeat(50))), Reply::Other);
    }
}
