//! What every endpoint does alike.
