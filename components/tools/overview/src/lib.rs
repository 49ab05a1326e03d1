//! Tells where a user stands.
