//! The state machine: how waits and requests end.

use super::effect::{CommandFailure, Effect, HostEvent, RequestId};
use super::host_link::{HostLink, Phase};
use super::pending::{Command, MOST_LATE, Pending, Stage};
use crate::host::message::AuthenticateType;

impl HostLink {
    /// Lets the time pass: every wait that has ended is answered.
    pub fn tick(&mut self, now: u64) {
        match self.phase {
            Phase::Initialized { until: Some(until) } if until <= now => self.give_up_activation(),
            Phase::Active { configure_until: Some(until) } if until <= now => {
                self.phase = Phase::Active { configure_until: None };
                self.deliver(HostEvent::NotConfigured);
            }
            _ => {}
        }
        while let Some(command) = self.served.take_overdue(now) {
            self.post_error(&command, "timedOut", "the picker had no links in time");
        }
        let is_over = |entry: &&Pending| entry.stage.deadline().is_some_and(|until| until <= now);
        while let Some(entry) = self.pending.iter().find(is_over) {
            let failure = match entry.stage {
                Stage::Acknowledged { .. } => CommandFailure::NotAnswered,
                _ => CommandFailure::NotAcknowledged,
            };
            let id = entry.id.clone();
            self.fail_command(&id, failure, now);
        }
    }

    fn give_up_activation(&mut self) {
        self.phase = Phase::Initialized { until: None };
        self.deliver(HostEvent::NotActivated);
        let requests: Vec<RequestId> = self.pending.iter().map(|entry| entry.request).collect();
        for request in requests {
            self.settle(request, CommandFailure::NotActivated);
        }
    }

    /// A command came to nothing. `authenticate` gets its second try as `SharePoint`.
    pub(super) fn fail_command(&mut self, id: &str, failure: CommandFailure, now: u64) {
        let Some(index) = self.pending.iter().position(|entry| entry.id == id) else { return };
        let Some(entry) = self.pending.get_mut(index) else { return };
        let request = entry.request;
        let is_by_time = failure.is_by_time();
        let had_second_try = entry.stage == Stage::Overdue;
        let second = match &entry.command {
            Command::Authenticate { ask, kind: AuthenticateType::Graph } if !had_second_try => {
                Some(ask.clone())
            }
            _ => None,
        };
        if is_by_time {
            entry.stage = Stage::Overdue;
        }
        match second {
            Some(ask) => {
                // After silence the first try may still be answered while the second is under way.
                if !is_by_time {
                    self.pending.remove(index);
                }
                let id = self.command_id();
                let command = Command::Authenticate { ask, kind: AuthenticateType::SharePoint };
                self.pending.push(Pending { request, id, command, stage: Stage::Queued });
                self.post_queued(now);
            }
            None if had_second_try => {
                self.pending.remove(index);
            }
            None => self.settle(request, failure),
        }
    }

    /// Answers a request with a failure, once.
    pub(super) fn settle(&mut self, request: RequestId, failure: CommandFailure) {
        let Some(entry) = self.pending.iter().find(|entry| entry.request == request) else { return };
        let is_late_answer_wanted = match entry.command {
            Command::Authenticate { .. } | Command::Pick(_) => failure.is_by_time(),
            Command::Close => false,
        };
        if is_late_answer_wanted {
            let posted = |entry: &&Pending| entry.request == request && entry.stage != Stage::Queued;
            self.late.extend(self.pending.iter().filter(posted).cloned());
            let surplus = self.late.len().saturating_sub(MOST_LATE);
            self.late.drain(..surplus);
        }
        let event = match entry.command {
            Command::Authenticate { .. } => HostEvent::NoToken { request, failure },
            Command::Pick(_) => HostEvent::PickFailed { request, failure },
            Command::Close => HostEvent::CloseFailed { request, failure },
        };
        self.forget(request);
        self.deliver(event);
    }

    /// Drops all commands of a request.
    pub(super) fn forget(&mut self, request: RequestId) {
        self.pending.retain(|entry| entry.request != request);
    }

    /// Ends the connection; whatever waits is answered.
    pub(super) fn shut(&mut self) {
        if self.phase == Phase::Closed {
            return;
        }
        self.phase = Phase::Closed;
        self.served.clear();
        self.late.clear();
        while let Some(request) = self.pending.first().map(|entry| entry.request) {
            self.settle(request, CommandFailure::Closed);
        }
        self.deliver(HostEvent::Closed);
        self.effects.push(Effect::ClosePort);
    }
}
