use super::*;
use crate::bench::{
    machine::Machine,
    results::{Absent, Axis, Comparison, Figure, Line, Plot, Point},
};

fn machine(processor: &str) -> Machine {
    Machine {
        processor: processor.to_owned(),
        processors: 2,
        memory: 24_000,
        system: "linux 6.1".to_owned(),
        rustc: "rustc 1.95.0".to_owned(),
    }
}

fn empty(part: &str) -> Results {
    Results {
        part: part.to_owned(),
        taken: "2026-01-02T03:04:05Z".to_owned(),
        commit: "0123456789ab".to_owned(),
        machine: machine("a processor"),
        comparisons: Vec::new(),
        plots: Vec::new(),
        figures: Vec::new(),
        absent: Vec::new(),
        notes: Vec::new(),
    }
}

fn comparison(rounds: &[[f64; 2]], goal: Option<f64>) -> Comparison {
    Comparison {
        work: "list | all".to_owned(),
        ours: "ours".to_owned(),
        other: "other 1.2".to_owned(),
        unit: "s".to_owned(),
        rounds: rounds.to_vec(),
        goal,
        limit: None,
    }
}

fn curve(points: &[(f64, &[f64])], is_logarithmic: bool) -> Plot {
    let axis = |label: &str| Axis {
        label: label.to_owned(),
        is_logarithmic,
    };
    let points = points.iter().map(|(x, values)| Point {
        x: *x,
        values: values.to_vec(),
    });
    Plot {
        file: "a-plot".to_owned(),
        title: "Time & <more>".to_owned(),
        x: axis("callers"),
        y: axis("time, s"),
        lines: vec![Line {
            name: "ours".to_owned(),
            points: points.collect(),
        }],
    }
}

fn chapter(name: &'static str, results: Option<Results>) -> Chapter {
    Chapter {
        name,
        purpose: "something",
        results,
    }
}

fn page(results: Results) -> String {
    page::page(&[chapter("one", Some(results))])
}

#[test]
fn the_report_is_that_of_the_raw_results() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let files = render(&read(&top).expect("readable")).expect("drawn");
    for (path, contents) in &files {
        let there = fs::read_to_string(top.join(path)).unwrap_or_default();
        assert!(
            there == *contents,
            "{path} is out of date; run `cargo xtask bench --report`"
        );
    }
    let plots: BTreeSet<String> = files.into_keys().filter(|path| path != PAGE).collect();
    assert_eq!(plots_there(&top).expect("readable"), plots);
}

#[test]
fn a_comparison_is_in_the_summary_and_in_its_chapter() {
    let mut results = empty("one");
    let rounds = [[2.0, 1.0], [1.0, 1.0], [1.2, 1.0], [1.0, 1.0], [1.4, 1.0]];
    let mut without_goal = comparison(&rounds, None);
    without_goal.work = "show".to_owned();
    results.comparisons = vec![comparison(&rounds, Some(1.3)), without_goal];
    results.notes = vec!["A note.".to_owned()];
    let page = page(results);
    assert_eq!(page.matches("| show | ours |").count(), 1, "{page}");
    assert_eq!(page.matches("| `one` |").count(), 1, "{page}");
    let summary =
        "| `one` | list \\| all | ours by other 1.2 | s | 1.200 | 1.000 to 1.400 | 1.3, met |\n";
    assert!(page.contains(summary), "{page}");
    let row = "| list \\| all | ours | other 1.2 | 1.20 s (1.00 to 1.40) | 1 s | 1.200 | 1.000 to 1.400 | 5 | 1.3, met |\n";
    assert!(page.contains(row), "{page}");
    assert!(page.contains("A note.\n"));
    assert!(page.contains("a processor, 2 threads"));
    assert!(page.find("A note.") < page.find(row));
}

#[test]
fn a_missed_goal_stands_with_its_limit() {
    let mut missed = comparison(&[[2.0, 1.0]], Some(1.5));
    missed.limit = Some("the disk".to_owned());
    let mut results = empty("one");
    results.comparisons = vec![missed];
    let chapters = [chapter("one", Some(results))];
    goal::verdict(&chapters).expect("it says why");
    let page = page::page(&chapters);
    assert!(page.contains("1.5, **missed** |"), "{page}");
    assert!(page.contains("misses its goal** (by other 1.2): the disk\n"));
}

#[test]
fn a_goal_that_is_met_needs_no_limit_and_shows_none() {
    let mut met = comparison(&[[1.5, 1.0]], Some(1.5));
    met.limit = Some("the disk".to_owned());
    let mut results = empty("one");
    results.comparisons = vec![met, comparison(&[[9.0, 1.0]], None)];
    let chapters = [chapter("one", Some(results))];
    goal::verdict(&chapters).expect("nothing is missed");
    assert!(!page::page(&chapters).contains("the disk"));
}

#[test]
fn a_missed_goal_without_a_limit_is_a_verdict_that_names_it() {
    for rounds in [&[[2.0, 1.0]][..], &[], &[[1.0, f64::NAN]]] {
        let mut results = empty("one");
        results.comparisons = vec![comparison(rounds, Some(1.5))];
        let failure = goal::verdict(&[chapter("one", Some(results))]).expect_err("missed");
        assert!(failure.is_verdict());
        let text = failure.to_string();
        assert!(text.contains("one: list | all by other 1.2"), "{text}");
    }
}

#[test]
fn what_is_absent_says_why() {
    let mut results = empty("one");
    results.absent = vec![Absent {
        who: "peer 1.0".to_owned(),
        work: "list".to_owned(),
        why: "it has no\nsuch call".to_owned(),
    }];
    assert!(page(results).contains("| peer 1.0 | list | it has no such call |\n"));
}

