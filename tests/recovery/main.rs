//! What was lost comes back, by the scripts that operators use: to a moment from a base backup and the log, and whole from
//! a dump. On a real server, with the real app before and after.

mod dump;
mod moment;
mod operator;
mod person;
