//! Why an answer ended before its end.

use crate::models::types::ModelError;

/// Why an answer ended before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnError {
    /// The model is out of reach. Try again after this many seconds.
    ModelUnavailable(u32),
    /// The model's provider refused; an operator finds out why in the log.
    ModelRefused,
    /// The model's answer makes no sense.
    ModelGarbled,
    /// The tools are out of reach. Try again after this many seconds.
    ToolsUnavailable(u32),
    /// The time for a message is up.
    TimeIsUp,
    /// The person has stopped it.
    Cancelled,
    /// The conversation is no longer the turn's: it was deleted, or somebody took the turn for lost.
    TakenAway,
}

impl TurnError {
    /// What a model's error means here. Its text is for operators and stays in the model's log.
    pub fn from_model(error: ModelError) -> Self {
        match error {
            ModelError::Unavailable(seconds) => Self::ModelUnavailable(seconds),
            ModelError::Refused(_) => Self::ModelRefused,
            ModelError::Garbled(_) => Self::ModelGarbled,
        }
    }

    /// How an answer ends that has already changed something.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::ModelUnavailable(_) => {
                "Here I lost touch with the language model. What was done so far stays; the rest was not done."
            }
            Self::ModelRefused => {
                "Here the language model refused to go on. What was done so far stays; the rest was not done."
            }
            Self::ModelGarbled => {
                "Here the language model stopped making sense. What was done so far stays; the rest was not done."
            }
            Self::ToolsUnavailable(_) => "Here I lost touch with your tasks. What was done so far stays.",
            Self::TimeIsUp => {
                "Here my time for one message was up. What was done so far stays; the rest was not done."
            }
            Self::Cancelled | Self::TakenAway => {
                "Here I was stopped. What was done so far stays; the rest was not done."
            }
        }
    }
}
