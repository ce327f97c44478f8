//! One audit, from arguments to exit code.

use std::path::Path;
use std::process::ExitCode;

use super::arguments::{Arguments, AuditArguments, Command};
use super::baseline::Baseline;
use super::finding::Finding;
use super::report::{self, Report};
use super::{fetch, rules};
use crate::account::Account;
use crate::failure::Failure;
use crate::files;
use crate::output::{complain, write};

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    match arguments.command {
        Some(Command::Rules(it)) => write(&report::rules(it.output.format)?)?,
        None => return audit(arguments.audit).await,
    }
    Ok(ExitCode::SUCCESS)
}

async fn audit(arguments: AuditArguments) -> Result<ExitCode, Failure> {
    check_files(&arguments)?;
    // Before anything is sent: a file that is no good needs no audit.
    let baseline = arguments.baseline.as_deref().map(Baseline::read);
    let baseline = baseline.transpose()?;
    let account = Account::open(&arguments.account).await?;
    if let Some(baseline) = &baseline {
        baseline.is_of(account.url())?;
    }
    let fetched = fetch::inventory(&account, &arguments).await;
    account.close().await?;
    let inventory = fetched?;
    for skipped in &inventory.skipped {
        complain(format_args!(
            "not looked at: {} ({})",
            skipped.area.name(),
            skipped.reason
        ));
    }
    if let Some(unreadable) = &inventory.unreadable {
        complain(unreadable);
    }
    let mut findings = rules::evaluate(&inventory, arguments.thresholds());
    // The baseline to write has everything, whatever is to be shown.
    let now = Baseline::of(&inventory, &findings);
    if let Some(baseline) = &baseline {
        findings.extend(rules::drift(baseline, &now));
        for finding in &mut findings {
            finding.new = Some(!baseline.findings.contains(&finding.fingerprint()));
        }
    }
    findings.retain(|finding| arguments.wants(finding.rule));
    rules::sort(&mut findings);
    let report = Report {
        inventory: &inventory,
        findings: &findings,
        has_baseline: baseline.is_some(),
    };
    if let Some(path) = &arguments.sarif {
        keep(path, &report::sarif(&report))?;
    }
    if let Some(path) = &arguments.write_baseline {
        keep(path, &now.to_json())?;
    }
    match write(&report::text(&report, arguments.output.format)?) {
        // The verdict counts, whether or not somebody read to the end.
        Err(failure) if !failure.is_closed_pipe() => Err(failure),
        _ => Ok(verdict(&arguments, &findings)),
    }
}

/// Findings can be made again; the baseline tells how the account was when a person looked at it.
fn check_files(arguments: &AuditArguments) -> Result<(), Failure> {
    let AuditArguments {
        baseline,
        write_baseline,
        sarif,
        overwrite,
        ..
    } = arguments;
    if let Some(sarif) = sarif {
        let others = [
            ("--baseline", baseline),
            ("--write-baseline", write_baseline),
        ];
        for (flag, other) in others {
            if other.as_deref().is_some_and(|it| is_same(it, sarif)) {
                let shown = sarif.display();
                let message = format!("--sarif and {flag} both name {shown}: name two files");
                return Err(Failure::usage(message));
            }
        }
    }
    match write_baseline {
        Some(path) if !overwrite && path.symlink_metadata().is_ok() => {
            let shown = path.display();
            let message =
                format!("{shown} is there already: name another file, or say --overwrite");
            Err(Failure::usage(message))
        }
        _ => Ok(()),
    }
}

/// Whether both lead to one file, which may not be there yet.
fn is_same(one: &Path, other: &Path) -> bool {
    let place = |path: &Path| {
        path.canonicalize().or_else(|_| {
            let folder = match path.parent() {
                Some(folder) if !folder.as_os_str().is_empty() => folder,
                _ => Path::new("."),
            };
            let folder = folder.canonicalize()?;
            Ok::<_, std::io::Error>(folder.join(path.file_name().unwrap_or_default()))
        })
    };
    match (place(one), place(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    }
}

fn keep(path: &Path, text: &str) -> Result<(), Failure> {
    files::replace(path, text.as_bytes()).map_err(|error| {
        let message = format!("{} cannot be written", path.display());
        Failure::failed(message).because(error)
    })
}

fn verdict(arguments: &AuditArguments, findings: &[Finding]) -> ExitCode {
    let counts = |finding: &&Finding| !arguments.only_new || finding.new != Some(false);
    let worst = findings
        .iter()
        .filter(counts)
        .map(|it| it.rule.severity)
        .max();
    match (arguments.fail_on, worst) {
        (Some(least), Some(worst)) if worst >= least => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    }
}
