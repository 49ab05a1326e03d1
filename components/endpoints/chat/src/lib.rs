//! Conversations with the assistant.
