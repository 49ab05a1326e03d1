//! What does not fit between a statement, its parameters and its rows.

use std::fmt;

use sql_template::Output;

/// What does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mismatch<'a> {
    /// The statement has parameters by number.
    Numbers,
    /// The user is not the statement's first parameter.
    NoUser,
    /// The statement has this parameter, which gets no value.
    NotBound(&'a str),
    /// This value has no place in the statement.
    NotUsed(&'a str),
    /// This value is given twice.
    BoundTwice(&'a str),
    /// A column that is read is not the one that the statement answers in its place.
    Column {
        /// What is read; empty where the statement answers more.
        read: &'a str,
        /// What the statement answers; empty where it has no name, or there are no more.
        answered: &'a str,
    },
}

impl Mismatch<'_> {
    /// What to do about it.
    #[must_use]
    pub const fn message(&self) -> Output<250> {
        let mut message = Output::new();
        let parts: [&str; 5] = match *self {
            Self::Numbers => ["parameters have names here: write :title, not $1", "", "", "", ""],
            Self::NoUser => [
                "the first parameter is not :user_id: begin with `acting`, as docs/adr/0002 says",
                "",
                "",
                "",
                "",
            ],
            Self::NotBound(name) => [
                "the statement has :",
                name,
                ", which is given no value: add it to the parameters, or mend its name",
                "",
                "",
            ],
            Self::NotUsed(name) => [
                "the parameter `",
                name,
                "` is not in the statement: write :",
                name,
                " there, or take it out",
            ],
            Self::BoundTwice(name) => ["the parameter `", name, "` is given twice: take one out", "", ""],
            Self::Column { read, answered } => [
                "the column `",
                read,
                "` is read where the statement answers `",
                answered,
                "`: give both the same columns in the same order",
            ],
        };
        let mut rest: &[&str] = &parts;
        while let [part, behind @ ..] = rest {
            message.push(part.as_bytes());
            rest = behind;
        }
        message
    }
}

impl fmt::Display for Mismatch<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.message().as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mismatch_says_what_to_do() {
        let long = "a_name_as_long_as_postgresql_lets_one_be_which_is_63_characters";
        for mismatch in [
            Mismatch::Numbers,
            Mismatch::NoUser,
            Mismatch::NotBound(long),
            Mismatch::NotUsed(long),
            Mismatch::BoundTwice(long),
            Mismatch::Column { read: long, answered: long },
        ] {
            assert!(mismatch.to_string().len() > 40, "{mismatch:?} does not fit");
        }
        assert_eq!(
            Mismatch::NotUsed("tilte").to_string(),
            "the parameter `tilte` is not in the statement: write :tilte there, or take it out"
        );
    }
}
