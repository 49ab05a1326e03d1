//! What a statement answers.

/// Makes a type of the columns that a row has, in their order: read by [`crate::FromRow`]. A name with `..` and a type stands
/// for all columns of that type.
///
/// ```
/// user_database::columns! {
///     /// A title and its version.
///     struct Title { title: String, version: i64 }
/// }
/// user_database::columns! {
///     /// What a change answers: `changed`, `title`, `version`.
///     struct Change { changed: bool, task: ..Title }
/// }
/// ```
#[macro_export]
macro_rules! columns {
    (@type $type:ty) => { $type };
    (@name $name:ident,) => { $crate::Name::One(stringify!($name)) };
    (@name $name:ident, $group:ident) => { $crate::Name::columns_of::<$group>() };
    (@read $row:ident $name:ident,) => { $row.read(stringify!($name))? };
    (@read $row:ident $name:ident, $group:ident) => { <$group as $crate::FromRow>::from_row($row)? };
    (
        $(#[$meta:meta])*
        $visibility:vis struct $type:ident {
            $($(#[$field_meta:meta])* $name:ident: $(..$group:ident)? $($column:ty)?),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        $visibility struct $type {
            $($(#[$field_meta])* $visibility $name: $crate::columns!(@type $($group)? $($column)?)),+
        }

        impl $crate::FromRow for $type {
            const COLUMNS: Option<&'static [$crate::Name]> =
                Some(&[$($crate::columns!(@name $name, $($group)?)),+]);

            fn from_row(row: &mut $crate::Row) -> Result<Self, $crate::DecodeError> {
                Ok(Self { $($name: $crate::columns!(@read row $name, $($group)?)),+ })
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use crate::names::flat;
    use crate::{FromRow, Row, Value};

    columns! {
        #[derive(Debug, PartialEq)]
        struct Title { title: String, version: i64 }
    }
    columns! {
        #[derive(Debug, PartialEq)]
        struct Change { changed: bool, task: ..Title, day: Option<i32> }
    }

    fn row(columns: [&str; 4]) -> Row {
        let values =
            vec![Value::Boolean(true), Value::Str("milk".to_owned()), Value::Int64(3), Value::DbNull];
        Row::new("todo.tasks", Rc::from(columns.map(str::to_owned)), values)
    }

    #[test]
    fn a_row_is_read_by_the_names_of_its_columns_in_their_order() {
        assert_eq!(flat(Change::COLUMNS.unwrap()).as_slice(), ["changed", "title", "version", "day"]);
        let read = Change::from_row(&mut row(["changed", "title", "version", "day"])).unwrap();
        let task = Title { title: "milk".to_owned(), version: 3 };
        assert_eq!(read, Change { changed: true, task, day: None });
        let error = Change::from_row(&mut row(["changed", "titel", "version", "day"])).unwrap_err();
        assert_eq!(error.column, "title");
    }
}
