//! What a statement is given.

use crate::Parameter;
use crate::names::Name;

/// What a statement is given beside its user. [`crate::parameters!`] makes a type of names.
pub trait Parameters {
    /// The names, in the order of the values.
    const NAMES: &'static [Name];

    /// Adds the values.
    fn append(self, values: &mut Vec<Parameter>);
}

/// Nothing.
impl Parameters for () {
    const NAMES: &'static [Name] = &[];

    fn append(self, _values: &mut Vec<Parameter>) {}
}

/// By number: for a statement that names no parameters ([`crate::Statement::new`]).
impl Parameters for Vec<Parameter> {
    const NAMES: &'static [Name] = &[];

    fn append(self, values: &mut Vec<Parameter>) {
        values.extend(self);
    }
}

/// Makes a type of the parameters that a statement is given, by their names in it. A name alone is one value; one with `..` and
/// a type stands for all parameters of that type, which several statements share.
///
/// ```
/// user_database::parameters! {
///     /// When something is due.
///     struct Due { due_on, time_zone }
/// }
/// user_database::parameters! {
///     /// A task to add: `title`, `due_on`, `time_zone`, `notes`.
///     struct Task { title, due: ..Due, notes }
/// }
/// ```
#[macro_export]
macro_rules! parameters {
    (@type) => { $crate::Parameter };
    (@type $group:ident) => { $group };
    (@name $name:ident) => { $crate::Name::One(stringify!($name)) };
    (@name $name:ident $group:ident) => { $crate::Name::Group(<$group as $crate::Parameters>::NAMES) };
    (@append $values:ident $value:expr,) => { $values.push($value) };
    (@append $values:ident $value:expr, $group:ident) => { $crate::Parameters::append($value, $values) };
    (
        $(#[$meta:meta])*
        $visibility:vis struct $type:ident {
            $($(#[$field_meta:meta])* $name:ident $(: ..$group:ident)?),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        $visibility struct $type {
            $($(#[$field_meta])* $visibility $name: $crate::parameters!(@type $($group)?)),+
        }

        impl $crate::Parameters for $type {
            const NAMES: &'static [$crate::Name] = &[$($crate::parameters!(@name $name $($group)?)),+];

            fn append(self, values: &mut Vec<$crate::Parameter>) {
                $($crate::parameters!(@append values self.$name, $($group)?);)+
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use crate::Parameters;
    use crate::names::flat;

    parameters! {
        struct Due { due_on, time_zone }
    }
    parameters! {
        struct Task { title, due: ..Due, notes }
    }

    #[test]
    fn values_have_the_order_of_their_names_with_those_of_a_group_in_its_place() {
        assert_eq!(flat(Task::NAMES).as_slice(), ["title", "due_on", "time_zone", "notes"]);
        let due = Due { due_on: 2_i32.into(), time_zone: 3_i32.into() };
        let mut values = Vec::new();
        Task { title: 1_i32.into(), notes: 4_i32.into(), due }.append(&mut values);
        let in_order = [1, 2, 3, 4].map(crate::Parameter::Int32);
        assert_eq!(format!("{values:?}"), format!("{in_order:?}"));
    }
}
