//! Where a chain ends, as it is printed and read again.

use std::fmt;
use std::str::FromStr;

/// Where a chain ends: who keeps this elsewhere can tell later whether the log was written anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainEnd {
    /// Which chain.
    pub chain: i32,
    /// The last event that was deleted by age; 0 for none.
    pub start: i64,
    /// The last event.
    pub end: i64,
    /// Its hash, in hexadecimal digits.
    pub hash: String,
}

impl fmt::Display for ChainEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "chain {}: events {} to {}, {}",
            self.chain,
            self.start.saturating_add(1),
            self.end,
            self.hash
        )
    }
}

impl FromStr for ChainEnd {
    type Err = ();

    /// Reads what [`fmt::Display`] writes.
    fn from_str(line: &str) -> Result<Self, ()> {
        let read = || {
            let (chain, rest) = line.strip_prefix("chain ")?.split_once(": events ")?;
            let (first, rest) = rest.split_once(" to ")?;
            let (end, hash) = rest.split_once(", ")?;
            let start = first.parse::<i64>().ok()?.checked_sub(1)?;
            Some(Self {
                chain: chain.parse().ok()?,
                start,
                end: end.parse().ok()?,
                hash: hash.trim().to_owned(),
            })
        };
        read().ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_chain_is_read_as_it_is_written() {
        let end = ChainEnd { chain: 3, start: 7, end: 20, hash: "ab".to_owned() };
        assert_eq!(end.to_string(), "chain 3: events 8 to 20, ab");
        assert_eq!(end.to_string().parse(), Ok(end));
        for text in ["", "20 events are as they were recorded", "chain x: events 8 to 20, ab"] {
            assert_eq!(text.parse::<ChainEnd>(), Err(()), "{text}");
        }
    }
}
