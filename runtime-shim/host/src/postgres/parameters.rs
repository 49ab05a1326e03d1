//! Statement parameters on their way to the server.

use super::bindings::{Error, Interval, ParameterValue, RangeBoundKind};
use bytes::{BufMut, BytesMut};
use jiff::civil::{Date, DateTime, Time};
use postgres_protocol::types::{self as wire, RangeBound};
use rust_decimal::Decimal;
use std::error::Error as StdError;
use tokio_postgres::types::{IsNull, Kind, ToSql, Type, to_sql_checked};
use uuid::Uuid;

/// A value that can be written.
#[derive(Debug)]
pub(super) enum Parameter {
    Boolean(bool),
    Int8(i8),
    Int16(i16),
    Int32(i32),
    Int64(i64),
    Float32(f32),
    Float64(f64),
    Text(String),
    Binary(Vec<u8>),
    Date(Date),
    Time(Time),
    DateTime(DateTime),
    Uuid(Uuid),
    Json(Vec<u8>),
    Decimal(Decimal),
    Int32Range(Range<i32>),
    Int64Range(Range<i64>),
    DecimalRange(Range<Decimal>),
    Int32s(Vec<Option<i32>>),
    Int64s(Vec<Option<i64>>),
    Decimals(Vec<Option<Decimal>>),
    Texts(Vec<Option<String>>),
    Interval(Interval),
    Null,
}

/// Lower and upper bound; `None` is unbounded.
type Range<T> = (Option<(T, RangeBoundKind)>, Option<(T, RangeBoundKind)>);

/// Reads all parameters of a statement.
///
/// # Errors
/// `bad-parameter` naming the position (from 1) and what is wrong with the value.
pub(super) fn read_all(values: Vec<ParameterValue>) -> Result<Vec<Parameter>, Error> {
    values
        .into_iter()
        .enumerate()
        .map(|(index, value)| {
            read(value).map_err(|why| Error::BadParameter(format!("${}: {why}", index + 1)))
        })
        .collect()
}

fn read(value: ParameterValue) -> Result<Parameter, String> {
    use ParameterValue as V;
    Ok(match value {
        V::Boolean(v) => Parameter::Boolean(v),
        V::Int8(v) => Parameter::Int8(v),
        V::Int16(v) => Parameter::Int16(v),
        V::Int32(v) => Parameter::Int32(v),
        V::Int64(v) | V::Timestamp(v) => Parameter::Int64(v),
        V::Floating32(v) => Parameter::Float32(v),
        V::Floating64(v) => Parameter::Float64(v),
        V::Str(v) => Parameter::Text(v),
        V::Binary(v) => Parameter::Binary(v),
        V::Date((year, month, day)) => Parameter::Date(date(year, month, day)?),
        V::Time((hour, minute, second, nano)) => Parameter::Time(time(hour, minute, second, nano)?),
        V::Datetime((year, month, day, hour, minute, second, nano)) => Parameter::DateTime(
            DateTime::from_parts(date(year, month, day)?, time(hour, minute, second, nano)?),
        ),
        V::Uuid(v) => Parameter::Uuid(Uuid::parse_str(&v).map_err(|e| e.to_string())?),
        V::Jsonb(v) => {
            serde_json::from_slice::<serde::de::IgnoredAny>(&v).map_err(|e| format!("not JSON: {e}"))?;
            Parameter::Json(v)
        }
        V::Decimal(v) => Parameter::Decimal(decimal(&v)?),
        V::RangeInt32(v) => Parameter::Int32Range(v),
        V::RangeInt64(v) => Parameter::Int64Range(v),
        V::RangeDecimal((lower, upper)) => {
            Parameter::DecimalRange((decimal_bound(lower)?, decimal_bound(upper)?))
        }
        V::ArrayInt32(v) => Parameter::Int32s(v),
        V::ArrayInt64(v) => Parameter::Int64s(v),
        V::ArrayDecimal(v) => Parameter::Decimals(
            v.into_iter().map(|d| d.map(|d| decimal(&d)).transpose()).collect::<Result<_, String>>()?,
        ),
        V::ArrayStr(v) => Parameter::Texts(v),
        V::Interval(v) => Parameter::Interval(v),
        V::DbNull => Parameter::Null,
    })
}

fn decimal_bound(
    bound: Option<(String, RangeBoundKind)>,
) -> Result<Option<(Decimal, RangeBoundKind)>, String> {
    bound.map(|(value, kind)| Ok((decimal(&value)?, kind))).transpose()
}

fn date(year: i32, month: u8, day: u8) -> Result<Date, String> {
    let wrong = || format!("{year}-{month:02}-{day:02} is no date between the years -9999 and 9999");
    let small = |v: u8| i8::try_from(v).map_err(|_| wrong());
    Date::new(i16::try_from(year).map_err(|_| wrong())?, small(month)?, small(day)?).map_err(|_| wrong())
}

