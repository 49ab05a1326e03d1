//! PostgreSQL addresses: both forms libpq knows, and the allow-list over every host they can name.

use super::bindings::Error;
use super::tls::TlsMode;
use app_manifest::AllowedHosts;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

/// The port PostgreSQL listens on unless told otherwise.
const DEFAULT_PORT: u16 = 5432;

/// An address that was read and allowed.
#[derive(Clone, Debug)]
pub struct Address {
    /// What tells pools apart: the address as given, and the authority it trusts.
    pub key: String,
    /// How to connect.
    pub config: Config,
    /// How far the server has to prove itself.
    pub tls: TlsMode,
    /// Certificate authority (PEM) the component trusts instead of the public ones.
    pub authority: Option<String>,
}

impl Address {
    /// Reads `text` (`postgres://…` or `key=value …`) and checks every host it names.
    ///
    /// # Errors
    /// `bad-parameter` when it is no address, `connection-failed` when a host is not allowed. Neither repeats the
    /// address, which holds a password.
    pub fn parse(text: &str, allowed: &AllowedHosts) -> Result<Self, Error> {
        let (text_for_config, tls) = TlsMode::take_from(text);
        let mut config: Config = text_for_config.parse().map_err(|e: tokio_postgres::Error| {
            Error::BadParameter(format!("not a PostgreSQL address: {}", reason(&e)))
        })?;
        let tls = tls.unwrap_or(match config.get_ssl_mode() {
            SslMode::Disable => TlsMode::Disabled,
            SslMode::Require => TlsMode::Verified,
            _ => TlsMode::Opportunistic,
        });
        config.ssl_mode(match tls {
            TlsMode::Disabled => SslMode::Disable,
            TlsMode::Opportunistic => SslMode::Prefer,
            TlsMode::Verified => SslMode::Require,
        });
        check_hosts(&config, allowed)?;
        Ok(Self { key: text.to_owned(), config, tls, authority: None })
    }

    /// Who connects where, `user@host/database`, without anything secret.
    pub fn label(&self) -> String {
        format!("{}@{}/{}", self.config.get_user().unwrap_or_default(), self.host(), self.database())
    }

    /// The database it names; by default that of the user's name.
    pub fn database(&self) -> &str {
        self.config.get_dbname().or(self.config.get_user()).unwrap_or_default()
    }

    /// The first server it names.
    pub fn host(&self) -> &str {
        match self.config.get_hosts().first() {
            Some(Host::Tcp(name)) => name,
            _ => "",
        }
    }

    /// The same address, trusting the authority in `pem` instead of the public ones.
    pub fn with_authority(mut self, pem: String) -> Self {
        self.key = format!("{}\n{pem}", self.key);
        self.authority = Some(pem);
        if self.tls == TlsMode::Opportunistic {
            // Who names an authority wants the server to prove itself.
            self.tls = TlsMode::Verified;
            self.config.ssl_mode(SslMode::Require);
        }
        self
    }
}

/// A connection goes to `hostaddr` when there is one and else to `host`; each entry has a port of its own, or all
/// share one. Everything that could be connected to has to be allowed.
fn check_hosts(config: &Config, allowed: &AllowedHosts) -> Result<(), Error> {
    let ports = config.get_ports();
    let (hosts, addresses) = (config.get_hosts().len(), config.get_hostaddrs().len());
    let differ = |a: usize, b: usize| a > 0 && b > 0 && a != b;
    if differ(hosts, addresses) || (ports.len() > 1 && ports.len() != hosts.max(addresses)) {
        let why = "not a PostgreSQL address: its hosts, addresses and ports differ in number";
        return Err(Error::BadParameter(why.to_owned()));
    }
    let port_of = |index: usize| match ports {
        [] => DEFAULT_PORT,
        [port] => *port,
        _ => ports.get(index).copied().unwrap_or(DEFAULT_PORT),
    };
    let mut named = Vec::new();
    for (index, host) in config.get_hosts().iter().enumerate() {
        match host {
            Host::Tcp(host) => named.push((host.clone(), port_of(index))),
            // No pattern can name a socket file.
            #[cfg(unix)]
            Host::Unix(path) => return Err(denied(&path.display().to_string())),
        }
    }
    for (index, address) in config.get_hostaddrs().iter().enumerate() {
        named.push((address.to_string(), port_of(index)));
    }
    if named.is_empty() {
        return Err(Error::BadParameter("not a PostgreSQL address: it names no host".to_owned()));
    }
    for (host, port) in named {
        if !allowed.allows("postgres", &host, port) && !allowed.allows("postgresql", &host, port) {
            return Err(denied(&format!("{host}:{port}")));
        }
    }
    Ok(())
}

