//! What can be made to go wrong, from a test or from the control page.

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
    /// How many fitting calls go well before.
    pub skip: u32,
    /// An error code, given as a `KalturaAPIException`, or what befalls the whole request (see `Fate`).
    pub answer: String,
    /// How many more times.
    pub times: u32,
}

impl Default for FailingCalls {
    fn default() -> Self {
        Self { service: None, action: None, skip: 0, answer: "INTERNAL_SERVERL_ERROR".to_owned(), times: 1 }
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
}

impl Faults {
    /// Takes the answer of the first rule that fits this call and has its turn.
    pub(super) fn take_call(&mut self, service: &str, action: &str) -> Option<String> {
        self.take(service, action, |answer| Fate::of(answer).is_none())
    }

    /// What befalls a request with these calls, by the first rule for whole requests that fits one of them.
    pub(super) fn take_fate<'a>(&mut self, calls: impl Iterator<Item = (&'a str, &'a str)>) -> Option<Fate> {
        for (service, action) in calls {
            if let Some(answer) = self.take(service, action, |answer| Fate::of(answer).is_some()) {
                return Fate::of(&answer);
            }
        }
        None
    }

    fn take(&mut self, service: &str, action: &str, wanted: impl Fn(&str) -> bool) -> Option<String> {
        let fits = |name: &Option<String>, value: &str| {
            name.as_deref().is_none_or(|name| name.eq_ignore_ascii_case(value))
        };
        let fitting = self.calls.iter_mut().filter(|rule| {
            wanted(&rule.answer) && fits(&rule.service, service) && fits(&rule.action, action)
        });
        let mut found = None;
        for rule in fitting {
            if rule.skip > 0 {
                rule.skip -= 1;
            } else if rule.times > 0 && found.is_none() {
                rule.times -= 1;
                found = Some(rule.answer.clone());
            }
        }
        self.calls.retain(|rule| rule.times > 0);
        found
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

/// What befalls a whole request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// `lost`: carried out, and the connection ends without an answer.
    Lost,
    /// `lost_hang`: carried out, never answered.
    LostHang,
    /// `dropped`: not carried out, and the connection ends without an answer.
    Dropped,
    /// `hang`: not carried out, never answered.
    Hang,
    /// `garbage`: carried out, half an answer.
    Garbage,
    /// `http_NNN` and `html` (200): not carried out, a page of a load balancer with that status.
    Page(u16),
}

impl Fate {
    fn of(answer: &str) -> Option<Self> {
        Some(match answer {
            "lost" => Self::Lost,
            "lost_hang" => Self::LostHang,
            "dropped" => Self::Dropped,
            "hang" => Self::Hang,
            "garbage" => Self::Garbage,
            "html" => Self::Page(200),
            other => Self::Page(other.strip_prefix("http_")?.parse().ok()?),
        })
    }

    /// Whether the calls are carried out all the same.
    pub(super) fn is_carried_out(self) -> bool {
        matches!(self, Self::Lost | Self::LostHang | Self::Garbage)
    }
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

    #[test]
    fn a_rule_skips_what_goes_well_before_and_a_fate_is_no_code() {
        let rule =
            |answer: &str, skip| FailingCalls { answer: answer.into(), skip, ..FailingCalls::default() };
        let mut faults = Faults { calls: vec![rule("lost", 1), rule("X", 0)], ..Faults::default() };
        let calls = || [("media", "add"), ("media", "addContent")].into_iter();
        assert_eq!(faults.take_call("media", "add").as_deref(), Some("X"));
        assert_eq!(faults.take_fate(calls()), Some(Fate::Lost));
        assert_eq!(faults.take_fate(calls()), None);
        assert_eq!(Fate::of("http_503"), Some(Fate::Page(503)));
        assert!(Fate::of("http_x").is_none() && Fate::of("ACTION_BLOCKED").is_none());
    }
}
