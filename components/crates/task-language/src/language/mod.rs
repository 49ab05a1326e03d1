//! The words of each language. What they mean is the same for all; a table says only in which words.

/// A table of productions: the kind, the pattern, and what it makes.
macro_rules! rules {
    ($($kind:ident $pattern:literal $make:ident;)*) => {
        &[$(Rule { kind: $kind, pattern: $pattern, make: make::$make }),*]
    };
}

mod english;
mod english_dates;

use std::sync::LazyLock;

pub(crate) static ENGLISH: LazyLock<crate::grammar::Productions> =
    LazyLock::new(|| crate::grammar::Productions::read(&[english::RULES, english_dates::RULES]));
