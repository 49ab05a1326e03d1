//! `wasi:http` requests of components: allow-list, service chaining, then the network.

use super::allowed_hosts::CHAINING_SUFFIX;
use super::{AllowedHosts, OutboundClient};
use crate::host::wasi::ComponentOutput;
use http::HeaderValue;
use http::uri::Scheme;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

/// Reaches the app's own components without a socket.
pub trait Chaining: Send + Sync {
    /// Has `component` answer `request`.
    fn call(
        &self,
        component: String,
        request: http::Request<WasiBody>,
    ) -> Pin<Box<dyn Future<Output = Result<http::Response<WasiBody>, Error>> + Send>>;

    /// Has the app's routes answer `request` (`http://self`).
    fn call_self(
        &self,
        request: http::Request<WasiBody>,
    ) -> Pin<Box<dyn Future<Output = Result<http::Response<WasiBody>, Error>> + Send>>;
}

/// One instance's way to the outside.
pub struct OutboundHttp {
    /// Where it may go.
    pub allowed: Arc<AllowedHosts>,
    /// The process' client.
    pub client: OutboundClient,
    /// The app it is part of.
    pub chaining: Arc<dyn Chaining>,
    /// Knows the request the instance works on.
    pub output: ComponentOutput,
}

type Answer = (http::Response<WasiBody>, Box<dyn Future<Output = Result<(), Error>> + Send>);

impl WasiHttpHooks for OutboundHttp {
    fn send_request(
        &mut self,
        request: http::Request<WasiBody>,
        options: Option<RequestOptions>,
        _response_result: Box<dyn Future<Output = Result<(), Error>> + Send>,
    ) -> Box<dyn Future<Output = Result<Answer, Error>> + Send> {
        let response = self.answer(request, options);
        Box::new(async move {
            let io: Box<dyn Future<Output = Result<(), Error>> + Send> = Box::new(std::future::ready(Ok(())));
            Ok((response.await?, io))
        })
    }
}

impl OutboundHttp {
    fn answer(
        &self,
        request: http::Request<WasiBody>,
        options: Option<RequestOptions>,
    ) -> Pin<Box<dyn Future<Output = Result<http::Response<WasiBody>, Error>> + Send>> {
        let denied =
            |error| -> Pin<Box<dyn Future<Output = _> + Send>> { Box::pin(std::future::ready(Err(error))) };
        let https = request.uri().scheme() == Some(&Scheme::HTTPS);
        let scheme = if https { "https" } else { "http" };
        let Some(host) = request.uri().host() else { return denied(Error::HttpRequestUriInvalid) };
        let host = host.to_ascii_lowercase();
        if host == "self" || host.starts_with("self.") {
            if !self.allowed.allows_self(scheme) {
                return denied(Error::HttpRequestDenied);
            }
            return self.chaining.call_self(request);
        }
        let port = request.uri().port_u16().unwrap_or(if https { 443 } else { 80 });
        if !self.allowed.allows(scheme, &host, port) {
            tracing::warn!(
                host = format!("{scheme}://{host}:{port}"),
                "outbound request denied: not in allowed_outbound_hosts"
            );
            return denied(Error::HttpRequestDenied);
        }
        if let Some(component) = host.strip_suffix(CHAINING_SUFFIX) {
            let mut request = request;
            // The same id in the logs of both, unless the component chose one.
            if let Ok(id) = HeaderValue::from_str(&self.output.request()) {
                request.headers_mut().entry("x-request-id").or_insert(id);
            }
            return self.chaining.call(component.to_owned(), request);
        }
        let client = self.client.clone();
        Box::pin(async move { client.send(request, options).await })
    }
}
