//! Placeholders and what is put into them.

use crate::output::Output;
use crate::scan::{Kind, equal, name_in, next};

/// The text with each placeholder filled; `placeholders` are names and what they take. [`crate::template!`] calls it twice: for the length,
/// and for the text.
///
/// # Panics
/// A placeholder has no text: as the compiler calls this, that is an error of the compiler.
#[must_use]
pub const fn fill<const CAPACITY: usize>(template: &str, placeholders: &[(&str, &str)]) -> Output<CAPACITY> {
    let mut output = Output::new();
    let mut rest = template.as_bytes();
    while let Some((kind, token, behind)) = next(rest) {
        match kind {
            Kind::Placeholder => output.push(text_for(name_in(token), placeholders).as_bytes()),
            _ => output.push(token),
        }
        rest = behind;
    }
    output
}

#[expect(clippy::panic, reason = "an error of the compiler, which runs this")]
const fn text_for<'a>(name: &str, mut placeholders: &[(&str, &'a str)]) -> &'a str {
    while let [(placeholder, text), behind @ ..] = placeholders {
        if equal(placeholder.as_bytes(), name.as_bytes()) {
            return text;
        }
        placeholders = behind;
    }
    let mut message = Output::<200>::new();
    message.push(b"the statement has a placeholder {");
    message.push(name.as_bytes());
    message.push(b"}, and there is no text for it: give one, or mend its name");
    panic!("{}", message.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_takes_its_text_as_often_as_it_is_there() {
        let filled = fill::<100>("{a}, {b} '{a}' -- {c}\n{a}", &[("b", "two"), ("a", "1")]);
        assert_eq!(filled.as_str(), "1, two '{a}' -- {c}\n1");
    }

    #[test]
    #[should_panic(expected = "a placeholder {missing}, and there is no text for it")]
    fn a_placeholder_without_a_text_is_named() {
        let _ = fill::<100>("{missing}", &[("other", "")]);
    }
}
