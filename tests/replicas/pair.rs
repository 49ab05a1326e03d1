//! Two processes of the app that share a database, a secret and a name.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use harness::{App, Caller, Database, EVERY_SCOPE, Options};
use tempfile::TempDir;
use uuid::Uuid;

/// The two, and whose turn it is.
pub struct Pair {
    apps: [App; 2],
    turn: AtomicUsize,
    _data: TempDir,
}

impl Pair {
    /// The pair that the tests of this program share.
    pub fn shared() -> &'static Self {
        static PAIR: OnceLock<Pair> = OnceLock::new();
        PAIR.get_or_init(Self::start)
    }

    fn start() -> Self {
        let data = tempfile::tempdir().unwrap();
        let options = |database, public_url: Option<&str>| Options {
            database,
            data: Some(data.path().to_owned()),
            secret: Some("a secret that both replicas have, 32 bytes or more".to_owned()),
            variables: public_url.map(|url| ("public_url".to_owned(), url.to_owned())).into_iter().collect(),
            ..Options::default()
        };
        let first = App::start(options(Database::Shared, None).without_quotas()).unwrap();
        let second = options(Database::At(first.database_url.clone()), Some(&first.url));
        let second = App::start(second.without_quotas()).unwrap();
        Self { apps: [first, second], turn: AtomicUsize::new(0), _data: data }
    }

    /// A new user, by a token that both take.
    pub fn user(&self) -> Caller {
        self.apps[0].known_user(Uuid::new_v4(), EVERY_SCOPE, 3_600)
    }

    /// The address that the next request goes to: each process in its turn.
    pub fn next(&self) -> &str {
        &self.apps[self.turn.fetch_add(1, Ordering::Relaxed) % 2].url
    }
}
