//! The documents agree with themselves: their own examples pass.

use super::{
    super::{Checked, Contract, Coverage},
    samples::{Sample, answers, documents, published, requests},
};

fn checked(sample: &Sample) -> Checked {
    Checked::Operation {
        operation_id: sample.operation_id.clone(),
        status: sample.status,
    }
}

#[test]
fn every_example_of_an_answer_passes_and_together_they_cover_the_documents() {
    let contract = published();
    let answers = answers();
    let mut coverage = Coverage::default();
    for sample in answers {
        let judged = contract.check(&sample.exchange(&sample.path_and_query()));
        let judged = judged.unwrap_or_else(|violations| panic!("{}: {violations:?}", sample.place));
        assert_eq!(judged, checked(sample), "{}", sample.place);
        coverage.note(&judged, false);
    }
    assert!(
        answers.len() > 150,
        "only {} examples were seen",
        answers.len()
    );
    assert_eq!(coverage.missing(contract), [""; 0]);
}

#[test]
fn every_example_of_a_request_passes() {
    let contract = published();
    let requests = requests();
    for sample in &requests {
        let judged = contract.check_request(&sample.exchange(&sample.path_and_query()));
        assert_eq!(judged, Ok(checked(sample)), "{}", sample.place);
    }
    let with_body = requests.iter().filter(|it| !it.request_body.is_empty());
    assert!(
        requests.len() > 10,
        "only {} requests were seen",
        requests.len()
    );
    assert!(with_body.count() > 0, "no request had a body");
}

#[test]
fn every_answer_to_get_serves_head_without_its_body() {
    let contract = published();
    let of_get = answers().iter().filter(|sample| sample.method == "GET");
    for mut sample in of_get.cloned() {
        sample.method = "HEAD".to_owned();
        let target = sample.path_and_query();
        let with_body = !sample.response_body.is_empty();
        assert_eq!(
            contract.check(&sample.exchange(&target)).is_err(),
            with_body,
            "{}",
            sample.place
        );
        sample.response_body.clear();
        assert_eq!(
            contract.check(&sample.exchange(&target)),
            Ok(checked(&sample)),
            "{}",
            sample.place
        );
        let request = contract.check_request(&sample.exchange(&target));
        assert_eq!(request, Ok(checked(&sample)), "{}", sample.place);
    }
}

#[test]
fn a_json_suffix_leads_to_the_same_operation_of_support_only() {
    let contract = published();
    let (mut taken, mut refused) = (0, 0);
    for mut sample in requests() {
        let is_named = sample.path.ends_with("/my%5Fintegration");
        sample.path += ".json";
        let target = sample.path_and_query();
        let request = contract.check_request(&sample.exchange(&target));
        // The name of an integration is any text, so with the suffix it is another integration.
        let is_support =
            sample.path.starts_with("/api/v2/") && !sample.path.starts_with("/api/v2/chat/");
        if is_support || is_named {
            assert_eq!(request, Ok(checked(&sample)), "{}", sample.place);
            taken += 1;
        } else {
            // What the suffix is part of is another path, or a parameter that is no longer a number.
            assert_ne!(request, Ok(checked(&sample)), "{}", sample.place);
            refused += 1;
        }
    }
    assert!(taken > 0 && refused > 0, "{taken} taken, {refused} refused");
}

#[test]
fn whatever_the_lint_lets_pass_can_be_judged() {
    let rich = documents("rich");
    let roots: Vec<_> = rich.iter().map(|document| &document.root).collect();
    let contract = Contract::of(&roots);
    assert!(contract.statuses().count() > 0, "there are operations");
}
