//! Names of parameters and columns, one by one or as a group has them.

use sql_template::Names;

use crate::row::FromRow;

/// The name of a parameter or a column, or those of a group of them.
#[derive(Clone, Copy, Debug)]
pub enum Name {
    /// One.
    One(&'static str),
    /// All of a group, in its order.
    Group(&'static [Name]),
}

impl Name {
    /// The columns of what a row, or a part of it, is read as.
    #[must_use]
    pub const fn columns_of<R: FromRow>() -> Self {
        match R::COLUMNS {
            Some(columns) => Self::Group(columns),
            None => Self::Group(&[]),
        }
    }
}

/// The names one after the other.
pub(crate) const fn flat(names: &'static [Name]) -> Names<'static> {
    let mut all = Names::new();
    add(names, &mut all);
    all
}

const fn add(mut names: &'static [Name], all: &mut Names<'static>) {
    while let [name, behind @ ..] = names {
        match name {
            Name::One(name) => all.push(name),
            Name::Group(group) => add(group, all),
        }
        names = behind;
    }
}
