//! The words after the name of a job.

use crate::failure::{Failure, Outcome};

/// Flags not yet asked for. A job takes those it knows and then calls [`Flags::finish`].
pub(crate) struct Flags(Vec<String>);

impl Flags {
    /// The flags as they stand on the command line.
    pub(crate) fn new(words: Vec<String>) -> Self {
        Self(words)
    }

    /// Whether `--name` is there.
    pub(crate) fn switch(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|word| word != name);
        self.0.len() < before
    }

    /// The value of `--name value` or `--name=value`.
    ///
    /// Fails when the name stands last, without a value.
    pub(crate) fn value(&mut self, name: &str) -> Outcome<Option<String>> {
        if let Some(at) = self.0.iter().position(|word| word == name) {
            self.0.remove(at);
            if at == self.0.len() {
                return Err(Failure::new(format!("{name} needs a value")));
            }
            return Ok(Some(self.0.remove(at)));
        }
        let assigned =
            self.0.iter().position(|word| word.strip_prefix(name).is_some_and(|rest| rest.starts_with('=')));
        Ok(assigned.map(|at| self.0.remove(at)[name.len() + 1..].to_owned()))
    }

    /// The words that are left and are no flags.
    pub(crate) fn words(&mut self) -> Vec<String> {
        let (words, flags) = self.0.drain(..).partition(|word| !word.starts_with('-'));
        self.0 = flags;
        words
    }

    /// Fails if anything is left that nobody asked for.
    pub(crate) fn finish(self) -> Outcome {
        match self.0.first() {
            None => Ok(()),
            Some(word) => {
                Err(Failure::new(format!("{word:?} is not understood; `cargo xtask help` tells more")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(line: &str) -> Flags {
        Flags::new(line.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn takes_a_value_in_both_spellings() {
        assert_eq!(flags("--base /a/").value("--base").unwrap().as_deref(), Some("/a/"));
        assert_eq!(flags("--base=/a/").value("--base").unwrap().as_deref(), Some("/a/"));
        assert_eq!(flags("--basement=/a/").value("--base").unwrap(), None);
        assert!(flags("--base").value("--base").is_err());
    }

    #[test]
    fn leaves_what_nobody_asked_for_as_an_error() {
        let mut unknown = flags("--debug --what");
        assert!(unknown.switch("--debug"));
        assert!(unknown.finish().is_err());
        let mut words = flags("native journeys");
        assert_eq!(words.words(), ["native", "journeys"]);
        assert!(words.finish().is_ok());
    }
}
