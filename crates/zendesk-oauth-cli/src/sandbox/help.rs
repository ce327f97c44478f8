//! What `--help` says of profiles and switches: what the library has, so that nothing is missing here.

use zendesk_oauth_sandbox::{Profile, Switches};

use crate::text::{WIDTH, wrapped};

/// Every profile with what it sets, every switch with its values.
pub(super) fn profiles_and_switches() -> String {
    let mut text = String::from("Profiles:\n");
    for profile in Profile::ALL {
        let sets: Vec<String> = profile
            .sets
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        entry(&mut text, profile.name, profile.about, &sets.join(" "));
    }
    text.push_str("\nSwitches (the first value is the default):\n");
    for switch in Switches::ALL {
        let title = format!("{}={}", switch.name, switch.values.join("|"));
        entry(&mut text, &title, switch.about, "");
    }
    text.truncate(text.trim_end().len());
    text
}

fn entry(text: &mut String, title: &str, about: &str, sets: &str) {
    text.push_str(&format!("  {title}\n"));
    let mut lines = wrapped(about, WIDTH - 10);
    lines.extend(wrapped(sets, WIDTH - 10));
    for line in lines {
        text.push_str(&format!("          {line}\n"));
    }
}
