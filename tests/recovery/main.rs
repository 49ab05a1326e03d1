//! What was lost comes back: to a moment from a base backup and the log, and whole from a dump.
