//! Names in an order.

use crate::scan::equal;

/// The most names that one statement has: of parameters, and of columns.
pub const MAX_NAMES: usize = 32;

/// At most [`MAX_NAMES`] names in an order; what is beyond is left out, so that whoever compares finds it missing.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    names: [&'a str; MAX_NAMES],
    count: usize,
}

impl<'a> Names<'a> {
    /// None.
    #[must_use]
    pub const fn new() -> Self {
        Self { names: [""; MAX_NAMES], count: 0 }
    }

    /// Adds a name, whether it is there already or not.
    pub const fn push(&mut self, name: &'a str) {
        if let Some((_, [place, ..])) = self.names.split_at_mut_checked(self.count) {
            *place = name;
            self.count += 1;
        }
    }

    /// The names in their order.
    #[must_use]
    pub const fn as_slice(&self) -> &[&'a str] {
        self.names.split_at(self.count).0
    }

    /// The place of a name, counted from 0.
    #[must_use]
    pub const fn position(&self, name: &str) -> Option<usize> {
        let mut rest = self.as_slice();
        let mut position = 0;
        while let [first, behind @ ..] = rest {
            if equal(first.as_bytes(), name.as_bytes()) {
                return Some(position);
            }
            position += 1;
            rest = behind;
        }
        None
    }
}

impl Default for Names<'_> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_order_and_one_too_many_is_not_found() {
        let mut names = Names::new();
        let all: Vec<String> = (0..=MAX_NAMES).map(|number| format!("n{number}")).collect();
        for name in &all {
            names.push(name);
        }
        assert_eq!(names.as_slice(), &all[..MAX_NAMES]);
        assert_eq!(names.position("n7"), Some(7));
        assert_eq!(names.position(&format!("n{MAX_NAMES}")), None);
    }
}
