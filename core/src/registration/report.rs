//! The report of the live check, for support: names, states and codes, never a token.

use super::{CheckState, Diagnosis};

impl Diagnosis {
    /// The report as lines of text. `time` is when, such as `2026-11-23T05:55:00Z`; `site` is the site's origin.
    pub fn report(&self, time: &str, site: &str) -> String {
        let mut report = String::from("OneDrive set-up check\ntime: ");
        report.push_str(time);
        report.push_str("\nsite: ");
        report.push_str(site);
        report.push('\n');
        for check in self.checks() {
            report.push_str(check.name.code());
            report.push_str(match &check.state {
                CheckState::Waiting => ": not run",
                CheckState::Running => ": running",
                CheckState::Passed => ": passed",
                CheckState::Failed { .. } => ": failed, ",
                CheckState::NotReachable => ": not reachable",
            });
            if let CheckState::Failed { code, .. } = &check.state {
                report.push_str(code);
            }
            report.push('\n');
        }
        report
    }
}
