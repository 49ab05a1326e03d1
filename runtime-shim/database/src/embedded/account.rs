//! The account the server runs as: PostgreSQL refuses to be root.

use std::fs::{self, File, Metadata, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::path::{Path, PathBuf};

/// Accounts for a server that root starts: the first of PostgreSQL's packages, the second of every system.
const NAMES: [&str; 2] = ["postgres", "nobody"];

/// An account of this machine, without its groups but the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Account {
    name: String,
    uid: u32,
    gid: u32,
}

impl Account {
    /// Whom to run a server as; nothing when this process is not root and runs it as itself. Data that belongs to
    /// somebody already is served as that account.
    ///
    /// # Errors
    /// In words, when this machine has no such account.
    pub(super) fn for_server(data: &Path) -> Result<Option<Self>, String> {
        if !rustix::process::geteuid().is_root() {
            return Ok(None);
        }
        let known = fs::read_to_string("/etc/passwd").unwrap_or_default();
        if let Ok(metadata) = fs::metadata(data)
            && metadata.uid() != 0
        {
            let name = by_uid(&known, metadata.uid()).unwrap_or_else(|| metadata.uid().to_string());
            return Ok(Some(Self { name, uid: metadata.uid(), gid: metadata.gid() }));
        }
        let found = NAMES.iter().find_map(|name| by_name(&known, name));
        found.map(Some).ok_or_else(|| {
            "PostgreSQL does not run as root, and this machine has neither an account `postgres` nor `nobody`: start \
             the app as another user"
                .to_owned()
        })
    }

    /// Its name, or its number when it has none.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Numbers of user and group.
    pub(super) fn ids(&self) -> (u32, u32) {
        (self.uid, self.gid)
    }

    /// Makes a file or folder this account's, and nobody else's to read.
    pub(super) fn give(&self, path: &Path) -> io::Result<()> {
        let mode = if path.is_dir() { 0o700 } else { 0o600 };
        fs::set_permissions(path, Permissions::from_mode(mode))?;
        chown(path, Some(self.uid), Some(self.gid))
    }

    /// Whether this account gets to what is in `folder`.
    pub(super) fn may_enter(&self, folder: &Path) -> bool {
        let Ok(folder) = folder.canonicalize() else { return false };
        folder.ancestors().all(|folder| fs::metadata(folder).is_ok_and(|metadata| self.may_search(&metadata)))
    }

    fn may_search(&self, folder: &Metadata) -> bool {
        let bit = match () {
            () if folder.uid() == self.uid => 0o100,
            () if folder.gid() == self.gid => 0o010,
            () => 0o001,
        };
        folder.mode() & bit != 0
    }
}

fn by_name(known: &str, wanted: &str) -> Option<Account> {
    entries(known).find(|account| account.name == wanted)
}

fn by_uid(known: &str, wanted: u32) -> Option<String> {
    entries(known).find(|account| account.uid == wanted).map(|account| account.name)
}

/// The lines of passwd(5): `name:password:uid:gid:…`.
fn entries(known: &str) -> impl Iterator<Item = Account> {
    known.lines().filter_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        let [name, _password, uid, gid, ..] = fields.as_slice() else { return None };
        Some(Account { name: (*name).to_owned(), uid: number(uid)?, gid: number(gid)? })
    })
}

/// macOS writes the number of `nobody` as -2.
fn number(text: &str) -> Option<u32> {
    text.parse().ok().or_else(|| text.parse().ok().map(i32::cast_unsigned))
}

/// A folder as a child process of an account gets to it. The child holds it open as its descriptor 3.
pub(super) struct Reachable {
    /// The open folder.
    pub handle: File,
    /// Its path for the child.
    pub path: PathBuf,
}

impl Reachable {
    /// How a child of `account` (of this process's own when there is none) gets to `folder`.
    ///
    /// # Errors
    /// In words.
    pub(super) fn new(folder: &Path, account: Option<&Account>) -> Result<Self, String> {
        let handle = File::open(folder).map_err(|error| error.to_string())?;
        Self::through(handle, folder, account)
    }

    /// The same, for a folder that is open already.
    ///
    /// # Errors
    /// In words.
    pub(super) fn through(handle: File, folder: &Path, account: Option<&Account>) -> Result<Self, String> {
        let parent = folder.parent().unwrap_or(folder);
        let path = match account {
            // A folder below one that is closed to others, such as root's home: the descriptor leads past it.
            Some(account) if !account.may_enter(parent) => {
                let descriptor = Path::new("/proc/self/fd");
                if !descriptor.is_dir() {
                    return Err(format!(
                        "PostgreSQL runs as the account `{}`, which may not enter {}: choose another --data-dir",
                        account.name,
                        parent.display()
                    ));
                }
                descriptor.join("3")
            }
            _ => folder.to_path_buf(),
        };
        Ok(Self { handle, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &str = "root:x:0:0:root:/root:/bin/sh\nbroken\nnobody:*:-2:-2::/var/empty:/bin/false\n\
        postgres:x:101:104:,,,:/var/lib/postgresql:/bin/bash\n";

    fn account(uid: u32, gid: u32) -> Account {
        Account { name: "somebody".to_owned(), uid, gid }
    }

    #[test]
    fn accounts_are_found_by_name_and_by_number() {
        let postgres = by_name(KNOWN, "postgres").unwrap();
        assert_eq!((postgres.name(), postgres.ids()), ("postgres", (101, 104)));
        assert_eq!(by_name(KNOWN, "nobody").unwrap().ids(), (4_294_967_294, 4_294_967_294));
        assert_eq!(by_uid(KNOWN, 101).unwrap(), "postgres");
        assert!(by_name(KNOWN, "broken").is_none());
    }

    #[test]
    fn an_account_enters_what_its_bits_let_it() {
        let folder = tempfile::tempdir().unwrap();
        let metadata = fs::metadata(folder.path()).unwrap();
        let (owner, group) = (metadata.uid(), metadata.gid());
        let stranger = account(owner + 1, group + 1);
        for (mode, by) in [(0o700, [true, false, false]), (0o710, [true, true, false]), (0o711, [true; 3])] {
            fs::set_permissions(folder.path(), Permissions::from_mode(mode)).unwrap();
            let metadata = fs::metadata(folder.path()).unwrap();
            let found = [account(owner, group), account(owner + 1, group), stranger.clone()]
                .map(|account| account.may_search(&metadata));
            assert_eq!(found, by, "{mode:o}");
        }
        // One closed folder on the way is enough.
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        assert!(stranger.may_enter(&inner));
        fs::set_permissions(folder.path(), Permissions::from_mode(0o700)).unwrap();
        assert!(!stranger.may_enter(&inner));
    }
}
