//! What a process holds, as Linux tells it in `/proc`.

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::Path;

/// What a process holds at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Held {
    /// Descriptors by what they are of.
    pub(crate) descriptors: BTreeMap<String, usize>,
    /// Connections that are established, or that the other side has closed.
    pub(crate) connections: usize,
    /// The resident size in bytes.
    pub(crate) resident: i64,
}

impl Held {
    pub(crate) fn descriptors(&self) -> usize {
        self.descriptors.values().sum()
    }
}

/// Whether this system tells it.
pub(crate) fn is_told() -> bool {
    Path::new("/proc/self/fd").is_dir() && Path::new("/proc/self/net/tcp").is_file()
}

/// Of the process with this number.
pub(crate) fn held(id: u32) -> io::Result<Held> {
    let process = Path::new("/proc").join(id.to_string());
    let mut held = Held::default();
    let mut sockets = HashSet::new();
    for descriptor in std::fs::read_dir(process.join("fd"))? {
        // One that is closed meanwhile, such as the one that this listing has.
        let Ok(target) = std::fs::read_link(descriptor?.path()) else {
            continue;
        };
        let target = target.to_string_lossy().into_owned();
        if let Some(inode) = inode(&target) {
            sockets.insert(inode.to_owned());
        }
        if let Some(kind) = kind(&target) {
            *held.descriptors.entry(kind).or_default() += 1;
        }
    }
    for table in ["tcp", "tcp6"] {
        let table = process.join("net").join(table);
        // Without IPv6 there is no such table.
        let table = std::fs::read_to_string(table).unwrap_or_default();
        held.connections += connections(&table, &sockets);
    }
    held.resident = resident(&std::fs::read_to_string(process.join("status"))?);
    Ok(held)
}

fn inode(target: &str) -> Option<&str> {
    target.strip_prefix("socket:[")?.strip_suffix(']')
}

/// What a descriptor is of; nothing of the listing itself.
fn kind(target: &str) -> Option<String> {
    if target.starts_with("/proc/") {
        return None;
    }
    if target.starts_with('/') {
        return Some(target.to_owned());
    }
    let end = target.find([':', '[']).unwrap_or(target.len());
    match target.strip_prefix("anon_inode:") {
        Some(kind) => Some(kind.trim_matches(['[', ']']).to_owned()),
        None => Some(target[..end].to_owned()),
    }
}

/// ESTABLISHED and CLOSE_WAIT, of the kernel's `tcp_states.h`.
const OPEN: [&str; 2] = ["01", "08"];

/// Those of a table that are open, and among these sockets.
fn connections(table: &str, sockets: &HashSet<String>) -> usize {
    let rows = table.lines().skip(1);
    let of_ours = |row: &&str| {
        let fields: Vec<&str> = row.split_whitespace().collect();
        match (fields.get(3), fields.get(9)) {
            (Some(state), Some(inode)) => OPEN.contains(state) && sockets.contains(*inode),
            _ => false,
        }
    };
    rows.filter(of_ours).count()
}

fn resident(status: &str) -> i64 {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<i64>().ok());
    kibibytes.map_or(0, |it| it * 1_024)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 11 1 0 100
   1: 0100007F:1F90 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 12 1 0 20
   2: 0100007F:D431 0100007F:1F90 08 00000000:00000000 00:00000000 00000000     0        0 13 1 0 20
   3: 0100007F:D432 0100007F:1F90 06 00000000:00000000 03:000017B2 00000000     0        0 0 3 0
   4: 0100007F:D433 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 99 1 0 20
";

    #[test]
    fn connections_are_those_of_the_process_that_are_open() {
        let sockets = ["11", "12", "13"].map(str::to_owned).into();
        assert_eq!(connections(TABLE, &sockets), 2);
        assert_eq!(connections(TABLE, &HashSet::new()), 0);
    }

    #[test]
    fn descriptors_are_told_apart_by_what_they_are_of() {
        let kinds = [
            ("socket:[4711]", Some("socket")),
            ("pipe:[12]", Some("pipe")),
            ("anon_inode:[eventpoll]", Some("eventpoll")),
            ("/tmp/a/1.lock", Some("/tmp/a/1.lock")),
            ("/proc/12/fd", None),
        ];
        for (target, expected) in kinds {
            assert_eq!(kind(target).as_deref(), expected, "{target}");
        }
        assert_eq!(inode("socket:[4711]"), Some("4711"));
    }

    #[test]
    fn the_resident_size_is_read_from_the_status() {
        let status = "Name:\tsoak\nVmRSS:\t    2048 kB\nThreads:\t3\n";
        assert_eq!(resident(status), 2_097_152);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn an_open_file_and_a_connection_are_seen_in_this_process() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("open");
        let file = std::fs::File::create(&path).unwrap();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let client = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let held = held(std::process::id()).unwrap();
        assert_eq!(held.descriptors.get(path.to_str().unwrap()), Some(&1));
        assert!(held.connections >= 1 && held.resident > 0, "{held:?}");
        drop((file, client));
    }
}
