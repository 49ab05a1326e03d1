//! Spin's `--runtime-config-file`, as far as this host offers what it configures.

use crate::settings::RunSettings;
use app_manifest::VariableSources;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RuntimeConfigError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// Not TOML, or a key this host does not know; both named with line and column.
    #[error("{path}: {message}")]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        message: String,
    },
}

/// What a runtime config file says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuntimeConfig {
    #[serde(default)]
    outbound_pg: OutboundPg,
    #[serde(default, alias = "variables_provider", alias = "config_provider")]
    variable_provider: Vec<Provider>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct OutboundPg {
    max_connections: Option<usize>,
}

/// Where variables come from: values written down in the file, or the environment, as SpinKube's operator always says.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum Provider {
    Static {
        values: BTreeMap<String, String>,
    },
    Env {
        #[serde(default)]
        prefix: Option<String>,
    },
}

/// Reads the file at `path`.
///
/// # Errors
/// [`RuntimeConfigError`] naming the key.
pub fn read(path: &Path) -> Result<RuntimeConfig, RuntimeConfigError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| RuntimeConfigError::Read { path: path.to_owned(), source })?;
    toml::from_str(&text)
        .map_err(|e| RuntimeConfigError::Content { path: path.to_owned(), message: e.to_string() })
}

impl RuntimeConfig {
    /// Puts what the file says into `settings`.
    pub fn apply(self, settings: &mut RunSettings) {
        if let Some(max) = self.outbound_pg.max_connections {
            settings.postgres.max_connections = max.max(1);
        }
        for provider in self.variable_provider {
            let values = match provider {
                Provider::Static { values } => values,
                Provider::Env { prefix } => VariableSources::environment_with(prefix.as_deref()),
            };
            for (name, value) in values {
                // The first provider that knows a variable wins, as in Spin.
                settings.variables.runtime_config.entry(name).or_insert(value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_file_says_is_applied() {
        let config: RuntimeConfig = toml::from_str(
            "[outbound_pg]\nmax_connections = 3\n[[variable_provider]]\ntype = 'static'\nvalues = { a = '1' }\n\
             [[variable_provider]]\ntype = 'static'\nvalues = { a = '2', b = '3' }",
        )
        .unwrap();
        let mut settings = RunSettings::new(PathBuf::from("spin.toml"));
        config.apply(&mut settings);
        assert_eq!(settings.postgres.max_connections, 3);
        assert_eq!(settings.variables.runtime_config["a"], "1");
        assert_eq!(settings.variables.runtime_config["b"], "3");
    }

    #[test]
    fn what_spinkubes_operator_writes_is_read() {
        let text = "[[config_provider]]\ntype = \"env\"\nprefix = \"SPIN_VARIABLE_\"\n";
        let mut settings = RunSettings::new(PathBuf::from("spin.toml"));
        toml::from_str::<RuntimeConfig>(text).unwrap().apply(&mut settings);
        let dotenv = "[[variable_provider]]\ntype = 'env'\ndotenv_path = '.env'";
        assert!(toml::from_str::<RuntimeConfig>(dotenv).is_err(), "not offered, so it is not passed over");
    }

    #[test]
    fn unknown_keys_are_refused_by_name() {
        for text in ["[outbound_pg]\nmax_conections = 3", "[key_value_store.default]\ntype = 'spin'"] {
            let error = toml::from_str::<RuntimeConfig>(text).unwrap_err().to_string();
            assert!(error.contains("max_conections") || error.contains("key_value_store"), "{error}");
        }
        assert!(toml::from_str::<RuntimeConfig>("[[variable_provider]]\ntype = 'vault'").is_err());
    }
}
