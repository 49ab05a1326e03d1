//! Column values on their way to the component.

use super::bindings::{DbDataType, DbValue, Error, Interval, RangeBoundKind};
use jiff::civil::{Date, DateTime, Time};
use postgres_protocol::types::{self as wire, Range, RangeBound};
use rust_decimal::Decimal;
use std::error::Error as StdError;
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, Kind, Type};
use uuid::Uuid;

/// The component's name for `ty`.
pub(super) fn data_type(ty: &Type) -> DbDataType {
    match *ty {
        Type::BOOL => DbDataType::Boolean,
        Type::CHAR => DbDataType::Int8,
        Type::INT2 => DbDataType::Int16,
        Type::INT4 => DbDataType::Int32,
        Type::INT8 => DbDataType::Int64,
        Type::FLOAT4 => DbDataType::Floating32,
        Type::FLOAT8 => DbDataType::Floating64,
        Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME => DbDataType::Str,
        Type::BYTEA => DbDataType::Binary,
        Type::DATE => DbDataType::Date,
        Type::TIME => DbDataType::Time,
        Type::TIMESTAMP => DbDataType::Datetime,
        Type::UUID => DbDataType::Uuid,
        Type::JSONB | Type::JSON => DbDataType::Jsonb,
        Type::NUMERIC => DbDataType::Decimal,
        Type::INT4_RANGE => DbDataType::RangeInt32,
        Type::INT8_RANGE => DbDataType::RangeInt64,
        Type::NUM_RANGE => DbDataType::RangeDecimal,
        Type::INT4_ARRAY => DbDataType::ArrayInt32,
        Type::INT8_ARRAY => DbDataType::ArrayInt64,
        Type::NUMERIC_ARRAY => DbDataType::ArrayDecimal,
        Type::TEXT_ARRAY | Type::VARCHAR_ARRAY | Type::BPCHAR_ARRAY | Type::NAME_ARRAY => {
            DbDataType::ArrayStr
        }
        Type::INTERVAL => DbDataType::Interval,
        _ => DbDataType::Other(ty.name().to_owned()),
    }
}

/// Whether values of `ty` can be read.
pub(super) fn is_readable(ty: &Type) -> bool {
    matches!(ty.kind(), Kind::Enum(_)) || *ty == Type::VOID || !matches!(data_type(ty), DbDataType::Other(_))
}

/// The value in column `index`.
///
/// # Errors
/// `value-conversion-failed` naming the column and its type.
pub(super) fn read(row: &Row, index: usize) -> Result<DbValue, Error> {
    row.try_get::<_, Value>(index).map(|v| v.0).map_err(|e| {
        let column = row.columns().get(index);
        Error::ValueConversionFailed(format!(
            "column {:?} of type {}: {}",
            column.map(|c| c.name()).unwrap_or_default(),
            column.map(|c| c.type_().name()).unwrap_or_default(),
            std::error::Error::source(&e).map_or_else(|| e.to_string(), ToString::to_string),
        ))
    })
}

/// A value read by its type.
struct Value(DbValue);

type Read<T> = Result<T, Box<dyn StdError + Sync + Send>>;

