//! What a job says when it cannot go on.

use std::fmt;

/// One line for the person at the terminal: what went wrong, and the command to run by hand where there is one.
#[derive(Debug)]
pub(crate) struct Failure(String);

/// What a job, or a part of one, comes to.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    /// A failure that says this.
    pub(crate) fn new(says: impl Into<String>) -> Self {
        Self(says.into())
    }

    /// A failure that the person has been told of already.
    pub(crate) fn told() -> Self {
        Self(String::new())
    }

    /// Whether there is nothing to add.
    pub(crate) fn is_told(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Names what was being attempted when the system refused.
pub(crate) trait Attempt<T> {
    /// Turns the refusal into a [`Failure`] that begins with what was attempted.
    fn attempting(self, what: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> Attempt<T> for Result<T, E> {
    fn attempting(self, what: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Failure(format!("{what}: {error}")))
    }
}
