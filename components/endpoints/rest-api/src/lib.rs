//! Tasks over REST.
