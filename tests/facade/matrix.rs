//! Every cell of `table.md`, and whether the table is about what the documents describe.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tracing::Instrument as _;
use zendesk_oauth_tests::Traces;

use crate::answers;
use crate::cell::{Cell, LONG};
use crate::drive;
use crate::faults::{FAULTS, How};
use crate::scene::Scene;
use crate::table::Table;
use crate::virtual_clock::VirtualClock;

/// How many cells are under way at a time, of those that wait for a timeout and of the others.
const AT_A_TIME: usize = 8;

/// The body with which each operation is answered when nothing goes wrong.
async fn real_answers(scene: &Scene) -> BTreeMap<&'static str, String> {
    let mut found = BTreeMap::new();
    for documented in answers::operations() {
        let seen = Arc::new(Mutex::new(String::new()));
        let keep = Arc::clone(&seen);
        let sandbox = scene
            .copy(move |exchange| {
                let body = String::from_utf8_lossy(&exchange.response_body).into_owned();
                *keep.lock().expect("no observer panics") = body;
            })
            .await;
        let zendesk = drive::facade(sandbox.url(), scene, &VirtualClock::new(), LONG);
        drop(drive::call(&zendesk, scene, documented.operation).await);
        let body = seen.lock().expect("no observer panics").clone();
        found.insert(documented.operation, body);
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_comes_to_what_the_table_says() {
    let traces = Traces::of_the_process();
    let scene = Arc::new(Scene::set().await);
    let table = Arc::new(Table::read());
    let real = real_answers(&scene).await;
    let [waiting, others] = [(); 2].map(|()| Arc::new(Semaphore::new(AT_A_TIME)));
    let mut cells = JoinSet::new();
    for (row, (_, how)) in table.rows.iter().zip(FAULTS) {
        for documented in answers::operations() {
            let Some(expected) = table.cell(row, documented.operation) else {
                continue;
            };
            let cell = Cell {
                scene: Arc::clone(&scene),
                table: Arc::clone(&table),
                row: row.clone(),
                how: *how,
                documented,
                real: real[documented.operation].clone(),
            };
            let span = tracing::info_span!("cell", fault = row.fault, documented.operation);
            let permits = Arc::clone(match expected.outcome.ends_with("in time") {
                true => &waiting,
                false => &others,
            });
            let executed = async move {
                let _permit = permits.acquire().await;
                cell.differences(&expected).await
            };
            cells.spawn(executed.instrument(span));
        }
    }
    let count = cells.len();
    let mut differences: Vec<String> = cells.join_all().await.into_iter().flatten().collect();
    differences.sort();
    let traced = traces.text();
    assert!(traced.contains("the attempt failed"), "retries are traced");
    let traced = scene.secrets.found_in(&traced);
    differences.extend(
        traced
            .into_iter()
            .map(|it| format!("a trace shows a secret: {it}")),
    );
    assert!(scene.secrets.len() > 20, "there are secrets to look for");
    assert!(count > 400, "only {count} cells");
    assert!(
        differences.is_empty(),
        "{} differences from table.md in {count} cells:\n{}",
        differences.len(),
        differences.join("\n")
    );
}

#[test]
fn the_table_has_all_operations_in_the_classes_that_the_documents_give_them() {
    let documented = answers::operations().into_iter();
    let documented: BTreeMap<_, _> = documented
        .map(|it| (it.operation.to_owned(), it.class()))
        .collect();
    assert_eq!(Table::read().classes, documented);
    let tables = [
        zendesk_support_oauth_clients::OPERATIONS,
        zendesk_support_oauth_tokens::OPERATIONS,
        zendesk_support_global_oauth_clients::OPERATIONS,
        zendesk_zis_oauth_connections::OPERATIONS,
        zendesk_chat_oauth_tokens::OPERATIONS,
        zendesk_support_grant_type_tokens::OPERATIONS,
    ];
    let generated: BTreeSet<_> = tables.concat().iter().map(|it| it.id.to_owned()).collect();
    assert_eq!(generated, documented.into_keys().collect());
    assert_eq!(generated.len(), 25);
}

#[test]
fn the_table_has_every_fault_in_order() {
    let rows: Vec<_> = Table::read()
        .rows
        .into_iter()
        .map(|row| row.fault)
        .collect();
    let faults: Vec<_> = FAULTS.iter().map(|(name, _)| *name).collect();
    assert_eq!(rows, faults);
}

#[test]
fn cells_are_left_out_where_the_documents_have_nothing_to_change_and_nowhere_else() {
    let table = Table::read();
    let mut wrong = Vec::new();
    for (row, (_, how)) in table.rows.iter().zip(FAULTS) {
        for documented in answers::operations() {
            let possible = match how {
                How::Changed(change) => documented.places(*change) > 0,
                _ => true,
            };
            if table.cell(row, documented.operation).is_some() != possible {
                wrong.push(format!("{} × {}", row.fault, documented.operation));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    // Nothing stands there that no row has.
    let known = |(fault, operation): &(String, String)| {
        table.rows.iter().any(|row| row.fault == *fault) && table.classes.contains_key(operation)
    };
    assert!(table.impossible.iter().all(known));
    assert!(table.exceptions.keys().all(known));
}
