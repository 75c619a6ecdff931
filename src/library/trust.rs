//! Whose a file is that says what counts as a library: another user's does not.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

/// Why a file above the texts does not say that its folder is theirs: it, or its folder, is another user's, or others may
/// write it. As git has it with folders above.
pub(super) fn distrust(file: &Path) -> Option<&'static str> {
    let own = [rustix::process::geteuid().as_raw(), 0];
    let groups: Vec<u32> =
        rustix::process::getgroups().unwrap_or_default().iter().map(|group| group.as_raw()).collect();
    let own_groups = [&groups[..], &[rustix::process::getegid().as_raw()]].concat();
    for path in [Some(file), file.parent()].into_iter().flatten() {
        for meta in [fs::symlink_metadata(path), fs::metadata(path)] {
            let Ok(meta) = meta else { return Some("it cannot be looked at") };
            if !own.contains(&meta.uid()) {
                return Some("it is another user's");
            }
            // In a folder such as /tmp nobody replaces what is another's.
            let is_link_or_sticky = meta.is_symlink() || meta.mode() & 0o1000 != 0;
            let others = meta.mode() & 0o002 != 0 || (meta.mode() & 0o020 != 0 && !own_groups.contains(&meta.gid()));
            if others && !is_link_or_sticky {
                return Some("others may write it");
            }
        }
    }
    None
}
