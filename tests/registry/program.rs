//! `runtime-shim registry …`, run as people run it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use harness::{repository, runtime_shim};
use p256::ecdsa::SigningKey;
use p256::pkcs8::{EncodePrivateKey as _, EncodePublicKey as _, LineEnding};
use tempfile::TempDir;

/// What a run of the program left.
pub struct Outcome {
    pub success: bool,
    pub output: String,
    pub error: String,
}

impl Outcome {
    /// The last line it wrote to standard output, which must be a success's.
    pub fn answer(&self) -> String {
        assert!(self.success, "{}", self.error);
        self.output.lines().last().unwrap_or_default().to_owned()
    }

    /// What it says is wrong.
    pub fn error_line(&self) -> &str {
        assert!(!self.success, "{}", self.output);
        &self.error
    }
}

/// A person or pipeline with a folder of their own: credentials, cache, nothing else.
pub struct Workspace {
    folder: TempDir,
}

impl Workspace {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn cache(&self) -> PathBuf {
        self.path("cache")
    }

    /// The program, as this person has it.
    pub fn command(&self) -> Command {
        let mut command = Command::new(runtime_shim());
        self.equip(&mut command);
        command
    }

    /// Gives `command` this person's surroundings and no others.
    pub fn equip(&self, command: &mut Command) {
        command.current_dir(self.folder.path());
        command.env("DOCKER_CONFIG", self.path("docker")).env("RUNTIME_SHIM_CACHE_DIR", self.cache());
        command.env("SOURCE_DATE_EPOCH", "1767323045").env_remove("COSIGN_PASSWORD");
    }

    pub fn registry(&self, arguments: &[&str]) -> Outcome {
        self.registry_with_input(arguments, "")
    }

    pub fn registry_with_input(&self, arguments: &[&str], input: &str) -> Outcome {
        use std::io::Write as _;
        let mut command = self.command();
        command.arg("registry").args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        Outcome {
            success: output.status.success(),
            output: String::from_utf8(output.stdout).unwrap(),
            error: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// A key pair made for this run: private and public.
    pub fn keys(&self, seed: u8) -> (String, String) {
        let key = SigningKey::from_slice(&[seed; 32]).unwrap();
        let (private, public) = (self.path(&format!("{seed}.key")), self.path(&format!("{seed}.pub")));
        std::fs::write(&private, key.to_pkcs8_pem(LineEnding::LF).unwrap().as_bytes()).unwrap();
        std::fs::write(&public, key.verifying_key().to_public_key_pem(LineEnding::LF).unwrap()).unwrap();
        (text(&private), text(&public))
    }

    /// A small app: one component of the product that needs nothing, and two files.
    pub fn small_app(&self, version: &str) -> String {
        let folder = self.path(&format!("small-{version}"));
        std::fs::create_dir_all(folder.join("static")).unwrap();
        std::fs::write(folder.join("static/large.txt"), "large ".repeat(100)).unwrap();
        std::fs::write(folder.join("static/small.txt"), "small").unwrap();
        let manifest = format!(
            "spin_manifest_version = 2\n[application]\nname = 'small'\nversion = '{version}'\n\
             [[trigger.http]]\nroute = '/...'\ncomponent = 'docs'\n\
             [component.docs]\nsource = '{}'\nfiles = ['static/*']\n",
            built("api_docs").display()
        );
        std::fs::write(folder.join("spin.toml"), manifest).unwrap();
        text(&folder.join("spin.toml"))
    }
}

/// The product's own manifest.
pub fn product() -> String {
    text(&repository().join("spin.toml"))
}

/// A component of the product.
pub fn built(name: &str) -> PathBuf {
    repository()
        .join(format!("target/wasm32-wasip2/release/{name}.wasm"))
        .canonicalize()
        .expect("it is built")
}

pub fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}
