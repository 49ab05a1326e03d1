//! What breaks does not take the product with it, and nothing that was acknowledged is lost.

mod database_gone;
mod killed_while_writing;
mod own_server_killed;
mod reminder_sender_killed;
mod two_writers;
