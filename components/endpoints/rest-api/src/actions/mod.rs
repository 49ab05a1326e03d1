//! How each tool on actions is called.

mod list;
mod turn;
