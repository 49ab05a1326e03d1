//! At which address people reach a run, and what is said when the app does not know it.

use std::net::{Ipv4Addr, SocketAddr};

use app_database::settings::LocalRun;
use app_manifest::{Manifest, VariableSources};
use runtime_observability::LogFormat;
use runtime_shim::ListenAddress;

use crate::cli::flags::given;

/// The URL by which people on this machine reach `listen`.
pub fn local_url(listen: SocketAddr) -> String {
    let address =
        if listen.ip().is_unspecified() { (Ipv4Addr::LOCALHOST, listen.port()).into() } else { listen };
    format!("http://{address}")
}

/// Which variable tells the app its address, when the run takes requests from elsewhere and nothing has said it.
pub fn missing_variable<'a>(
    listen: ListenAddress,
    local_run: &'a LocalRun,
    manifest: &Manifest,
    sources: &VariableSources,
) -> Option<&'a str> {
    let name = local_run.public_url.as_ref()?.variable.as_str();
    let values = given(sources);
    let default = || manifest.variables.get(name).and_then(|variable| variable.default.as_ref());
    let is_known = values.get(name).or_else(default).is_some_and(|url| !url.is_empty());
    (!is_known && !listen.is_local()).then_some(name)
}

/// Says that the app does not know its address, before somebody fills in a form there.
pub fn tell_missing(format: LogFormat, listen: SocketAddr, variable: &str) {
    let sentence = missing(listen, variable);
    match format {
        LogFormat::Json => tracing::warn!(variable, %listen, "{sentence}"),
        LogFormat::Text => println!("{sentence}"),
    }
}

fn missing(listen: SocketAddr, variable: &str) -> String {
    let url = match listen.ip().is_unspecified() {
        true => format!("http://ADDRESS:{}", listen.port()),
        false => format!("http://{listen}"),
    };
    format!(
        "It answers on this machine alone, though it takes requests at {listen}: add --variable {variable}={url}, with the \
         address that people use, to let others in."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing_at(listen: &str, default: &str, arguments: &[(&str, &str)]) -> bool {
        let local_run: LocalRun = toml::from_str("public-url = { variable = 'url' }").unwrap();
        let manifest = toml::from_str(&format!(
            "spin_manifest_version = 2\n[application]\nname = 'app'\n[variables]\nurl = {default}\n"
        ))
        .unwrap();
        let sources = VariableSources {
            arguments: arguments.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect(),
            ..VariableSources::default()
        };
        missing_variable(listen.parse().unwrap(), &local_run, &manifest, &sources) == Some("url")
    }

    #[test]
    fn the_url_can_be_opened_on_this_machine() {
        for (listen, url) in [
            ("127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("0.0.0.0:80", "http://127.0.0.1:80"),
            ("[::]:80", "http://127.0.0.1:80"),
            ("[::1]:80", "http://[::1]:80"),
            ("192.0.2.1:80", "http://192.0.2.1:80"),
        ] {
            assert_eq!(local_url(listen.parse().unwrap()), url);
        }
    }

    #[test]
    fn an_address_is_missing_where_others_may_come_and_nobody_said_it() {
        for listen in ["0.0.0.0:3000", "[::]:3000", "192.0.2.7:3000"] {
            assert!(missing_at(listen, "{ default = '' }", &[]), "{listen}");
            assert!(missing_at(listen, "{ default = '' }", &[("url", "")]), "{listen}");
            assert!(!missing_at(listen, "{ default = '' }", &[("url", "http://todo.example")]), "{listen}");
            assert!(!missing_at(listen, "{ default = 'http://todo.example' }", &[]), "{listen}");
        }
        for listen in ["localhost:3000", "127.0.0.1:3000", "[::1]:3000"] {
            assert!(!missing_at(listen, "{ default = '' }", &[]), "{listen}");
        }
    }

    #[test]
    fn the_sentence_is_the_flag_to_add() {
        let of = |listen: &str| missing(listen.parse().unwrap(), "public_url");
        assert!(of("0.0.0.0:3000").contains("--variable public_url=http://ADDRESS:3000"));
        assert!(of("192.0.2.7:3000").contains("--variable public_url=http://192.0.2.7:3000"));
    }
}
