//! Passwords that are guessed first (NIST SP 800-63B, section 3.1.1.2): common ones, repetitions and sequences, and what an
//! attacker knows of the account; and passwords of leaks ([`crate::breached_password`]).
//!
//! `common_passwords.txt` was written for this project: words, names, patterns of keyboards and the passwords that lists of
//! leaked ones have in common, in lower case and sorted by code point. The same with digits or signs before or after, and
//! with signs in place of letters (`p4$$w0rd`), is not in it: these are looked up without them.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::breached_password::is_breached;
use crate::password_patterns::{has_few_characters, is_sequence, repeated_unit};
use crate::password_rules::MIN_CHARACTERS;

/// Words of the app's name, which people take for its password.
const APP_WORDS: [&str; 3] = ["todo", "assistant", "task"];
/// The shortest word that is looked for in a password, in characters: shorter ones are in it by chance.
const SHORTEST_WORD: usize = 4;
/// How many characters before and after a common word are passed over: more of them may be chance.
const MAX_AFFIX: usize = 6;
/// With fewer characters beside words that are known of the account, these words are all there is.
const MIN_REST: usize = 5;

/// Why a password is guessed first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    /// Many people have it, or it repeats or counts.
    Common,
    /// It is made of the e-mail address, the name or the app's name.
    OfTheAccount,
}

/// Why this password (NFKC) is guessed first for the account with this e-mail address and name; `None` when it is not.
pub fn weakness(password: &str, email: &str, name: &str) -> Option<Weakness> {
    let password = password.to_lowercase();
    if is_breached(&password) || is_common(&password) {
        return Some(Weakness::Common);
    }
    let words = words_of(email, name);
    let readings = [password.clone(), letters_for_signs(&password)];
    let is_of_the_account = readings.iter().any(|reading| {
        let rest = words.iter().fold(reading.clone(), |rest, word| rest.replace(word, ""));
        rest != *reading && (rest.chars().count() < MIN_REST || is_common(&rest))
    });
    is_of_the_account.then_some(Weakness::OfTheAccount)
}

fn is_common(password: &str) -> bool {
    let characters: Vec<char> = password.chars().collect();
    let unit = repeated_unit(&characters);
    let is_repetition = unit.len() < characters.len() && (unit.len() < MIN_CHARACTERS || is_listed(unit));
    is_repetition || has_few_characters(&characters) || is_sequence(&characters) || is_listed(&characters)
}

/// Whether the list has the characters, with letters for signs, and without what is before and after the letters.
fn is_listed(characters: &[char]) -> bool {
    let plain: String = characters.iter().collect();
    [letters_for_signs(&plain), plain].iter().any(|reading| {
        let core = reading.trim_matches(|character: char| !character.is_alphabetic());
        let affix = reading.chars().count().saturating_sub(core.chars().count());
        list().contains(reading.as_str()) || (affix <= MAX_AFFIX && list().contains(core))
    })
}

fn list() -> &'static HashSet<&'static str> {
    static LIST: OnceLock<HashSet<&'static str>> = OnceLock::new();
    LIST.get_or_init(|| include_str!("common_passwords.txt").lines().collect())
}

/// The text with the letters that digits and signs are written for.
fn letters_for_signs(text: &str) -> String {
    let letter = |character| match character {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' | '€' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    };
    // What ends a password is more often a number than letters.
    let end = text.trim_end_matches(|character: char| !character.is_alphabetic());
    let tail = text.strip_prefix(end).unwrap_or_default();
    end.chars().map(letter).chain(tail.chars()).collect()
}

/// What an attacker knows: the e-mail address before its `@` and the parts of it, the name and its parts, the app's name. Long ones
/// first, since short ones may be parts of them.
fn words_of(email: &str, name: &str) -> Vec<String> {
    let (local, domain) = email.split_once('@').unwrap_or((email, ""));
    let name = name.to_lowercase();
    let joined =
        |text: &str| text.chars().filter(|character| character.is_alphanumeric()).collect::<String>();
    let mut words: Vec<String> = [email, local, domain, &name]
        .into_iter()
        .flat_map(|text| text.split(|character: char| !character.is_alphanumeric()))
        .chain(APP_WORDS)
        .map(str::to_owned)
        .chain([
            email.to_owned(),
            local.to_owned(),
            domain.to_owned(),
            joined(local),
            joined(&name),
            name.clone(),
        ])
        .filter(|word| word.chars().count() >= SHORTEST_WORD)
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys_for_ann(password: &str) -> Option<Weakness> {
        weakness(password, "ann.archer@mail.example", "Annabel Archer")
    }

    #[test]
    fn what_many_people_have_is_weak() {
        for password in [
            "password",
            "Password1",
            "P@$$w0rd",
            "p4ssw0rd!",
            "PASSWORD2026!",
            "12345678",
            "iloveyou",
            "1Dragon!",
            "sunshine2026",
            "qwertyuiop",
            "qazwsxedc",
            "1q2w3e4r",
            "trustno1",
            "letmein!!",
            "correcthorsebatterystaple",
            "michael1987",
            "пароль12",
            "adminadmin",
            "welcome123",
            "!monkey!",
            "woaini1314",
            // Of leaks, and neither words nor patterns.
            "gbpltw147",
            "oleg1985",
        ] {
            assert_eq!(keys_for_ann(password), Some(Weakness::Common), "{password}");
        }
    }

    #[test]
    fn repetitions_and_sequences_are_weak() {
        for password in [
            "aaaaaaaa",
            "        ",
            "abababab",
            "abcabcabc",
            "11112222",
            "dragondragon",
            "teateate",
            "abcdefgh",
            "hgfedcba",
            "87654321",
            "abcd1234",
            "1234abcd",
            "asdfghjk",
            "0987654321",
            "aaaabbbbcccc",
            "123qweasd",
            "абвгдежз",
            "qwertzuiop",
        ] {
            assert_eq!(keys_for_ann(password), Some(Weakness::Common), "{password}");
        }
        assert_eq!(keys_for_ann(&"a".repeat(128)), Some(Weakness::Common));
    }

    #[test]
    fn what_is_known_of_the_account_is_weak() {
        for password in [
            "annarcher",
            "ann.archer",
            "Archer2026",
            "AnnabelArcher",
            "annabel archer",
            "archer12345",
            "4rcher2026",
            "todoarcher",
            "archerdragon",
            "ann.archer@mail.example",
            "todoassistant1",
        ] {
            assert!(keys_for_ann(password).is_some(), "{password}");
        }
        assert_eq!(keys_for_ann("Archer2026"), Some(Weakness::OfTheAccount));
        assert_eq!(weakness("Archer2026", "bob@mail.example", "Bob"), None);
    }

    #[test]
    fn words_without_connection_and_chance_are_good() {
        for password in [
            "correct horse",
            "correct horse battery",
            "long enough",
            "tV7#kq2m",
            "a2f7c1d9e8b3",
            "archer likes purple tea",
            "tea and snow tea and snow",
            "0191f0c0-6c3e-7d64-8a57-2f6f1e0d4b11",
            "das ist mein geheimer satz",
            "牛乳を買いに行きます",
            "dragon83157291",
        ] {
            assert_eq!(keys_for_ann(password), None, "{password}");
        }
    }

    #[test]
    fn the_list_is_sorted_in_lower_case_and_without_doubles() {
        let lines: Vec<&str> = include_str!("common_passwords.txt").lines().collect();
        assert!(lines.len() > 1000 && lines.is_sorted_by(|one, next| one < next));
        assert!(
            lines.iter().all(|line| *line == line.to_lowercase() && line.chars().count() >= SHORTEST_WORD)
        );
    }
}
