//! The manifest as typed structs, before templates are resolved.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A whole `spin.toml`.
#[derive(Clone, Debug, Deserialize)]
pub struct Manifest {
    /// Must be 2.
    pub spin_manifest_version: u32,
    /// Name and version of the app.
    pub application: Application,
    /// What operators can set, by name.
    #[serde(default)]
    pub variables: BTreeMap<String, Variable>,
    /// Which requests reach which component.
    #[serde(default)]
    pub trigger: Triggers,
    /// Components by id.
    #[serde(default)]
    pub component: BTreeMap<String, Component>,
    /// The folder of the file; paths in it are relative to this.
    #[serde(skip)]
    pub folder: PathBuf,
}

/// `[application]`.
#[derive(Clone, Debug, Deserialize)]
pub struct Application {
    /// The app's name.
    pub name: String,
    /// The app's version.
    #[serde(default)]
    pub version: Option<String>,
    /// For people.
    #[serde(default)]
    pub description: Option<String>,
    /// Who made it.
    #[serde(default)]
    pub authors: Vec<String>,
}

/// `[variables.<name>]`.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Variable {
    /// Value when nobody sets it.
    #[serde(default)]
    pub default: Option<String>,
    /// The app does not start without a value.
    #[serde(default)]
    pub required: bool,
    /// Never shown.
    #[serde(default)]
    pub secret: bool,
    /// For people.
    #[serde(default)]
    pub description: Option<String>,
}

/// `[[trigger.<kind>]]`.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Triggers {
    /// HTTP triggers in the order of the file.
    #[serde(default)]
    pub http: Vec<HttpTrigger>,
    /// Kinds this host does not run; reading refuses them by name.
    #[serde(flatten)]
    pub others: BTreeMap<String, toml::Value>,
}

/// One `[[trigger.http]]`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct HttpTrigger {
    /// Its name; made up from the component's when absent.
    #[serde(default, skip_serializing)]
    pub id: Option<String>,
    /// The component that answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<toml::Value>,
    /// The paths it answers for.
    pub route: Route,
    /// How the component is called; only Spin's default kinds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub executor: Option<Executor>,
    /// A fixed answer instead of a component.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub static_response: Option<StaticResponse>,
    /// HTTP middleware, which this host does not run.
    #[serde(default, skip_serializing)]
    pub dependencies: Option<toml::Value>,
}

/// A trigger's route.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Route {
    /// A pattern such as `/api/:id/...`.
    Pattern(String),
    /// `{ private = true }`: reachable by service chaining only.
    Private {
        /// Must be true.
        private: bool,
    },
}

/// `executor` of an HTTP trigger.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Executor {
    /// `http` or `spin`; `wagi` is refused.
    #[serde(rename = "type")]
    pub kind: String,
}

/// `static_response` of an HTTP trigger.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct StaticResponse {
    /// HTTP status; 200 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_code: Option<u16>,
    /// Response headers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// Response body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

/// `[component.<id>]`.
#[derive(Clone, Debug, Deserialize)]
pub struct Component {
    /// For people.
    #[serde(default)]
    pub description: Option<String>,
    /// Where its WebAssembly is.
    pub source: ComponentSource,
    /// Files it may read.
    #[serde(default)]
    pub files: Vec<Files>,
    /// Glob patterns taken out of `files`.
    #[serde(default)]
    pub exclude_files: Vec<String>,
    /// Where it may connect to; each a template.
    #[serde(default)]
    pub allowed_outbound_hosts: Vec<String>,
    /// The form before `allowed_outbound_hosts`; refused.
    #[serde(default)]
    pub allowed_http_hosts: Vec<String>,
    /// Not offered by this host.
    #[serde(default)]
    pub key_value_stores: Vec<String>,
    /// Not offered by this host.
    #[serde(default)]
    pub sqlite_databases: Vec<String>,
    /// Not offered by this host.
    #[serde(default)]
    pub ai_models: Vec<String>,
    /// Its environment.
    #[serde(default)]
    pub environment: BTreeMap<String, String>,
    /// Variables it can read; each value a template.
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
    /// How its WebAssembly is built.
    #[serde(default)]
    pub build: Option<Build>,
    /// Which of its imports other components fill.
    #[serde(default)]
    pub dependencies: BTreeMap<String, ComponentDependency>,
    /// Every dependency inherits everything.
    #[serde(default)]
    pub dependencies_inherit_configuration: bool,
}

/// `source` of a component.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum ComponentSource {
    /// A file beside the manifest.
    Path(PathBuf),
    /// A URL or a registry package, which this host does not fetch.
    Remote(toml::Table),
}

/// One entry of `files`.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Files {
    /// Files matching a glob pattern, at the same path.
    Pattern(String),
    /// A folder at another path.
    Mount {
        /// Folder on the host, relative to the manifest.
        source: PathBuf,
        /// Absolute path in the component.
        destination: String,
    },
    /// Content that came with an artifact's description, at a path in the component.
    #[serde(skip)]
    Inline {
        /// The content.
        content: Vec<u8>,
        /// Path in the component.
        destination: String,
    },
}

/// `[component.<id>.build]`.
#[derive(Clone, Debug, Deserialize)]
pub struct Build {
    /// Shell command, or several run in order.
    pub command: OneOrMany,
    /// Folder it runs in, relative to the manifest.
    #[serde(default)]
    pub workdir: Option<PathBuf>,
    /// Glob patterns of what it reads, relative to `workdir`.
    #[serde(default)]
    pub watch: Vec<String>,
}

impl Build {
    /// The commands in the order they run.
    pub fn commands(&self) -> &[String] {
        match &self.command {
            OneOrMany::One(command) => std::slice::from_ref(command),
            OneOrMany::Many(commands) => commands,
        }
    }
}

/// A string or a list of strings.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One string.
    One(String),
    /// A list.
    Many(Vec<String>),
}

/// What fills an import.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum ComponentDependency {
    /// A registry version, which this host does not fetch.
    Version(String),
    /// Another component of the app, or a file.
    Local(LocalDependency),
}

/// `{ component = … }` or `{ path = … }`.
#[derive(Clone, Debug, Deserialize)]
pub struct LocalDependency {
    /// Id of another component of the app.
    #[serde(default)]
    pub component: Option<String>,
    /// A WebAssembly file, relative to the manifest.
    #[serde(default)]
    pub path: Option<PathBuf>,
    /// The export that fills the import, when its name differs.
    #[serde(default)]
    pub export: Option<String>,
    /// Which of the parent's rights it gets.
    #[serde(default)]
    pub inherit_configuration: Option<Inherit>,
}

/// `inherit_configuration`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
pub enum Inherit {
    /// Everything or nothing.
    All(bool),
    /// Some kinds of configuration.
    Some(Vec<String>),
}

impl HttpTrigger {
    /// Id of the component that answers, if it is not a fixed answer.
    pub fn component_id(&self) -> Option<&str> {
        self.component.as_ref().and_then(toml::Value::as_str)
    }
}
