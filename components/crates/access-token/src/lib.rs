//! The claims of an access token, signing and checking.