fn denied(host: &str) -> Error {
    tracing::warn!(host, "outbound connection denied: not in allowed_outbound_hosts");
    Error::ConnectionFailed(format!("address postgres://{host} is not permitted"))
}

/// The cause of an error without what it quotes from the address.
fn reason(error: &tokio_postgres::Error) -> String {
    std::error::Error::source(error).map_or_else(|| "unreadable".to_owned(), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(address: &str, allowed: &[&str]) -> Result<Address, Error> {
        let allowed: Vec<_> = allowed.iter().map(|p| (*p).to_owned()).collect();
        Address::parse(address, &AllowedHosts::parse(&allowed).unwrap())
    }

    #[test]
    fn the_allow_list_holds_for_every_way_to_name_a_host() {
        let allowed = ["postgres://db.example:5432", "postgres://127.0.0.1:5432"];
        for address in [
            "postgres://u:p@db.example/d",
            "postgres://u:p@db.example:5432/d",
            "postgresql://u:p@DB.example/d",
            "postgres://db%2Eexample/d",
            "host=db.example user=u",
            "host='db.example' port=5432",
            "hostaddr=127.0.0.1 user=u",
            "host=db.example hostaddr=127.0.0.1",
            "postgres://u@db.example,127.0.0.1/d",
            "postgres:///d?host=db.example",
            "postgres:///d?hostaddr=127.0.0.1",
        ] {
            assert!(parse(address, &allowed).is_ok(), "{address}: {:?}", parse(address, &allowed).err());
        }
        for address in [
            "postgres://u:p@evil.example/d",
            "postgres://u:p@db.example:5433/d",
            "postgres://u@db.example,evil.example/d",
            "postgres://u@db.example:5432,db.example:1/d",
            "postgres://u@db.example/d?host=evil.example",
            "postgres://u@db.example/d?hostaddr=10.0.0.1",
            "postgres://%65vil.example/d",
            "postgres:///d?host=evil%2Eexample",
            "host=db.example hostaddr=10.0.0.1",
            "host=db.example,evil.example",
            "host=db.example,db.example port=5432,1",
            "hostaddr=10.0.0.1",
            "hostaddr=::1",
            "host=/var/run/postgresql",
            "postgres://%2Fvar%2Frun%2Fpostgresql/d",
            "postgres:///d?host=/var/run/postgresql",
        ] {
            assert!(
                matches!(parse(address, &allowed), Err(Error::ConnectionFailed(_))),
                "{address}: {:?}",
                parse(address, &allowed).map(|a| a.config)
            );
        }
    }

    #[test]
    fn an_address_without_host_has_no_default() {
        for address in ["user=u dbname=d", "postgres:///d", ""] {
            assert!(matches!(parse(address, &["postgres://*:*"]), Err(Error::BadParameter(_))), "{address}");
        }
    }

    #[test]
    fn hosts_addresses_and_ports_that_do_not_pair_up_are_refused() {
        for address in [
            "postgres://u@db.example/d?port=1",
            "host=db.example,db.example port=1,2,3",
            "host=db.example,db.example hostaddr=127.0.0.1",
        ] {
            assert!(matches!(parse(address, &["postgres://*:*"]), Err(Error::BadParameter(_))), "{address}");
        }
    }

    #[test]
    fn errors_do_not_repeat_the_password() {
        for address in
            ["postgres://u:hunter2@host:port/d", "password=hunter2 host", "postgres://u:hunter2@evil/d"]
        {
            let error = format!("{:?}", parse(address, &[]).unwrap_err());
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn the_ssl_mode_is_libpqs_with_required_meaning_verified() {
        let mode = |query: &str| parse(&format!("postgres://db/d{query}"), &["postgres://db"]).unwrap().tls;
        assert_eq!(mode(""), TlsMode::Opportunistic);
        assert_eq!(mode("?sslmode=disable"), TlsMode::Disabled);
        assert_eq!(mode("?sslmode=prefer"), TlsMode::Opportunistic);
        assert_eq!(mode("?sslmode=require"), TlsMode::Verified);
        assert_eq!(mode("?application_name=x&sslmode=verify-full"), TlsMode::Verified);
        assert_eq!(parse("host=db sslmode=verify-ca", &["postgres://db"]).unwrap().tls, TlsMode::Verified);
    }
}
