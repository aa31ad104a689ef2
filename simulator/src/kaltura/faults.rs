//! What can be made to go wrong, from a test or from the control page.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How an import fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The download fails: status -2.
    Importing,
    /// The conversion fails: status -1.
    Converting,
}

/// Imports that fail at random, the same ones for the same seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailingImports {
    /// Of a hundred imports, how many fail.
    pub percent: u8,
    /// Where the sequence starts.
    pub seed: u64,
    /// How they fail.
    pub failure: Failure,
}

/// Calls that are answered wrongly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FailingCalls {
    /// The service, or every one.
    pub service: Option<String>,
    /// The action, or every one.
    pub action: Option<String>,
    /// An error code of the catalogue, given as a `KalturaAPIException`; or `http_NNN` for that status with an HTML
    /// body, `html` for HTML with status 200, `garbage` for half a JSON text, `hang` for no answer at all.
    pub answer: String,
    /// How many more times.
    pub times: u32,
}

impl Default for FailingCalls {
    fn default() -> Self {
        Self { service: None, action: None, answer: "INTERNAL_SERVERL_ERROR".to_owned(), times: 1 }
    }
}

/// Every switch. The default is a Kaltura in good health.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Faults {
    /// Calls that are answered wrongly, the first fitting rule first.
    pub calls: Vec<FailingCalls>,
    /// Imports that fail at random.
    pub imports: Option<FailingImports>,
    /// Milliseconds that every answer waits.
    pub answer_delay: u64,
    /// Milliseconds that an import waits for a free worker, beyond the usual.
    pub import_delay: u64,
    /// `FEATURE_FILE_TYPE_RESTRICTION_PERMISSION`: the extension of the link's path and the media type are looked
    /// at, and a SharePoint link (`download.aspx`) does not pass.
    pub restrict_file_types: bool,
    /// Whether `referenceId` and `categories` need a permission that a user KS does not have.
    pub restrict_insert: bool,
}

impl Faults {
    /// Takes the answer of the first rule that fits this call and has turns left.
    pub(super) fn take_call(&mut self, service: &str, action: &str) -> Option<String> {
        let fits = |name: &Option<String>, value: &str| {
            name.as_deref().is_none_or(|name| name.eq_ignore_ascii_case(value))
        };
        let rule = self
            .calls
            .iter_mut()
            .find(|rule| rule.times > 0 && fits(&rule.service, service) && fits(&rule.action, action))?;
        rule.times -= 1;
        let answer = rule.answer.clone();
        self.calls.retain(|rule| rule.times > 0);
        Some(answer)
    }

    /// Whether and how the next import fails.
    pub(super) fn draw_import(&mut self) -> Option<Failure> {
        let imports = self.imports.as_mut()?;
        // SplitMix64: each seed gives its own sequence, the same on every machine.
        imports.seed = imports.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = imports.seed;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^= word >> 31;
        (word % 100 < u64::from(imports.percent)).then_some(imports.failure)
    }
}

/// How long things take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Until a worker takes an import up.
    pub queue: Duration,
    /// The conversion.
    pub convert: Duration,
    /// Between two of the three attempts to download.
    pub retry: Duration,
    /// How many imports run at a time.
    pub workers: usize,
}

impl Pace {
    /// Slow enough to watch.
    pub const DEMO: Self = Self {
        queue: Duration::from_millis(1_200),
        convert: Duration::from_millis(2_400),
        retry: Duration::from_secs(3),
        workers: 3,
    };
    /// As fast as a test wants it, the order of states kept.
    pub const TEST: Self = Self {
        queue: Duration::from_millis(40),
        convert: Duration::from_millis(40),
        retry: Duration::from_millis(40),
        workers: 8,
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_fails_the_same_imports_at_about_the_rate_asked_for() {
        let draw = |seed| {
            let mut faults = Faults {
                imports: Some(FailingImports { percent: 30, seed, failure: Failure::Importing }),
                ..Faults::default()
            };
            (0..1000).map(|_| faults.draw_import().is_some()).collect::<Vec<_>>()
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        let failed = draw(7).iter().filter(|failed| **failed).count();
        assert!((250..350).contains(&failed), "{failed}");
    }

    #[test]
    fn a_rule_for_calls_ends_after_its_turns() {
        let rule = FailingCalls {
            action: Some("add".into()),
            times: 2,
            answer: "X".into(),
            ..FailingCalls::default()
        };
        let mut faults = Faults { calls: vec![rule], ..Faults::default() };
        assert_eq!(faults.take_call("media", "get"), None);
        assert_eq!(faults.take_call("media", "add").as_deref(), Some("X"));
        assert_eq!(faults.take_call("baseEntry", "ADD").as_deref(), Some("X"));
        assert_eq!(faults.take_call("media", "add"), None);
    }
}
