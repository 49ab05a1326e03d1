//! Service chaining: components calling components of the same app, in this process.

use super::app::App;
use http_body_util::BodyExt;
use runtime_host::outbound_http::Chaining;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, OnceLock, Weak};
use wasmtime_wasi_http::{Error, WasiBody};

/// The way from an instance back to its app, set once the app is complete.
#[derive(Default)]
pub struct AppHandle {
    app: OnceLock<Weak<App>>,
}

type Answer = Pin<Box<dyn Future<Output = Result<http::Response<WasiBody>, Error>> + Send>>;

impl AppHandle {
    /// Instances made from now on reach `app`.
    pub fn set(&self, app: &Arc<App>) {
        // Set once, by whoever made the app.
        let _ = self.app.set(Arc::downgrade(app));
    }

    fn app(&self) -> Option<Arc<App>> {
        self.app.get().and_then(Weak::upgrade)
    }
}

impl Chaining for AppHandle {
    fn call(&self, component: String, request: http::Request<WasiBody>) -> Answer {
        let app = self.app();
        Box::pin(async move {
            let app = app.ok_or(Error::DestinationUnavailable)?;
            if !app.has(&component) {
                return Err(Error::DestinationNotFound);
            }
            Ok(app.chained(&component, request).await.map(BodyExt::boxed_unsync))
        })
    }

    fn call_self(&self, request: http::Request<WasiBody>) -> Answer {
        let app = self.app();
        Box::pin(async move {
            let app = app.ok_or(Error::DestinationUnavailable)?;
            Ok(app.route_own(request).await.map(BodyExt::boxed_unsync))
        })
    }
}
