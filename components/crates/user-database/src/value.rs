//! Values of PostgreSQL as Rust types, and back.

use spin_sdk::pg::{DbValue, ParameterValue};
use uuid::Uuid;

/// A Rust type that a column can be read as.
pub trait FromValue: Sized {
    /// The PostgreSQL type, for error messages.
    const TYPE: &'static str;

    /// The value; `None` when it is of another type.
    fn from_value(value: DbValue) -> Option<Self>;
}

macro_rules! from_value {
    ($($rust:ty = $name:literal: $pattern:pat => $value:expr),+ $(,)?) => {
        $(impl FromValue for $rust {
            const TYPE: &'static str = $name;

            fn from_value(value: DbValue) -> Option<Self> {
                match value {
                    $pattern => $value,
                    _ => None,
                }
            }
        })+
    };
}

from_value! {
    bool = "boolean": DbValue::Boolean(value) => Some(value),
    i16 = "smallint": DbValue::Int16(value) => Some(value),
    i32 = "integer": DbValue::Int32(value) => Some(value),
    i64 = "bigint": DbValue::Int64(value) => Some(value),
    f64 = "double precision": DbValue::Floating64(value) => Some(value),
    String = "text": DbValue::Str(value) => Some(value),
    Vec<u8> = "bytea": DbValue::Binary(value) => Some(value),
    Uuid = "uuid": DbValue::Uuid(value) => Uuid::try_parse(&value).ok(),
    (i32, u8, u8) = "date": DbValue::Date(value) => Some(value),
    Vec<i64> = "bigint[]": DbValue::ArrayInt64(values) => values.into_iter().collect(),
    Vec<String> = "text[]": DbValue::ArrayStr(values) => values.into_iter().collect(),
}

impl<T: FromValue> FromValue for Option<T> {
    const TYPE: &'static str = T::TYPE;

    fn from_value(value: DbValue) -> Option<Self> {
        match value {
            DbValue::DbNull => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}

/// A parameter that may be NULL.
#[must_use]
pub fn optional(value: Option<impl Into<ParameterValue>>) -> ParameterValue {
    value.map_or(ParameterValue::DbNull, Into::into)
}

/// A `text[]` parameter.
#[must_use]
pub fn text_array(values: Vec<String>) -> ParameterValue {
    ParameterValue::ArrayStr(values.into_iter().map(Some).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_another_type_is_not_taken() {
        assert_eq!(i64::from_value(DbValue::Int64(7)), Some(7));
        assert_eq!(i64::from_value(DbValue::Int32(7)), None);
        assert_eq!(i64::from_value(DbValue::DbNull), None);
        assert_eq!(Uuid::from_value(DbValue::Uuid("nonsense".to_owned())), None);
    }

    #[test]
    fn null_is_only_taken_where_it_may_be() {
        assert_eq!(Option::<String>::from_value(DbValue::DbNull), Some(None));
        assert_eq!(Option::<String>::from_value(DbValue::Boolean(true)), None);
        assert_eq!(Vec::<String>::from_value(DbValue::ArrayStr(vec![Some("a".to_owned()), None])), None);
    }
}
