//! What a turn says, as it is kept: events with numbers, stored every few hundred milliseconds and before each call, so that a client
//! that lost its stream reads on from the last one, in whatever process; and what goes on beside the turn meanwhile.

mod event;
mod follow;
mod lease;
mod log;
mod lost;
mod recorder;

pub use event::{Event, EventId, EventName, LAST_NUMBER};
pub use follow::{Followed, follow};
pub use lease::DatabaseLease;
pub use log::TurnLog;
pub use lost::end_lost_turn;
pub use recorder::{Listener, Recorder, Unheard};
