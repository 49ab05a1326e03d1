//! Folders that go with the process that made them: at the latest when the next one is made.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::TempDir;

const PREFIX: &str = "scratch-";
/// The file that the owner of a folder keeps locked. The kernel frees the lock when the owner ends, however it does, and
/// tells so to processes in other containers too, where the owner's number would be somebody else's.
const OWNER: &str = "owner.lock";

/// A folder that is removed when it is dropped, or after the process ended without dropping it.
pub struct Folder {
    folder: TempDir,
    _owner: File,
}

impl Folder {
    /// A new folder for temporary files of something, named for it. Those that nobody owns any more go.
    ///
    /// # Errors
    /// The folder for temporary files can't be read or written.
    pub fn new(of: &str) -> io::Result<Self> {
        let among = std::env::temp_dir();
        remove_ownerless(&among)?;
        Self::below(&among, of)
    }

    fn below(among: &Path, of: &str) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix(&format!("{PREFIX}{of}-")).tempdir_in(among)?;
        // It gets its name when it is locked: with that name and unlocked it would be taken for left behind.
        let unnamed = folder.path().join("owner");
        let owner = File::create(&unnamed)?;
        owner.lock()?;
        fs::rename(unnamed, folder.path().join(OWNER))?;
        Ok(Self { folder, _owner: owner })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Removes folders whose owner has ended. Those of other accounts stay, and those that never had an owner.
fn remove_ownerless(among: &Path) -> io::Result<()> {
    for entry in fs::read_dir(among)?.flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let Some(owner) = ours.then(|| File::open(entry.path().join(OWNER)).ok()).flatten() else { continue };
        if owner.try_lock().is_ok() {
            // The data first: where a server that is just ending writes it anew, the lock is still there the next time.
            let data = crate::data(&entry.path());
            if fs::remove_dir_all(&data).is_ok() || !data.exists() {
                // The account may lack the right: then it stays.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{Command, Stdio};
    use std::thread;
    use std::time::Duration;

    /// Where the process that is killed makes its folder: this test again, with that in its environment.
    const AMONG: &str = "SCRATCH_POSTGRES_TEST_AMONG";

    #[test]
    fn a_folder_stays_while_its_owner_lives_and_goes_after_it_was_killed() {
        if let Some(among) = std::env::var_os(AMONG) {
            let _folder = Folder::below(Path::new(&among), "postgres").unwrap();
            loop {
                thread::park();
            }
        }
        let among = tempfile::tempdir().unwrap();
        let entries =
            || -> Vec<_> { fs::read_dir(among.path()).unwrap().map(|entry| entry.unwrap().path()).collect() };
        let mut again = Command::new(std::env::current_exe().unwrap());
        again
            .args([
                "--exact",
                "folder::tests::a_folder_stays_while_its_owner_lives_and_goes_after_it_was_killed",
            ])
            .env(AMONG, among.path())
            .stdout(Stdio::null());
        let mut owner = crate::spawn(again).unwrap();
        while !entries().iter().any(|folder| folder.join(OWNER).is_file()) {
            assert!(owner.process().try_wait().unwrap().is_none(), "it ended before it made its folder");
            thread::sleep(Duration::from_millis(10));
        }
        fs::create_dir(entries()[0].join("data")).unwrap();
        remove_ownerless(among.path()).unwrap();
        assert_eq!(entries().len(), 1);

        owner.end();
        let own = Folder::below(among.path(), "app").unwrap();
        let other = among.path().join("backups-1");
        fs::create_dir(&other).unwrap();
        remove_ownerless(among.path()).unwrap();
        let mut left = entries();
        left.sort();
        assert_eq!(left, [other.clone(), own.path().to_owned()]);

        drop(own);
        assert_eq!(entries(), [other]);
    }
}
