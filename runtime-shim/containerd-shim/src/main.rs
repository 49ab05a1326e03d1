//! `containerd-shim-todo-v2`: lets containerd run an app's artifact as the container of a pod, without an image.
//!
//! Three kinds of processes run this program. containerd starts the **shim**, one per pod, which speaks containerd's task
//! protocol. Its small twin, the **zygote**, becomes the container: it enters namespaces and cgroup, gives up its rights
//! and then serves the app ([`sandbox`]). What a container needs from its node is made by a third, **prepare**
//! ([`prepare`]): it fetches the parts of the app from containerd, composes and compiles them into the node's store
//! ([`store`]), and is gone before the container starts. Only open files go from one to the other ([`fd_passing`]).

mod containerd;
mod fd_passing;
mod prepare;
mod rights;
mod sandbox;
mod settings;
mod shim;
mod store;

use containerd_shim_wasm::shim::{Cli as _, Config};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some(prepare::COMMAND) {
        return prepare::answer(arguments);
    }
    shim::AppShim::run(Config { default_log_level: "warn".to_owned(), ..Config::default() });
    ExitCode::SUCCESS
}
