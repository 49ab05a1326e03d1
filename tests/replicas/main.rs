//! Two processes on one database behind a round-robin: whichever of them a request reaches, it is answered as if there were
//! one.

mod client;
mod flows;
mod pair;