fn time(hour: u8, minute: u8, second: u8, nano: u32) -> Result<Time, String> {
    let wrong = || format!("{hour:02}:{minute:02}:{second:02}.{nano:09} is no time of day");
    let small = |v: u8| i8::try_from(v).map_err(|_| wrong());
    Time::new(small(hour)?, small(minute)?, small(second)?, i32::try_from(nano).map_err(|_| wrong())?)
        .map_err(|_| wrong())
}

fn decimal(text: &str) -> Result<Decimal, String> {
    text.parse().or_else(|_| Decimal::from_scientific(text)).map_err(|e| format!("{text:?}: {e}"))
}

impl ToSql for Parameter {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self {
            Self::Boolean(v) => v.to_sql_checked(ty, out),
            Self::Int8(v) => v.to_sql_checked(ty, out),
            Self::Int16(v) => v.to_sql_checked(ty, out),
            Self::Int32(v) => v.to_sql_checked(ty, out),
            Self::Int64(v) => v.to_sql_checked(ty, out),
            Self::Float32(v) => v.to_sql_checked(ty, out),
            Self::Float64(v) => v.to_sql_checked(ty, out),
            Self::Text(v) => v.to_sql_checked(ty, out),
            Self::Binary(v) => v.to_sql_checked(ty, out),
            Self::Date(v) => v.to_sql_checked(ty, out),
            Self::Time(v) => v.to_sql_checked(ty, out),
            Self::DateTime(v) => v.to_sql_checked(ty, out),
            Self::Uuid(v) => v.to_sql_checked(ty, out),
            Self::Json(v) => write_json(v, ty, out),
            Self::Decimal(v) => v.to_sql_checked(ty, out),
            Self::Int32Range((lower, upper)) => write_range(&Type::INT4_RANGE, lower, upper, ty, out),
            Self::Int64Range((lower, upper)) => write_range(&Type::INT8_RANGE, lower, upper, ty, out),
            Self::DecimalRange((lower, upper)) => write_range(&Type::NUM_RANGE, lower, upper, ty, out),
            Self::Int32s(v) => v.to_sql_checked(ty, out),
            Self::Int64s(v) => v.to_sql_checked(ty, out),
            Self::Decimals(v) => v.to_sql_checked(ty, out),
            Self::Texts(v) => v.to_sql_checked(ty, out),
            Self::Interval(v) => write_interval(v, ty, out),
            Self::Null => Ok(IsNull::Yes),
        }
    }

    // Each value checks for itself.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

type Written = Result<IsNull, Box<dyn StdError + Sync + Send>>;

fn must_be(expected: &[Type], ty: &Type) -> Result<(), Box<dyn StdError + Sync + Send>> {
    if expected.contains(ty) { Ok(()) } else { Err(format!("the statement wants {ty} here").into()) }
}

fn write_json(json: &[u8], ty: &Type, out: &mut BytesMut) -> Written {
    must_be(&[Type::JSONB, Type::JSON], ty)?;
    if *ty == Type::JSONB {
        // The version of the binary form.
        out.put_u8(1);
    }
    out.put_slice(json);
    Ok(IsNull::No)
}

fn write_interval(interval: &Interval, ty: &Type, out: &mut BytesMut) -> Written {
    must_be(&[Type::INTERVAL], ty)?;
    out.put_i64(interval.micros);
    out.put_i32(interval.days);
    out.put_i32(interval.months);
    Ok(IsNull::No)
}

fn write_range<T: ToSql>(
    range: &Type,
    lower: &Option<(T, RangeBoundKind)>,
    upper: &Option<(T, RangeBoundKind)>,
    ty: &Type,
    out: &mut BytesMut,
) -> Written {
    must_be(std::slice::from_ref(range), ty)?;
    let Kind::Range(element) = ty.kind() else { return Err(format!("{ty} is no range").into()) };
    wire::range_to_sql(
        |out| write_bound(lower.as_ref(), element, out),
        |out| write_bound(upper.as_ref(), element, out),
        out,
    )?;
    Ok(IsNull::No)
}

fn write_bound<T: ToSql>(
    bound: Option<&(T, RangeBoundKind)>,
    element: &Type,
    out: &mut BytesMut,
) -> Result<RangeBound<postgres_protocol::IsNull>, Box<dyn StdError + Sync + Send>> {
    let Some((value, kind)) = bound else { return Ok(RangeBound::Unbounded) };
    let null = match value.to_sql(element, out)? {
        IsNull::Yes => postgres_protocol::IsNull::Yes,
        IsNull::No => postgres_protocol::IsNull::No,
    };
    Ok(match kind {
        RangeBoundKind::Inclusive => RangeBound::Inclusive(null),
        RangeBoundKind::Exclusive => RangeBound::Exclusive(null),
    })
}
