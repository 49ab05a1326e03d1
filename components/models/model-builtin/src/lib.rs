//! A model made of rules.
