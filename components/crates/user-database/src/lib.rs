//! A database connection that acts for one user.
