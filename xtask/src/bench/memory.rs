//! How much memory a process has taken.

use std::fs;

/// The most that it ever had in memory, in KiB; none where the system does not tell.
pub fn peak(pid: u32) -> Option<f64> {
    field(
        &fs::read_to_string(format!("/proc/{pid}/status")).ok()?,
        "VmHWM",
    )
}

fn field(status: &str, name: &str) -> Option<f64> {
    let line = status.lines().find(|line| line.starts_with(name))?;
    let (_, size) = line.split_once(':')?;
    size.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_a_status_is_read_in_kib() {
        let status = "Name:\tx\nVmPeak:\t  9000 kB\nVmHWM:\t    1234 kB\nVmRSS:\t  1000 kB\n";
        assert_eq!(field(status, "VmHWM"), Some(1234.0));
        assert_eq!(field("Name:\tVmHWM\n", "VmHWM"), None);
    }
}
