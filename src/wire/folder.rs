//! Where sessions listen: a folder of the user's alone, with a socket for each of them, named by its process.
//!
//! `$XDG_RUNTIME_DIR/diptych`; without a runtime folder, `run` in the state folder, or `diptych-UID` in the temporary one
//! where that path is too long for a socket. Whoever may look into the folder may speak to the sessions, so it is used only
//! where it is the user's own, and nobody else can open it.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, FileTypeExt as _, MetadataExt as _, PermissionsExt as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rustix::process::geteuid;

/// A path of a socket has to have room in an address: 104 bytes on macOS, 108 on Linux, the zero at its end among them.
const LONGEST_PATH: usize = 103;
/// Room for the name of a socket.
const NAME: usize = "/4294967295.sock".len();

/// The folder of the sockets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SocketFolder(PathBuf);

/// Why a socket cannot be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoSocket {
    /// The folder belongs to somebody else, or is open to others.
    #[error("{0} is not yours alone; nothing is listened on there")]
    NotAlone(PathBuf),
    /// The system refuses.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl SocketFolder {
    /// The folder for this user; `state` is where programs of the user keep their state, `runtime` what the environment
    /// names as the folder for what runs.
    fn of(runtime: Option<&OsStr>, state: Option<&Path>) -> Self {
        let runtime = runtime.map(Path::new).filter(|p| p.is_absolute()).map(|p| p.join("diptych"));
        let fits = |path: &PathBuf| path.as_os_str().len() + NAME <= LONGEST_PATH;
        let named = runtime.into_iter().chain(state.map(|state| state.join("run"))).find(fits);
        Self(named.unwrap_or_else(|| std::env::temp_dir().join(format!("diptych-{}", geteuid().as_raw()))))
    }

    /// The folder for the user of this process; `state` is where programs of the user keep their state.
    pub(crate) fn here(state: Option<&Path>) -> Self {
        Self::of(std::env::var_os("XDG_RUNTIME_DIR").as_deref(), state)
    }

    /// All folders that sessions of this user may listen in, seen from this process.
    pub(crate) fn all_here(state: Option<&Path>) -> Vec<Self> {
        Self::all(std::env::var_os("XDG_RUNTIME_DIR").as_deref(), state)
    }

    /// Where sessions of this user may listen: the folder of this environment, and the one of those that have no runtime folder. One
    /// begun by ssh may have none beside one begun on the desktop.
    fn all(runtime: Option<&OsStr>, state: Option<&Path>) -> Vec<Self> {
        let mut folders = vec![Self::of(runtime, state), Self::of(None, state)];
        folders.dedup();
        folders
    }

    /// The socket of the process of this number.
    pub(crate) fn socket_of(&self, process: u32) -> PathBuf {
        self.0.join(format!("{process}.sock"))
    }

    /// Listens as the process of this number. Sockets that nobody listens on any more are cleared away.
    pub(crate) fn listen(&self, process: u32) -> Result<(UnixListener, PathBuf), NoSocket> {
        match DirBuilder::new().recursive(true).mode(0o700).create(&self.0) {
            Err(e) if e.kind() != io::ErrorKind::AlreadyExists => return Err(e.into()),
            _ => {}
        }
        self.own()?;
        for (path, _) in self.sockets() {
            if is_stale(&path) {
                let _ = fs::remove_file(&path);
            }
        }
        let path = self.socket_of(process);
        // What is there now is a live session's: in two containers that share the folder, processes have the same numbers.
        let listener = UnixListener::bind(&path)?;
        fs::set_permissions(&path, Permissions::from_mode(0o600))?;
        listener.set_nonblocking(true)?;
        Ok((listener, path))
    }

    /// The sockets in some folders that somebody listens on, the newest first; none of a folder that is not the user's own.
    pub(crate) fn live(folders: &[Self]) -> Vec<PathBuf> {
        let own = folders.iter().filter(|folder| folder.own().is_ok());
        let mut sockets: Vec<_> = own.flat_map(Self::sockets).collect();
        sockets.sort_by_key(|(path, made)| (std::cmp::Reverse(*made), path.clone()));
        sockets.into_iter().map(|(path, _)| path).filter(|path| !is_stale(path)).collect()
    }

    /// Whether the folder is the user's, and closed to everybody else.
    fn own(&self) -> Result<(), NoSocket> {
        let meta = fs::symlink_metadata(&self.0)?;
        // No bit for the group, and none for others.
        if meta.is_dir() && meta.uid() == geteuid().as_raw() && meta.mode().trailing_zeros() >= 6 {
            Ok(())
        } else {
            Err(NoSocket::NotAlone(self.0.clone()))
        }
    }

    fn sockets(&self) -> Vec<(PathBuf, SystemTime)> {
        let Ok(entries) = fs::read_dir(&self.0) else { return Vec::new() };
        let of = |path: PathBuf| {
            let meta = fs::symlink_metadata(&path).ok()?;
            let is_one = meta.file_type().is_socket() && path.extension().is_some_and(|e| e == "sock");
            is_one.then(|| Some((path, meta.modified().ok()?)))?
        };
        entries.flatten().filter_map(|entry| of(entry.path())).collect()
    }
}