impl<'a> FromSql<'a> for Value {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Read<Self> {
        Ok(Self(match *ty {
            Type::BOOL => DbValue::Boolean(bool::from_sql(ty, raw)?),
            Type::CHAR => DbValue::Int8(i8::from_sql(ty, raw)?),
            Type::INT2 => DbValue::Int16(i16::from_sql(ty, raw)?),
            Type::INT4 => DbValue::Int32(i32::from_sql(ty, raw)?),
            Type::INT8 => DbValue::Int64(i64::from_sql(ty, raw)?),
            Type::FLOAT4 => DbValue::Floating32(f32::from_sql(ty, raw)?),
            Type::FLOAT8 => DbValue::Floating64(f64::from_sql(ty, raw)?),
            Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME => {
                DbValue::Str(String::from_sql(ty, raw)?)
            }
            Type::BYTEA => DbValue::Binary(raw.to_vec()),
            Type::DATE => DbValue::Date(date(Date::from_sql(ty, raw)?)?),
            Type::TIME => DbValue::Time(time(Time::from_sql(ty, raw)?)?),
            Type::TIMESTAMP => DbValue::Datetime(date_time(DateTime::from_sql(ty, raw)?)?),
            Type::UUID => DbValue::Uuid(Uuid::from_sql(ty, raw)?.to_string()),
            Type::JSON => DbValue::Jsonb(raw.to_vec()),
            Type::JSONB => match raw.split_first() {
                Some((1, json)) => DbValue::Jsonb(json.to_vec()),
                _ => return Err("an unknown form of jsonb".into()),
            },
            Type::NUMERIC => DbValue::Decimal(Decimal::from_sql(ty, raw)?.to_string()),
            Type::INT4_RANGE => DbValue::RangeInt32(range(ty, raw, |v: i32| v)?),
            Type::INT8_RANGE => DbValue::RangeInt64(range(ty, raw, |v: i64| v)?),
            Type::NUM_RANGE => DbValue::RangeDecimal(range(ty, raw, |v: Decimal| v.to_string())?),
            Type::INT4_ARRAY => DbValue::ArrayInt32(Vec::from_sql(ty, raw)?),
            Type::INT8_ARRAY => DbValue::ArrayInt64(Vec::from_sql(ty, raw)?),
            Type::NUMERIC_ARRAY => {
                let values: Vec<Option<Decimal>> = Vec::from_sql(ty, raw)?;
                DbValue::ArrayDecimal(values.into_iter().map(|v| v.map(|v| v.to_string())).collect())
            }
            Type::TEXT_ARRAY | Type::VARCHAR_ARRAY | Type::BPCHAR_ARRAY | Type::NAME_ARRAY => {
                DbValue::ArrayStr(Vec::from_sql(ty, raw)?)
            }
            Type::INTERVAL => DbValue::Interval(interval(raw)?),
            Type::VOID => DbValue::DbNull,
            _ if matches!(ty.kind(), Kind::Enum(_)) => DbValue::Str(std::str::from_utf8(raw)?.to_owned()),
            _ => return Err("components cannot read this type; cast it in the statement".into()),
        }))
    }

    fn from_sql_null(_: &Type) -> Read<Self> {
        Ok(Self(DbValue::DbNull))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

fn small(value: i8) -> Read<u8> {
    Ok(u8::try_from(value)?)
}

fn date(date: Date) -> Read<(i32, u8, u8)> {
    Ok((i32::from(date.year()), small(date.month())?, small(date.day())?))
}

fn time(time: Time) -> Read<(u8, u8, u8, u32)> {
    Ok((
        small(time.hour())?,
        small(time.minute())?,
        small(time.second())?,
        u32::try_from(time.subsec_nanosecond())?,
    ))
}

fn date_time(value: DateTime) -> Read<(i32, u8, u8, u8, u8, u8, u32)> {
    let (year, month, day) = date(value.date())?;
    let (hour, minute, second, nano) = time(value.time())?;
    Ok((year, month, day, hour, minute, second, nano))
}

fn interval(raw: &[u8]) -> Read<Interval> {
    let part = |range| raw.get(range).ok_or("an interval of the wrong length");
    Ok(Interval {
        micros: i64::from_be_bytes(part(0..8)?.try_into()?),
        days: i32::from_be_bytes(part(8..12)?.try_into()?),
        months: i32::from_be_bytes(part(12..16)?.try_into()?),
    })
}

type Bound<T> = Option<(T, RangeBoundKind)>;

fn range<'a, T: FromSql<'a>, U>(
    ty: &Type,
    raw: &'a [u8],
    map: impl Fn(T) -> U,
) -> Read<(Bound<U>, Bound<U>)> {
    let Kind::Range(element) = ty.kind() else { return Err("not a range".into()) };
    let bound = |bound: RangeBound<Option<&'a [u8]>>| -> Read<Bound<U>> {
        Ok(match bound {
            RangeBound::Inclusive(Some(raw)) => {
                Some((map(T::from_sql(element, raw)?), RangeBoundKind::Inclusive))
            }
            RangeBound::Exclusive(Some(raw)) => {
                Some((map(T::from_sql(element, raw)?), RangeBoundKind::Exclusive))
            }
            _ => None,
        })
    };
    match wire::range_from_sql(raw)? {
        // An empty range has no bounds; as Spin, it reads like one that has none.
        Range::Empty => Ok((None, None)),
        Range::Nonempty(lower, upper) => Ok((bound(lower)?, bound(upper)?)),
    }
}
