//! What is wrong with an audit log.

/// What is wrong with the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BrokenLogError {
    /// An event is not there.
    #[error("event {sequence} of chain {chain} is missing")]
    Missing {
        /// Which chain.
        chain: i32,
        /// Which event.
        sequence: i64,
    },
    /// An event is not the one that was recorded.
    #[error("event {sequence} of chain {chain} is not the one that was recorded")]
    Changed {
        /// Which chain.
        chain: i32,
        /// Which event.
        sequence: i64,
    },
    /// Details are not those that were recorded.
    #[error("the details of event {sequence} of chain {chain} are not those that were recorded")]
    DetailsChanged {
        /// Which chain.
        chain: i32,
        /// Which event.
        sequence: i64,
    },
    /// The chain's end is not what its last event says.
    #[error("chain {chain} does not end with its event {sequence}")]
    WrongEnd {
        /// Which chain.
        chain: i32,
        /// Its last event.
        sequence: i64,
    },
    /// The log was another one before.
    #[error("event {sequence} of chain {chain} was another one when the log was verified before")]
    Rewritten {
        /// Which chain.
        chain: i32,
        /// The event that was its last one then.
        sequence: i64,
    },
    /// Details are gone, and no erasure tells of it.
    #[error("{missing} events have no details any more, and erasures account for {erased}")]
    DetailsMissing {
        /// How many events have none.
        missing: i64,
        /// How many of them were erased.
        erased: i64,
    },
}
