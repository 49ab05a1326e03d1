//! The turn's hold on its conversation.

use super::TurnError;

/// The turn's hold on its conversation, which the person may end, and somebody else where it has become too old.
pub trait Lease {
    /// Makes sure that the conversation is the turn's and that nobody wants it to end: asked before each call, so that none begins
    /// afterwards. What was said until now is kept before the answer to this.
    ///
    /// # Errors
    /// Why the turn has to end.
    async fn renew(&self) -> Result<(), TurnError>;

    /// Why the turn has to end, once it has to.
    async fn ended(&self) -> TurnError;
}
