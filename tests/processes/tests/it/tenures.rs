//! When processes held the lease, as their traces tell it.

/// From when to when one process held the lease: times as they are traced, which sort as text.
type Tenure<'a> = (&'a str, &'a str);

/// No two processes held the lease at the same time. Each says so after it took it, and before it
/// gives it back, so that what is read here is never longer than what was.
pub(crate) fn follow_each_other(traces: &[String]) {
    let mut tenures: Vec<Tenure<'_>> = traces.iter().flat_map(|traced| of(traced)).collect();
    tenures.sort_unstable();
    assert!(!tenures.is_empty(), "somebody had it");
    for pair in tenures.windows(2) {
        let [(_, given_back), (taken, _)] = pair else {
            unreachable!("windows of two");
        };
        assert!(given_back <= taken, "at the same time: {pair:?}");
    }
}

/// Those of one process.
fn of(traced: &str) -> Vec<Tenure<'_>> {
    let times = |step: &str| -> Vec<&str> {
        let line = format!("step=\"{step}\"");
        let lines = traced.lines().filter(|traced| traced.contains(&line));
        lines
            .map(|line| line.split_whitespace().next().expect("a time"))
            .collect()
    };
    let (taken, given_back) = (times("lease_held"), times("lease_to_release"));
    assert_eq!(taken.len(), given_back.len(), "each ends: {traced}");
    taken.into_iter().zip(given_back).collect()
}
