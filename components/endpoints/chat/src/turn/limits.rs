//! How far one message may go.

/// How far one message may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Turns of the model.
    pub model_turns: u32,
    /// Tool calls.
    pub tool_calls: u32,
    /// Seconds until a streamed answer has to be complete.
    pub seconds: u32,
    /// Seconds until an answer in one piece has to be there. Hosts and proxies wait less long for the first byte than
    /// for the last.
    pub unstreamed_seconds: u32,
    /// Characters of the message.
    pub message_characters: u32,
    /// Characters of history that the model gets.
    pub history_characters: u32,
    /// Exchanges of history that the model gets.
    pub history_exchanges: u32,
    /// Tokens of one turn of the model.
    pub output_tokens: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            model_turns: 8,
            tool_calls: 32,
            seconds: 120,
            unstreamed_seconds: 25,
            message_characters: 8_000,
            history_characters: 60_000,
            history_exchanges: 30,
            output_tokens: 4_096,
        }
    }
}
