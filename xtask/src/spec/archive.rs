//! An archive whose bytes depend on nothing but the files in it.

use std::collections::BTreeMap;

use flate2::{Compression, GzBuilder};
use tar::{Builder, EntryType, Header};

/// 1980-01-01T00:00:00Z: every file has this date, which no unpacker calls implausible.
const DATE: u64 = 315_532_800;

/// A `.tar.gz` of the files below one folder.
pub fn tar_gz(folder: &str, files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let gzip = GzBuilder::new().write(Vec::new(), Compression::best());
    let mut tar = Builder::new(gzip);
    for (name, bytes) in files {
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Regular);
        header.set_mode(0o644);
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(DATE);
        header.set_size(bytes.len() as u64);
        tar.append_data(&mut header, format!("{folder}/{name}"), bytes.as_slice())
            .expect("memory takes every byte, and names are short");
    }
    tar.into_inner()
        .and_then(flate2::write::GzEncoder::finish)
        .expect("memory takes every byte")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn the_same_files_give_the_same_bytes_and_come_out_again() {
        let files = BTreeMap::from([
            ("b.txt".to_owned(), b"two".to_vec()),
            ("a/a.txt".to_owned(), b"one".to_vec()),
        ]);
        let archive = tar_gz("top-1.0", &files);
        assert_eq!(archive, tar_gz("top-1.0", &files));
        let mut unpacked = tar::Archive::new(flate2::read::GzDecoder::new(archive.as_slice()));
        let mut found = BTreeMap::new();
        for entry in unpacked.entries().expect("a tar") {
            let mut entry = entry.expect("an entry");
            let header = entry.header();
            assert_eq!(header.mode().ok(), Some(0o644));
            assert_eq!(header.mtime().ok(), Some(DATE));
            assert_eq!(header.entry_type(), EntryType::Regular);
            let owner = (header.uid().ok(), header.gid().ok());
            assert_eq!(owner, (Some(0), Some(0)));
            let name = entry.path().expect("a name").to_string_lossy().into_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("its bytes");
            found.insert(name, bytes);
        }
        assert_eq!(found["top-1.0/a/a.txt"], b"one");
        assert_eq!(found.len(), 2);
    }
}
