//! `rotate status`.

use super::scene::Scene;

#[test]
fn status_tells_what_was_rotated_when_and_needs_no_account() {
    let scene = Scene::new();
    let none = scene
        .0
        .ran(scene.0.bare(["rotate", "status", "-o", "json"]));
    assert_eq!(none.exits(0).stdout, "[]\n");
    scene
        .run("rotate the_app --yes --secret-file ~/secret")
        .exits(0);
    scene
        .run("rotate narrow --yes --secret-file ~/other")
        .exits(0);
    let ran = scene
        .0
        .ran(scene.0.bare(["rotate", "status", "-o", "json"]));
    let rows = ran.exits(0).json();
    assert_eq!(rows.as_array().expect("a list").len(), 2);
    assert_eq!(rows[0]["identifier"], "the_app");
    assert_eq!(rows[0]["step"], "done");
    assert_eq!(rows[0]["to_do"], "");
    assert_eq!(rows[0]["last_rotated_at"], "2026-11-02T09:00:00Z");
    let one = scene.run("rotate status narrow -o json").exits(0).json();
    assert_eq!(one.as_array().expect("a list").len(), 1);
    assert_eq!(one[0]["id"], 1003);
}

#[test]
fn a_rotation_in_an_embedded_sandbox_leaves_no_state() {
    let scene = Scene::new();
    let line = "rotate sandbox_app --sandbox --yes --secret-file secret -o json";
    let ran = scene.0.ran(scene.0.bare(line.split(' ')));
    assert_eq!(ran.exits(0).json()["verified"], true);
    assert!(!scene.path(".local").exists());
}
