//! Where secrets go, and where they do not.

use std::fs;
use std::path::Path;

use zendesk_oauth::Secret;

use super::sink::{Delivered, SinkFlags};
use crate::failure::Kind;
use crate::output::{Format, OutputFlags};

fn to_file(path: &Path) -> SinkFlags {
    SinkFlags {
        secret_file: Some(path.to_owned()),
        ..SinkFlags::default()
    }
}

fn to_env_file(path: &Path) -> SinkFlags {
    SinkFlags {
        env_file: Some(path.to_owned()),
        env_name: Some("SECRET".to_owned()),
        ..SinkFlags::default()
    }
}

#[track_caller]
fn refused(flags: &SinkFlags) -> String {
    let failure = flags.prepare(&OutputFlags::default()).unwrap_err();
    assert_eq!(failure.kind(), Kind::Usage);
    failure.to_string()
}

async fn delivered(flags: &SinkFlags) {
    let sink = flags.prepare(&OutputFlags::default()).unwrap();
    let secret = Secret::from("CANARY-1");
    let there = sink.deliver("client_secret", &secret).await.unwrap();
    assert_eq!(there, Delivered::Kept);
    let again = sink.deliver_or("client_secret", &secret, None).await;
    assert!(again.is_err(), "a file takes one secret");
}

#[tokio::test]
async fn a_secret_file_is_new_or_takes_the_place_of_an_old_secret() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    for old in [None, Some(""), Some("old"), Some("old\n")] {
        if let Some(old) = old {
            fs::write(&path, old).unwrap();
        }
        let sink = to_file(&path).prepare(&OutputFlags::default()).unwrap();
        assert_eq!(fs::read_to_string(&path).ok().as_deref(), old);
        drop(sink);
        assert_eq!(fs::read_to_string(&path).ok().as_deref(), old);
        delivered(&to_file(&path)).await;
        assert_eq!(fs::read_to_string(&path).unwrap(), "CANARY-1\n");
        fs::remove_file(&path).unwrap();
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[tokio::test]
async fn a_secret_file_is_for_its_owner_and_an_env_file_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let secret = folder.path().join("secret");
    fs::write(&secret, "old").unwrap();
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o644)).unwrap();
    delivered(&to_file(&secret)).await;
    assert_eq!(mode(&secret), 0o600);
    let env = folder.path().join(".env");
    delivered(&to_env_file(&env)).await;
    assert_eq!(mode(&env), 0o600);
    fs::write(&env, "# mine\nSECRET=old\r\nB=2").unwrap();
    fs::set_permissions(&env, fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&env, &link).unwrap();
    delivered(&to_env_file(&link)).await;
    assert_eq!(mode(&env), 0o640);
    assert!(link.is_symlink());
    let text = fs::read_to_string(&env).unwrap();
    assert_eq!(text, "# mine\nSECRET=CANARY-1\r\nB=2");
}

#[cfg(unix)]
#[test]
fn what_is_no_place_for_a_secret_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("key"), "-----BEGIN\nCANARY\n").unwrap();
    fs::write(path("env"), "A='open\n").unwrap();
    fs::write(path("bytes"), b"\xff=1").unwrap();
    std::os::unix::fs::symlink(path("key"), path("link")).unwrap();
    std::os::unix::fs::symlink(path("nowhere"), path("dangling")).unwrap();
    for (flags, why) in [
        (to_file(folder.path()), "a folder"),
        (to_file(&path("link")), "a symbolic link"),
        (to_file(&path("no/such")), "does not exist"),
        (to_file(&path("key")), "more than one line"),
        (to_file(&path("key/x")), "cannot be looked at"),
        (to_file(Path::new("/dev/full")), "no ordinary file"),
        (to_env_file(folder.path()), "a folder"),
        (to_env_file(&path("dangling")), "leads nowhere"),
        (to_env_file(&path("no/such")), "does not exist"),
        (to_env_file(&path("env")), "not closed"),
        (to_env_file(&path("bytes")), "cannot be read"),
        (to_env_file(Path::new("/dev/full")), "no ordinary file"),
        (SinkFlags::default(), "nothing was sent"),
    ] {
        let said = refused(&flags);
        assert!(said.contains(why), "{why}: {said}");
        assert!(!said.contains("CANARY"), "{said}");
    }
    let mut flags = to_env_file(&path("new"));
    flags.env_name = Some("A-B".to_owned());
    assert!(refused(&flags).contains("--env-name"));
    assert!(!path("new").exists());
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_in_is_noticed_before() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).unwrap();
    let is_root = fs::write(folder.path().join("probe"), "").is_ok();
    // Nothing is closed to root: a folder of the kernel is.
    let path = if is_root {
        Path::new("/proc/secret").to_owned()
    } else {
        folder.path().join("secret")
    };
    assert!(refused(&to_file(&path)).contains("/"));
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
}

#[tokio::test]
async fn a_command_that_fails_says_that_the_secret_is_lost() {
    let flags = SinkFlags {
        secret_command: Some("cat > /dev/null; exit 3".to_owned()),
        ..SinkFlags::default()
    };
    let sink = flags.prepare(&OutputFlags::default()).unwrap();
    let secret = Secret::from("CANARY-1");
    let lost = sink
        .deliver_or("client_secret", &secret, None)
        .await
        .unwrap_err();
    assert_eq!(lost.kind(), Kind::Failed);
    let lost = lost.to_string();
    assert!(
        lost.contains("client_secret") && lost.contains("3"),
        "{lost}"
    );
    assert!(!lost.contains("CANARY"), "{lost}");
}

#[tokio::test]
async fn a_revealed_secret_is_in_the_record() {
    let output = OutputFlags {
        reveal: true,
        format: Format::Json,
        ..OutputFlags::default()
    };
    let sink = SinkFlags::default().prepare(&output).unwrap();
    let secret = Secret::from("CANARY-1");
    let there = sink.deliver("client_secret", &secret).await.unwrap();
    assert_eq!(there, Delivered::WithRecord);
}
