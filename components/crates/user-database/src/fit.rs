//! Whether a statement, what it is given and what is read from its rows fit together.

use sql_template::{MAX_NAMES, Names, columns, has_numbers, is_same as is, names};

use crate::mismatch::Mismatch;
use crate::statement::ActsFor;

/// The parameter that [`crate::UserDatabase`] binds.
pub(crate) const USER: &str = "user_id";

/// Where the value for each number of a statement stands among those given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Order {
    positions: [u8; MAX_NAMES],
    count: usize,
}

impl Order {
    /// Of no values.
    pub(crate) const EMPTY: Self = Self { positions: [0; MAX_NAMES], count: 0 };

    const fn push(&mut self, position: usize) {
        if let Some((_, [next, ..])) = self.positions.split_at_mut_checked(self.count) {
            // There are at most `MAX_NAMES`.
            *next = position as u8;
            self.count += 1;
        }
    }

    pub(crate) const fn as_slice(&self) -> &[u8] {
        self.positions.split_at(self.count).0
    }
}

/// The order in which a statement takes the values of these names, the user's left out. A statement that is put together from
/// parts may leave values out (`every` is false).
pub(crate) const fn order<'a>(
    text: &'a str,
    given: &Names<'a>,
    acts_for: ActsFor,
    every: bool,
) -> Result<Order, Mismatch<'a>> {
    if has_numbers(text) {
        return Err(Mismatch::Numbers);
    }
    let taken = names(text);
    let mut rest = taken.as_slice();
    if matches!(acts_for, ActsFor::User) {
        match rest {
            [first, behind @ ..] if is(first, USER) => rest = behind,
            _ => return Err(Mismatch::NoUser),
        }
    }
    let mut order = Order::EMPTY;
    while let [name, behind @ ..] = rest {
        match given.position(name) {
            Some(position) => order.push(position),
            None => return Err(Mismatch::NotBound(name)),
        }
        rest = behind;
    }
    let mut rest = given.as_slice();
    while let [name, behind @ ..] = rest {
        if contains(behind, name) {
            return Err(Mismatch::BoundTwice(name));
        }
        let is_ours = matches!(acts_for, ActsFor::User) && is(name, USER);
        if is_ours || (every && taken.position(name).is_none()) {
            return Err(Mismatch::NotUsed(name));
        }
        rest = behind;
    }
    Ok(order)
}

/// Whether what is read are the statement's columns.
pub(crate) const fn check_columns<'a>(text: &'a str, read: &Names<'a>) -> Result<(), Mismatch<'a>> {
    let answered = columns(text);
    let (mut read, mut answered) = (read.as_slice(), answered.as_slice());
    loop {
        let (column, in_its_place) = match (read, answered) {
            ([], []) => return Ok(()),
            ([column, ..], []) => (*column, ""),
            ([], [more, ..]) => ("", *more),
            ([column, ..], [in_its_place, ..]) => (*column, *in_its_place),
        };
        if !is(column, in_its_place) || column.is_empty() {
            return Err(Mismatch::Column { read: column, answered: in_its_place });
        }
        (read, answered) = (read.split_at(1).1, answered.split_at(1).1);
    }
}

const fn contains(mut names: &[&str], name: &str) -> bool {
    while let [first, behind @ ..] = names {
        if is(first, name) {
            return true;
        }
        names = behind;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "WITH acting AS (SELECT :user_id) SELECT id, :b AS b FROM tasks WHERE a = :a AND b = :b";

    fn given(all: &[&'static str]) -> Names<'static> {
        let mut names = Names::new();
        all.iter().for_each(|name| names.push(name));
        names
    }

    fn mismatch(text: &'static str, all: &[&'static str]) -> Mismatch<'static> {
        order(text, &given(all), ActsFor::User, true).unwrap_err()
    }

    #[test]
    fn values_are_found_by_name_whatever_their_order() {
        let order = |all: &[&'static str]| order(TEXT, &given(all), ActsFor::User, true).unwrap();
        assert_eq!(order(&["a", "b"]).as_slice(), [1, 0]);
        assert_eq!(order(&["b", "a"]).as_slice(), [0, 1]);
    }

    #[test]
    fn each_name_is_bound_once_and_nothing_else_is() {
        assert_eq!(mismatch(TEXT, &["a"]), Mismatch::NotBound("b"));
        assert_eq!(mismatch(TEXT, &["a", "b", "c"]), Mismatch::NotUsed("c"));
        assert_eq!(mismatch(TEXT, &["a", "b", "a"]), Mismatch::BoundTwice("a"));
        assert_eq!(mismatch("SELECT :user_id, $2", &[]), Mismatch::Numbers);
    }

    #[test]
    fn the_user_comes_first_and_is_bound_by_the_connection_alone() {
        assert_eq!(mismatch("SELECT :a, :user_id", &["a"]), Mismatch::NoUser);
        assert_eq!(mismatch("SELECT 1", &[]), Mismatch::NoUser);
        assert_eq!(mismatch("SELECT :user_id", &["user_id"]), Mismatch::NotUsed("user_id"));
        let of_nobody = order("SELECT :a, :user_id", &given(&["user_id", "a"]), ActsFor::Nobody, true);
        assert_eq!(of_nobody.unwrap().as_slice(), [1, 0]);
    }

    #[test]
    fn a_statement_put_together_from_parts_may_leave_values_out_but_has_no_other() {
        let order = |text, all: &[&'static str]| order(text, &given(all), ActsFor::User, false);
        assert_eq!(order(TEXT, &["a", "c", "b"]).unwrap().as_slice(), [2, 0]);
        assert_eq!(order(TEXT, &["a"]).unwrap_err(), Mismatch::NotBound("b"));
    }

    #[test]
    fn the_columns_read_are_those_answered_in_their_order() {
        let check = |all: &[&'static str]| check_columns(TEXT, &given(all));
        assert_eq!(check(&["id", "b"]), Ok(()));
        for (read, column, answered) in
            [(&["b", "id"][..], "b", "id"), (&["id"], "", "b"), (&["id", "b", "c"], "c", "")]
        {
            assert_eq!(check(read), Err(Mismatch::Column { read: column, answered }));
        }
        assert!(check_columns("SELECT 1 + 1", &given(&[""])).is_err(), "a column without a name");
    }
}
