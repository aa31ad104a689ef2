//! What was found: right, wrong with its mend, or worth a note.

use crate::failure::{Failure, Outcome};

/// How a finding counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Finding {
    /// As it should be.
    Right(String),
    /// Not as it should be.
    Wrong {
        /// What it is like.
        is: String,
        /// What to do about it.
        mend: String,
    },
    /// Nothing is wrong, but somebody may want to know.
    Note(String),
}

/// All of them, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Findings(pub(super) Vec<Finding>);

impl Findings {
    /// Notes what is right.
    pub(super) fn right(&mut self, what: impl Into<String>) {
        self.0.push(Finding::Right(what.into()));
    }

    /// Notes what is wrong.
    pub(super) fn wrong(&mut self, is: impl Into<String>, mend: impl Into<String>) {
        self.0.push(Finding::Wrong { is: is.into(), mend: mend.into() });
    }

    /// Notes something else.
    pub(super) fn note(&mut self, what: impl Into<String>) {
        self.0.push(Finding::Note(what.into()));
    }

    /// Notes one or the other.
    pub(super) fn check(
        &mut self,
        is_right: bool,
        what: &str,
        is: impl Into<String>,
        mend: impl Into<String>,
    ) {
        if is_right { self.right(what) } else { self.wrong(is, mend) }
    }

    /// Shows them.
    pub(super) fn print(&self) {
        for finding in &self.0 {
            match finding {
                Finding::Right(what) => println!("right  {what}"),
                Finding::Wrong { is, mend } => println!("WRONG  {is}\n       {mend}"),
                Finding::Note(what) => println!("note   {what}"),
            }
        }
    }

    /// Sums them up.
    ///
    /// Fails if anything is wrong.
    pub(super) fn outcome(&self, page: &str) -> Outcome {
        let wrong = self.0.iter().filter(|finding| matches!(finding, Finding::Wrong { .. })).count();
        if wrong == 0 {
            println!("\n{page} serves the picker as it should");
            return Ok(());
        }
        Err(Failure::new(format!("{page}: {wrong} to mend")))
    }
}
