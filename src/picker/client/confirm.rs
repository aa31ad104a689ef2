//! The moment between choice and hand-over, and fresh links afterwards.

use super::{GraphClient, TokenSource};
use crate::graph::{
    Chosen, ConfirmRules, ConfirmedItem, DownloadUrl, FileRef, GraphError, ItemProblem, Reread, Selection,
    judge_chosen, judge_link,
};
use crate::picker::ports::{Clock, Entropy, Http};

/// What became of one chosen file.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The file as it was chosen.
    pub file: FileRef,
    /// The file as it goes to the host, or why it cannot.
    pub outcome: Result<ConfirmedItem, ItemProblem>,
}

/// The answer for one file of `refresh-links`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreshLink {
    /// The file that was asked for.
    pub file: FileRef,
    /// Its download address, seconds old, or why there is none.
    pub outcome: Result<DownloadUrl, ItemProblem>,
}

impl<P: Http + Clock + Entropy, T: TokenSource> GraphClient<P, T> {
    /// Reads every chosen file again and judges it. The verdicts come in the order of the choice.
    ///
    /// # Errors
    /// [`GraphError`] if Graph could not be asked at all; nothing is decided then and the choice stands.
    pub async fn confirm(&self, chosen: &[Chosen], rules: &ConfirmRules) -> Result<Vec<Verdict>, GraphError> {
        let files = chosen.iter().map(|chosen| chosen.file.clone());
        let answers = self.reread(Reread::new(files, Selection::Whole)).await?;
        let verdict = |(chosen, (file, answer)): (&Chosen, (FileRef, _))| Verdict {
            file: chosen.file.clone(),
            outcome: judge_chosen(chosen, &file, answer, rules),
        };
        Ok(chosen.iter().zip(answers).map(verdict).collect())
    }

    /// Fresh download addresses, in the order of the files.
    ///
    /// The caller sees to it that a host asks only for files that it was given.
    ///
    /// # Errors
    /// [`GraphError`] if Graph could not be asked at all.
    pub async fn refresh_links(&self, files: &[FileRef]) -> Result<Vec<FreshLink>, GraphError> {
        let answers = self.reread(Reread::new(files.iter().cloned(), Selection::Link)).await?;
        let fresh = |(file, (_, answer)): (&FileRef, (FileRef, _))| FreshLink {
            file: file.clone(),
            outcome: judge_link(answer),
        };
        Ok(files.iter().zip(answers).map(fresh).collect())
    }

    /// Drives a [`Reread`] to its end: what is throttled is repeated after the time that Graph asks for, a refused
    /// token is renewed once.
    pub(super) async fn reread(
        &self,
        mut reread: Reread,
    ) -> Result<Vec<(FileRef, Result<serde_json::Value, GraphError>)>, GraphError> {
        let mut failed = 0;
        let mut renewed = false;
        loop {
            let rounds = reread.rounds(&self.base);
            if rounds.is_empty() {
                return Ok(reread.finish());
            }
            let token = self.tokens.token().await;
            for round in &rounds {
                let response = self.send(&round.request).await?;
                reread.take(round, &response)?;
            }
            if let Some(GraphError::Unauthorized { claims, .. }) = reread.refused_token() {
                let replaced = match token {
                    Some(token) if !renewed => self.replace(&token, claims.as_deref()).await,
                    _ => false,
                };
                if !replaced {
                    return Ok(reread.finish());
                }
                renewed = true;
            } else if let Some(error) = reread.waiting_for() {
                failed += 1;
                let Some(wait) = self.backoff.wait(failed, error.retry_after(), self.random()) else {
                    return Ok(reread.finish());
                };
                let error = error.clone();
                self.pause(error, wait).await;
            }
        }
    }
}
