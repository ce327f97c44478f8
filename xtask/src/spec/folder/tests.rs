use tempfile::TempDir;

use super::*;

fn files(names: &[&str]) -> BTreeMap<String, Vec<u8>> {
    names
        .iter()
        .map(|name| ((*name).to_owned(), name.as_bytes().to_vec()))
        .collect()
}

#[test]
fn a_second_run_replaces_what_changed_and_removes_what_is_gone() {
    let top = TempDir::new().expect("a folder");
    let folder = top.path().join("spec");
    let first = write(&folder, &files(&["a", "deep/er/b", "deep/c"])).expect("written");
    assert_eq!(
        first,
        Written {
            changed: 3,
            removed: 0
        }
    );
    fs::write(folder.join("notes"), "a reader's").expect("written");
    let second = write(&folder, &files(&["a", "deep/c"])).expect("written");
    assert_eq!(
        second,
        Written {
            changed: 0,
            removed: 1
        }
    );
    assert!(!folder.join("deep/er").exists());
    assert!(folder.join("notes").exists(), "what others put there stays");
    assert_eq!(
        differences(&folder, &files(&["a", "deep/c"])).expect("read"),
        Some(vec![])
    );
    let found = differences(&folder, &files(&["a", "d"]))
        .expect("read")
        .expect("ours");
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn a_folder_of_others_is_left_alone() {
    let top = TempDir::new().expect("a folder");
    fs::write(top.path().join("thesis.txt"), "years of work").expect("written");
    let refused = write(top.path(), &files(&["a"]))
        .expect_err("refused")
        .to_string();
    assert!(
        refused.contains(MARKER) && refused.contains("--out"),
        "{refused}"
    );
    assert_eq!(fs::read_dir(top.path()).expect("read").count(), 1);
    let file = top.path().join("thesis.txt");
    write(&file, &files(&["a"])).expect_err("a file is no folder");
}

#[test]
fn a_marker_that_names_other_places_removes_nothing_there() {
    let top = TempDir::new().expect("a folder");
    let folder = top.path().join("spec");
    write(&folder, &files(&["a"])).expect("written");
    fs::write(top.path().join("precious"), "").expect("written");
    fs::write(
        folder.join(MARKER),
        format!("{HEADING}\n../precious\n/etc/hostname\na\n"),
    )
    .expect("written");
    write(&folder, &files(&[])).expect("written");
    assert!(top.path().join("precious").exists());
    fs::write(folder.join(MARKER), "another program's\n").expect("written");
    write(&folder, &files(&[])).expect_err("not as we write it");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let top = TempDir::new().expect("a folder");
    let folder = top.path().join("spec");
    let other = top.path().join("other");
    fs::create_dir_all(&other).expect("made");
    write(&folder, &files(&["a"])).expect("written");
    let link = folder.join("site");
    std::os::unix::fs::symlink(&other, &link).expect("linked");
    let marker = fs::read(folder.join(MARKER)).expect("read");
    for name in ["site/b", "site/assets/b", "site/assets/deep/b"] {
        let refused = write(&folder, &files(&["a", "c", name])).expect_err("refused");
        assert!(refused.to_string().contains("leads out of"), "{refused}");
        assert_eq!(fs::read_dir(&other).expect("read").count(), 0, "{name}");
        assert!(!folder.join("c").exists(), "{name}: nothing is written");
        let after = fs::read(folder.join(MARKER)).expect("read");
        assert_eq!(after, marker, "{name}: what was refused is not ours");
    }
    fs::remove_dir(&other).expect("removed");
    write(&folder, &files(&["site/b"])).expect_err("a link that leads nowhere");
    fs::create_dir(&other).expect("made");
    fs::remove_file(&link).expect("removed");
    let inside = folder.join("inside");
    fs::create_dir(&inside).expect("made");
    std::os::unix::fs::symlink(&inside, &link).expect("linked");
    write(&folder, &files(&["a", "site/b"])).expect("a link that stays inside");
}

#[cfg(unix)]
#[test]
fn nothing_is_removed_behind_a_link_out_of_the_folder() {
    let top = TempDir::new().expect("a folder");
    let folder = top.path().join("spec");
    let other = top.path().join("other");
    fs::create_dir_all(&other).expect("made");
    write(&folder, &files(&["a", "site/b"])).expect("written");
    fs::rename(folder.join("site/b"), other.join("b")).expect("moved");
    fs::remove_dir(folder.join("site")).expect("removed");
    std::os::unix::fs::symlink(&other, folder.join("site")).expect("linked");
    write(&folder, &files(&["a"])).expect_err("refused");
    assert!(other.join("b").exists());
}

#[test]
fn a_file_that_is_not_ours_is_not_replaced() {
    let top = TempDir::new().expect("a folder");
    let folder = top.path().join("spec");
    write(&folder, &files(&["a"])).expect("written");
    fs::create_dir(folder.join("site")).expect("made");
    let own = folder.join("site/index.html");
    fs::write(&own, "a reader's").expect("written");
    let wanted = files(&["0", "a", "site/index.html"]);
    let marker = fs::read(folder.join(MARKER)).expect("read");
    let refused = write(&folder, &wanted).expect_err("refused");
    assert!(!refused.is_verdict());
    let text = refused.to_string();
    assert!(text.contains(&own.display().to_string()), "{text}");
    assert!(text.contains("--out"), "{text}");
    assert_eq!(fs::read(&own).expect("read"), b"a reader's");
    assert!(!folder.join("0").exists(), "nothing is written");
    assert_eq!(fs::read(folder.join(MARKER)).expect("read"), marker);
    // A folder in the place of a file is not ours either.
    fs::create_dir(folder.join("0")).expect("made");
    write(&folder, &files(&["0"])).expect_err("refused");
    fs::remove_dir(folder.join("0")).expect("removed");
    // The same bytes are no loss.
    fs::write(&own, "site/index.html").expect("written");
    assert_eq!(write(&folder, &wanted).expect("written").changed, 1);
}

#[test]
fn what_a_run_that_was_cut_short_wrote_is_ours() {
    let top = TempDir::new().expect("a folder");
    let folder = top.path().join("spec");
    // The name fits, but not with what is appended to write beside it.
    let too_long = "x".repeat(252);
    write(&folder, &files(&["a", &too_long])).expect_err("it cannot be written");
    assert!(folder.join("a").exists(), "the run was cut short after it");
    let other = BTreeMap::from([("a".to_owned(), b"other".to_vec())]);
    assert_eq!(write(&folder, &other).expect("ours").changed, 1);
}
