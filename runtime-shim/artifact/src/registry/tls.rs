//! Whom to trust.

use super::RegistryError;
use oci_client::client::{Certificate, CertificateEncoding};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use std::path::Path;

/// Makes the host's provider the one the client takes, which brings none.
pub(super) fn choose_provider() {
    // An error says that one was chosen already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// The system's authorities (`SSL_CERT_FILE` and `SSL_CERT_DIR` say where, if it is not the usual place), the public
/// ones where the system has none, as in an image without any files; and those in `file`.
pub(super) fn authorities(file: Option<&Path>) -> Result<Vec<Certificate>, RegistryError> {
    let mut found = rustls_native_certs::load_native_certs().certs;
    if found.is_empty() {
        found.extend_from_slice(webpki_root_certs::TLS_SERVER_ROOT_CERTS);
    }
    if let Some(path) = file {
        let wrong = |reason: String| RegistryError::Authorities { path: path.to_owned(), reason };
        let own = CertificateDer::pem_file_iter(path)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|e| wrong(e.to_string()))?;
        if own.is_empty() {
            return Err(wrong("there is no certificate in it".to_owned()));
        }
        found.extend(own);
    }
    Ok(found
        .into_iter()
        .map(|der| Certificate { encoding: CertificateEncoding::Der, data: der.to_vec() })
        .collect())
}
