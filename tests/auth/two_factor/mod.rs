//! Signing in with a second factor: no way in by the password alone, what a code is good for, and what is stored.

mod accounts;
mod guesses;
mod person;
mod sign_in;