/// Whether nobody listens on a socket any more.
fn is_stale(path: &Path) -> bool {
    matches!(UnixStream::connect(path), Err(e) if e.kind() == io::ErrorKind::ConnectionRefused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runtime_folder_comes_first_and_what_is_too_long_or_no_whole_path_is_left() {
        let of =
            |runtime: Option<&str>, state: &str| SocketFolder::of(runtime.map(OsStr::new), Some(Path::new(state))).0;
        assert_eq!(of(Some("/run/user/7"), "/s"), Path::new("/run/user/7/diptych"));
        assert_eq!(of(Some("run"), "/s"), Path::new("/s/run"));
        assert_eq!(of(None, "/s"), Path::new("/s/run"));
        let all = |runtime: Option<&str>| SocketFolder::all(runtime.map(OsStr::new), Some(Path::new("/s")));
        assert_eq!(all(Some("/run/user/7")).len(), 2);
        assert_eq!(all(None), [SocketFolder(PathBuf::from("/s/run"))]);
        assert!(of(None, &format!("/{}", "s".repeat(200))).ends_with(format!("diptych-{}", geteuid().as_raw())));
    }

    #[test]
    fn nobody_else_can_open_it_and_a_folder_that_others_can_open_is_not_used() {
        let live = |folder: &SocketFolder| SocketFolder::live(std::slice::from_ref(folder));
        let home = tempfile::tempdir().unwrap();
        let folder = SocketFolder(home.path().join("run"));
        let (listener, path) = folder.listen(7).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o777;
        assert_eq!((mode(&folder.0), mode(&path)), (0o700, 0o600));
        assert_eq!(live(&folder), std::slice::from_ref(&path));
        // One of the same number that lives keeps its name.
        assert!(matches!(folder.listen(7), Err(NoSocket::Io(e)) if e.kind() == io::ErrorKind::AddrInUse));
        assert_eq!(live(&folder), std::slice::from_ref(&path));

        // What a killed session leaves is cleared away by the next one, even one of the same number.
        drop(listener);
        assert!(path.exists() && live(&folder).is_empty());
        let (_other, second) = folder.listen(8).unwrap();
        assert!(!path.exists() && live(&folder) == [second]);

        // Both folders are looked into.
        let other = SocketFolder(home.path().join("state"));
        let (_third, third) = other.listen(9).unwrap();
        let both = SocketFolder::live(&[folder.clone(), other]);
        assert!(both.len() == 2 && both.contains(&third), "{both:?}");

        fs::set_permissions(&folder.0, Permissions::from_mode(0o755)).unwrap();
        assert!(matches!(folder.listen(9), Err(NoSocket::NotAlone(_))));
        assert!(live(&folder).is_empty());
        let link = home.path().join("link");
        std::os::unix::fs::symlink(&folder.0, &link).unwrap();
        fs::set_permissions(&folder.0, Permissions::from_mode(0o700)).unwrap();
        assert!(matches!(SocketFolder(link).listen(9), Err(NoSocket::NotAlone(_))));
    }
}
