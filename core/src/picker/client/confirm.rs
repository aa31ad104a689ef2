//! The moment between choice and hand-over, and fresh links afterwards.

use super::{GraphClient, TokenSource};
use crate::graph::{
    Chosen, ConfirmRules, ConfirmedItem, DownloadUrl, FileRef, GraphError, ItemProblem, Reread, Selection,
    Settled, judge_chosen, judge_link,
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
        let mut verdicts: Vec<Option<Verdict>> = chosen.iter().map(|_| None).collect();
        let mut decide = |place, verdict| {
            if let Some(slot) = verdicts.get_mut(place) {
                *slot = Some(verdict);
            }
        };
        self.confirm_each(chosen, rules, &mut decide).await?;
        Ok(verdicts.into_iter().flatten().collect())
    }

    /// The same, telling each verdict as soon as it stands, with the place in the choice.
    ///
    /// # Errors
    /// [`GraphError`] if Graph could not be asked; what was told before is not worth keeping then, since its links age.
    pub(crate) async fn confirm_each(
        &self,
        chosen: &[Chosen],
        rules: &ConfirmRules,
        decided: &mut dyn FnMut(usize, Verdict),
    ) -> Result<(), GraphError> {
        let files = chosen.iter().map(|chosen| chosen.file.clone());
        let mut judge = |settled: Settled| {
            if let Some(chosen) = chosen.get(settled.place) {
                let outcome = judge_chosen(chosen, &settled.file, settled.answer, rules);
                decided(settled.place, Verdict { file: chosen.file.clone(), outcome });
            }
        };
        self.reread(Reread::new(files, Selection::Whole), &mut judge).await
    }

    /// Fresh download addresses, in the order of the files.
    ///
    /// The caller sees to it that a host asks only for files that it was given.
    ///
    /// # Errors
    /// [`GraphError`] if Graph could not be asked at all.
    pub async fn refresh_links(&self, files: &[FileRef]) -> Result<Vec<FreshLink>, GraphError> {
        let mut links: Vec<Option<FreshLink>> = vec![None; files.len()];
        let mut judge = |settled: Settled| {
            if let (Some(file), Some(slot)) = (files.get(settled.place), links.get_mut(settled.place)) {
                *slot = Some(FreshLink { file: file.clone(), outcome: judge_link(settled.answer) });
            }
        };
        self.reread(Reread::new(files.iter().cloned(), Selection::Link), &mut judge).await?;
        Ok(links.into_iter().flatten().collect())
    }

    /// Drives a [`Reread`] to its end: what is throttled is repeated after the time that Graph asks for, a refused
    /// token is renewed once. Each item is told as soon as it is settled.
    pub(super) async fn reread(
        &self,
        mut reread: Reread,
        tell: &mut dyn FnMut(Settled),
    ) -> Result<(), GraphError> {
        let mut failed = 0;
        let mut renewed = false;
        loop {
            let rounds = reread.rounds(&self.base);
            if rounds.is_empty() {
                return Ok(());
            }
            let token = self.tokens.token().await;
            for round in &rounds {
                let response = self.send(&round.request).await?;
                reread.take(round, &response)?;
                reread.settled().into_iter().for_each(&mut *tell);
            }
            let goes_on = if let Some(GraphError::Unauthorized { claims, .. }) = reread.refused_token() {
                match token {
                    Some(token) if !renewed => {
                        renewed = true;
                        self.replace(&token, claims.as_deref()).await
                    }
                    _ => false,
                }
            } else if let Some(error) = reread.waiting_for().cloned() {
                failed += 1;
                match self.backoff.wait(failed, error.retry_after(), self.random()) {
                    Some(wait) => {
                        self.pause(error, wait).await;
                        true
                    }
                    None => false,
                }
            } else {
                true
            };
            if !goes_on {
                reread.give_up();
                reread.settled().into_iter().for_each(&mut *tell);
                return Ok(());
            }
        }
    }
}