#[test]
fn a_part_without_results_is_said_not_to_be_measured() {
    let page = page::page(&[chapter("one", None)]);
    assert!(page.contains("Not measured: `one`."));
    assert!(page.contains("Not measured. `cargo xtask bench --only one` does it."));
}

#[test]
fn parts_of_several_machines_are_told_apart() {
    let mut other = empty("two");
    other.machine = machine("another processor");
    let chapters = [
        chapter("one", Some(empty("one"))),
        chapter("two", Some(other)),
    ];
    let page = page::page(&chapters);
    assert!(page.contains("- one on a processor, 2 threads"), "{page}");
    assert!(page.contains("- two on another processor, 2 threads"));
}

#[test]
fn odd_values_are_shown_and_never_panic() {
    let (nan, infinite) = (f64::NAN, f64::INFINITY);
    for rounds in [
        &[][..],
        &[[0.0, 0.0]],
        &[[1.0, 0.0]],
        &[[nan, 1.0], [infinite, 2.0]],
        &[[1e308, 1e-308]],
    ] {
        let mut results = empty("one");
        results.comparisons = vec![comparison(rounds, Some(1.0))];
        results.figures = vec![Figure {
            what: "size".to_owned(),
            values: rounds.iter().flatten().copied().collect(),
            unit: "bytes".to_owned(),
        }];
        assert!(plain(&results).contains("list | all"));
        page(results);
    }
    let all: [&[(f64, &[f64])]; 9] = [
        &[],
        &[(1.0, &[])],
        &[(0.0, &[0.0])],
        &[(-5.0, &[-1.0, 3.0])],
        &[(nan, &[1.0]), (1.0, &[nan])],
        &[(infinite, &[infinite])],
        &[(1.0, &[1.0]), (1.0, &[1.0])],
        &[(1e-300, &[1e-300]), (1e300, &[1e300])],
        &[(10.0, &[0.001, 0.002]), (1000.0, &[0.5])],
    ];
    for points in all {
        for is_logarithmic in [false, true] {
            let plot = curve(points, is_logarithmic);
            let svg = plot::svg(&plot).expect("drawn");
            assert!(svg.starts_with("<svg"), "{svg}");
            let mut results = empty("one");
            results.plots = vec![plot];
            assert!(page(results).contains("performance/a-plot.svg"));
        }
    }
}

#[test]
fn a_plot_can_be_read_on_any_page_and_is_the_same_each_time() {
    let plot = curve(&[(10.0, &[0.001, 0.002]), (1000.0, &[0.5])], true);
    let svg = plot::svg(&plot).expect("drawn");
    assert!(svg.contains("<title>Time &amp; &lt;more></title>"), "{svg}");
    assert!(svg.contains(r##"fill="#FAFAFA""##), "{svg}");
    for text in ["callers", "time, s", "0.001", "1,000", "ours"] {
        assert!(svg.contains(text), "{text} is not in {svg}");
    }
    assert_eq!(svg, plot::svg(&plot).expect("drawn"));
}

#[test]
fn raw_results_that_cannot_be_read_are_named() {
    let text = empty("one").to_json();
    raw::parse("one", &text).expect("as it was written");
    let cases = [
        (
            text.replace("\"one\"", "\"two\""),
            "it is of the part \"two\"",
        ),
        (
            text.replace("\"processors\": 2", "\"processors\": \"2\""),
            "at machine.processors: ",
        ),
        (text[..text.len() / 2].to_owned(), "EOF"),
        (format!("{text}x"), "trailing"),
    ];
    for (text, why) in cases {
        let said = raw::parse("one", &text).expect_err("refused").to_string();
        assert!(said.contains(why), "{said}");
        assert!(
            said.starts_with("docs/performance/raw/one.json: "),
            "{said}"
        );
        assert!(said.contains("cargo xtask bench --only one"), "{said}");
    }
}

#[test]
fn results_that_json_cannot_hold_are_refused() {
    let mut results = empty("one");
    results.check().expect("nothing is in it");
    results.comparisons = vec![comparison(&[[1.0, f64::NAN]], None)];
    assert!(results.check().expect_err("NaN").contains("list | all"));
    results.comparisons = vec![comparison(&[], None)];
    assert!(results.check().expect_err("none").contains("no rounds"));
    results.comparisons.clear();
    results.plots = vec![curve(&[(1.0, &[f64::INFINITY])], true)];
    assert!(results.check().expect_err("infinite").contains("inf"));
    results.plots = vec![curve(&[], true)];
    results.plots[0].file = "../x".to_owned();
    assert!(results.check().expect_err("a path").contains("../x"));
}

#[test]
fn the_report_is_written_whole_and_old_plots_go() {
    let top = tempfile::tempdir().expect("a folder");
    let raw = top.path().join(crate::bench::RAW);
    fs::create_dir_all(&raw).expect("made");
    let mut results = empty("list");
    results.plots = vec![curve(&[(1.0, &[1.0])], false)];
    fs::write(raw.join("list.json"), results.to_json()).expect("written");
    fs::write(top.path().join("docs/performance/old.svg"), "").expect("written");
    write(top.path()).expect("nothing is missed");
    assert!(top.path().join(PAGE).is_file());
    let plots = BTreeSet::from(["docs/performance/a-plot.svg".to_owned()]);
    assert_eq!(plots_there(top.path()).expect("readable"), plots);
}
