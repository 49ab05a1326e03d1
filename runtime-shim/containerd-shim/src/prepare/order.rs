//! What is to be prepared, as arguments of a process.

use crate::store;
use app_artifact::{Digest, DigestError};
use std::path::PathBuf;

/// The first argument of the process that prepares.
pub const COMMAND: &str = "prepare";

/// What is to be prepared, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The locked app.
    pub app: Digest,
    /// containerd's socket.
    pub address: String,
    /// containerd's namespace of the pod's image.
    pub namespace: String,
    /// The node's store.
    pub store: PathBuf,
}

/// An order that cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum OrderError {
    /// Not four arguments.
    #[error("{COMMAND} takes the app's digest, containerd's socket, its namespace and the store's folder")]
    Arguments,
    /// The app.
    #[error(transparent)]
    App(#[from] DigestError),
    /// The shim's own arguments.
    #[error("containerd did not say where it is: {0}")]
    Shim(String),
}

impl Order {
    /// For the app `digest` of a pod of the shim that this process is: containerd told it where it is.
    ///
    /// # Errors
    /// [`OrderError`].
    pub fn for_this_shim(digest: &str) -> Result<Self, OrderError> {
        let arguments: Vec<_> = std::env::args_os().skip(1).collect();
        let flags = containerd_shim::parse(&arguments).map_err(|e| OrderError::Shim(e.to_string()))?;
        let app = digest.parse()?;
        Ok(Self { app, address: flags.address, namespace: flags.namespace, store: store::folder_of_node() })
    }

    /// The arguments that [`Self::parse`] reads, after [`COMMAND`].
    pub fn arguments(&self) -> [std::ffi::OsString; 5] {
        let Self { app, address, namespace, store } = self;
        [COMMAND.into(), app.as_str().into(), address.into(), namespace.into(), store.into()]
    }

    /// From the arguments after [`COMMAND`].
    ///
    /// # Errors
    /// [`OrderError`].
    pub fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, OrderError> {
        let mut next = || arguments.next().ok_or(OrderError::Arguments);
        let (app, address, namespace, store) = (next()?, next()?, next()?, next()?);
        Ok(Self { app: app.parse()?, address, namespace, store: store.into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_read_as_it_is_given() {
        let order = Order {
            app: Digest::sha256(b"app"),
            address: "/run/containerd/containerd.sock".to_owned(),
            namespace: "k8s.io".to_owned(),
            store: "/var/lib/store".into(),
        };
        let arguments = order.arguments().map(|argument| argument.into_string().unwrap());
        assert_eq!(arguments[0], COMMAND);
        assert_eq!(Order::parse(arguments.into_iter().skip(1)), Ok(order));
    }

    #[test]
    fn an_order_that_lacks_something_is_refused() {
        let refused =
            |arguments: &[&str]| Order::parse(arguments.iter().map(|a| (*a).to_owned())).unwrap_err();
        assert_eq!(refused(&[]), OrderError::Arguments);
        assert!(matches!(refused(&["../app", "socket", "k8s.io", "/store"]), OrderError::App(_)));
    }
}
