//! Numbers in words and digits.

const WORDS: &[&str] = list![
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty
];

const ORDINALS: &[&str] = &[
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// A count: `3`, `three`, `a`. At most four digits.
pub fn number(key: &str) -> Option<u32> {
    if matches!(key, "a" | "an") {
        return Some(1);
    }
    if (1..=4).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_digit()) {
        return key.parse().ok();
    }
    position(WORDS, key).or(match key {
        "thirty" => Some(30),
        "forty" | "fourty" => Some(40),
        "sixty" => Some(60),
        "ninety" => Some(90),
        "couple" => Some(2),
        _ => None,
    })
}

/// A position: `2nd`, `second`.
pub fn ordinal(key: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| key.strip_suffix(ending));
    match digits {
        Some(digits) if (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) => {
            digits.parse().ok()
        }
        _ => position(ORDINALS, key).or((key == "thirtieth").then_some(30)),
    }
}

fn position(words: &[&str], key: &str) -> Option<u32> {
    words.iter().position(|word| *word == key).and_then(|at| u32::try_from(at).ok())
}
