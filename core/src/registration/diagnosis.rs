//! The live check at the end of the set-up: what is known, and what a sign-in tells about it.

use super::blame::{Reach, UNKNOWN, blame, blame_problem, is_proven, reach};
use super::{Check, CheckName, CheckState, Mend};
use crate::auth::{AdminAction, Problem, SignInError};

/// All checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    checks: Vec<Check>,
}

impl Default for Diagnosis {
    fn default() -> Self {
        let checks = CheckName::ALL.map(|name| Check { name, state: CheckState::Waiting });
        Self { checks: checks.into() }
    }
}

impl Diagnosis {
    /// The checks in order.
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// The state of a check.
    pub fn state(&self, name: CheckName) -> &CheckState {
        const WAITING: CheckState = CheckState::Waiting;
        self.checks.iter().find(|check| check.name == name).map_or(&WAITING, |check| &check.state)
    }

    /// Notes the state of a check.
    pub fn set(&mut self, name: CheckName, state: CheckState) {
        if let Some(check) = self.checks.iter_mut().find(|check| check.name == name) {
            check.state = state;
        }
    }

    /// How many checks passed, for "2 of 4 passed".
    pub fn passed(&self) -> usize {
        self.checks.iter().filter(|check| check.state == CheckState::Passed).count()
    }

    /// Several checks as one: failed as soon as one of them is, passed when all of them are.
    pub fn summary(&self, names: &[CheckName]) -> CheckState {
        let states = || names.iter().map(|name| self.state(*name));
        let failed = states().find(|state| matches!(state, CheckState::Failed { .. }));
        let of = |wanted: &CheckState| states().any(|state| state == wanted);
        match failed {
            Some(failed) => failed.clone(),
            None if of(&CheckState::Running) => CheckState::Running,
            None if of(&CheckState::NotReachable) => CheckState::NotReachable,
            None if of(&CheckState::Waiting) => CheckState::Waiting,
            None => CheckState::Passed,
        }
    }

    /// The failed check that a check waits for which cannot be reached.
    pub fn blocked_by(&self, name: CheckName) -> Option<CheckName> {
        let failed = |names: &[CheckName]| {
            names.iter().copied().find(|name| matches!(self.state(*name), CheckState::Failed { .. }))
        };
        if CheckName::PAGE.contains(&name) {
            failed(&CheckName::PAGE)
        } else if CheckName::SIGN_IN.contains(&name) {
            failed(&CheckName::SIGN_IN)
        } else {
            failed(&CheckName::SIGN_IN).or_else(|| failed(&CheckName::NEEDS_SESSION))
        }
    }

    /// Sets the checks back that need a sign-in, before the next one: those that it decides are running.
    pub fn begin_sign_in(&mut self) {
        for check in &mut self.checks {
            if CheckName::SIGN_IN.contains(&check.name) {
                check.state = CheckState::Running;
            } else if CheckName::NEEDS_SESSION.contains(&check.name) {
                check.state = CheckState::Waiting;
            }
        }
    }

    /// Forgets what a sign-in that was given up would have told.
    pub fn cancel_sign_in(&mut self) {
        for check in &mut self.checks {
            if check.state == CheckState::Running && CheckName::SIGN_IN.contains(&check.name) {
                check.state = CheckState::Waiting;
            }
        }
    }

    /// Notes a sign-in that worked: everything that it depends on is proven.
    pub fn note_sign_in(&mut self) {
        for name in CheckName::SIGN_IN {
            self.set(name, CheckState::Passed);
        }
    }

    /// Notes a sign-in that failed: the check that it failed in, what that proves, what was not reached.
    pub fn note_sign_in_error(&mut self, error: &SignInError) {
        let (failed, mend) = blame(error);
        let code = match error.provider_error().and_then(|error| error.aadsts) {
            Some(code) => aadsts(code),
            None => error.code().to_owned(),
        };
        self.note_failure(failed, mend, code, reach(error, failed));
    }

    /// Notes a code that the administrator read on Microsoft's own page, from which nothing comes back.
    pub fn note_stuck(&mut self, code: u32) {
        let (failed, mend) = Problem::of_aadsts(code).map_or(UNKNOWN, blame_problem);
        self.note_failure(failed, mend, aadsts(code), Reach::Nothing);
    }

    /// Notes that Microsoft did not come back in time: most often the redirect URI is another one.
    pub fn note_silence(&mut self) {
        let mend = Mend::Azure(AdminAction::AddRedirectUri);
        self.note_failure(CheckName::RedirectUri, mend, "no_answer".to_owned(), Reach::Nothing);
    }

    fn note_failure(&mut self, failed: CheckName, mend: Mend, code: String, reach: Reach) {
        for check in &mut self.checks {
            if CheckName::SIGN_IN.contains(&check.name) {
                let is_proven = is_proven(check.name, failed, reach);
                check.state = if is_proven { CheckState::Passed } else { CheckState::NotReachable };
            } else if CheckName::NEEDS_SESSION.contains(&check.name) {
                check.state = CheckState::NotReachable;
            }
        }
        self.set(failed, CheckState::Failed { mend, code });
    }
}

fn aadsts(code: u32) -> String {
    let mut text = String::from("AADSTS");
    text.push_str(&code.to_string());
    text
}
