//! The API server, as a pod with a token asks it.

use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;
use ureq::tls::{Certificate, PemItem, parse_pem};

use crate::error::Error;
use crate::visit::Visitor;

/// Where Kubernetes puts token, authority and namespace.
pub const ACCOUNT: &str = "/var/run/secrets/kubernetes.io/serviceaccount";
/// Seconds a single answer may take.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

/// The API server, and the namespace that is looked at.
pub struct Cluster {
    visitor: Visitor,
    token: PathBuf,
    namespace: String,
}

impl Cluster {
    /// The cluster this pod is in; `account` is the folder with `token`, `ca.crt` and `namespace`.
    ///
    /// # Errors
    /// When this is no pod, or it has no token.
    pub fn around_this_pod(account: &Path) -> Result<Self, Error> {
        let url = address(&variable("KUBERNETES_SERVICE_HOST")?, &variable("KUBERNETES_SERVICE_PORT")?);
        let authority = account.join("ca.crt");
        let trusted = certificates(&read(&authority)?, &authority)?;
        let namespace = read(&account.join("namespace"))?.trim().to_owned();
        let visitor = Visitor::trusting(&url, ANSWER_TIMEOUT, &trusted);
        Ok(Self { visitor, token: account.join("token"), namespace })
    }

    /// An object of the namespace; none when it is not there. `api` is such as `apis/apps/v1`.
    pub fn object(&self, api: &str, kind: &str, name: &str) -> Result<Option<Value>, Error> {
        match self.ask("GET", &format!("{}/{name}", self.path(api, kind))) {
            Ok(object) => Ok(Some(object)),
            Err(Error::Status { status: 404, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Objects of the namespace with these labels, such as `a=b,c=d`.
    pub fn list(&self, api: &str, kind: &str, labels: &str) -> Result<Vec<Value>, Error> {
        let mut list = self.ask("GET", &format!("{}?labelSelector={labels}", self.path(api, kind)))?;
        match list.get_mut("items").map(Value::take) {
            Some(Value::Array(items)) => Ok(items),
            _ => Ok(Vec::new()),
        }
    }

    /// Removes an object; one that is gone already is no error.
    pub fn remove(&self, api: &str, kind: &str, name: &str) -> Result<(), Error> {
        match self.ask("DELETE", &format!("{}/{name}", self.path(api, kind))) {
            Ok(_) | Err(Error::Status { status: 404, .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn path(&self, api: &str, kind: &str) -> String {
        format!("/{api}/namespaces/{}/{kind}", self.namespace)
    }

    fn ask(&self, method: &str, path: &str) -> Result<Value, Error> {
        // Read each time: the kubelet replaces it before it ends.
        let authorization = format!("Bearer {}", read(&self.token)?.trim());
        let headers = [("authorization", authorization.as_str()), ("accept", "application/json")];
        self.visitor.send(method, path, &headers, None)?.value("an object", "")
    }
}

/// The API server's URL; an IPv6 address stands in brackets.
fn address(host: &str, port: &str) -> String {
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V6(_)) => format!("https://[{host}]:{port}"),
        _ => format!("https://{host}:{port}"),
    }
}

fn variable(name: &'static str) -> Result<String, Error> {
    std::env::var(name).map_err(|_| Error::OutsideCluster { name })
}

fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|source| Error::Unreadable { path: path.to_owned(), source })
}

fn certificates(pem: &str, path: &Path) -> Result<Vec<Certificate<'static>>, Error> {
    let broken = |source| Error::Authority { path: path.to_owned(), source: Box::new(source) };
    let mut found = Vec::new();
    for item in parse_pem(pem.as_bytes()) {
        if let PemItem::Certificate(certificate) = item.map_err(broken)? {
            found.push(certificate);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_either_kind_makes_a_url() {
        assert_eq!(address("10.96.0.1", "443"), "https://10.96.0.1:443");
        assert_eq!(address("fd00::1", "443"), "https://[fd00::1]:443");
        assert_eq!(address("kubernetes.default.svc", "6443"), "https://kubernetes.default.svc:6443");
    }
}
