//! The state machine: what the host sends.

use super::effect::{CommandFailure, HostEvent};
use super::host_link::{HostLink, Phase};
use super::pending::{Command, Stage};
use super::served::Admission;
use crate::host::message::{Answer, Dropped, HostError, Incoming, LONGEST_MESSAGE, Outgoing, decode};
use crate::host::options::{Host, HostOptions};
use crate::host::refresh::{HostCommandId, ItemReference};
use serde_json::Value;

/// Shorter messages cost nothing of the byte allowance, so that answers get through a flood of large ones.
const SMALL: usize = 16 * 1024;

impl HostLink {
    /// Takes a message of the host, given as JSON. What means nothing is dropped.
    pub fn receive(&mut self, text: &str, now: u64) {
        let _ = self.try_receive(text, now);
    }

    /// Takes a message of the host, given as JSON, and says why it is dropped if it is.
    ///
    /// # Errors
    /// [`Dropped`], for logs only: a host may say what it likes.
    pub(crate) fn try_receive(&mut self, text: &str, now: u64) -> Result<(), Dropped> {
        if matches!(self.phase, Phase::Starting | Phase::Closed) {
            return Err(Dropped::NotActive);
        }
        if text.len() > LONGEST_MESSAGE {
            return Err(Dropped::TooLarge);
        }
        if text.len() > SMALL && !self.bytes.take(text.len() as u64, now) {
            return Err(self.flooded());
        }
        match decode(text)? {
            Incoming::Activate => self.activate(now),
            _ if !self.is_active() => Err(Dropped::NotActive),
            Incoming::Acknowledge { id } => self.acknowledge(id.as_deref(), now),
            Incoming::Result { id, answer } => self.answer(id.as_deref(), answer, now),
            // What follows makes work for the picker and for the person, so there is a limit to it.
            _ if !self.notices.take(1, now) => Err(self.flooded()),
            Incoming::Configure { id, options } => {
                self.configure(id.as_ref(), &options);
                Ok(())
            }
            Incoming::ImportProgress(items) => {
                if !items.is_empty() {
                    self.deliver(HostEvent::ImportProgress(items));
                }
                Ok(())
            }
            Incoming::RefreshLinks { id, items } => {
                self.refresh_links(id, items, now);
                Ok(())
            }
            Incoming::UnknownCommand { id } => {
                self.post(&Outgoing::Acknowledge(&id));
                self.post_error(&id, "unsupportedCommand", "the picker does not know this command");
                Ok(())
            }
        }
    }

    fn flooded(&mut self) -> Dropped {
        if !self.is_flooded {
            self.is_flooded = true;
            self.deliver(HostEvent::Flooded);
        }
        Dropped::Flooded
    }

    fn activate(&mut self, now: u64) -> Result<(), Dropped> {
        if self.is_active() {
            return Err(Dropped::Repeated);
        }
        let awaits_configuration = self.messaging.wait_for_configuration;
        let until = now.saturating_add(self.messaging.limits.initialize);
        self.phase = Phase::Active { configure_until: awaits_configuration.then_some(until) };
        self.post(&Outgoing::PageLoaded { timestamp: now });
        self.post_problem(now);
        self.deliver(HostEvent::Activated { awaits_configuration });
        self.post_queued(now);
        Ok(())
    }

    /// The first acknowledge starts the wait for the result; further ones, and those for notifications, mean nothing.
    fn acknowledge(&mut self, id: Option<&str>, now: u64) -> Result<(), Dropped> {
        let limits = self.messaging.limits;
        let entry =
            self.pending.iter_mut().find(|entry| Some(entry.id.as_str()) == id).ok_or(Dropped::UnknownId)?;
        if !matches!(entry.stage, Stage::Sent { .. }) {
            return Err(Dropped::Repeated);
        }
        let limit = match entry.command {
            Command::Authenticate { .. } => limits.token,
            Command::Pick(_) => limits.pick,
            Command::Close => limits.close,
        };
        entry.stage = Stage::Acknowledged { until: now.saturating_add(limit) };
        Ok(())
    }

    fn answer(&mut self, id: Option<&str>, answer: Answer, now: u64) -> Result<(), Dropped> {
        let id = match id {
            Some(id) => id.to_owned(),
            None => self.command_meant(&answer).ok_or(Dropped::UnknownId)?,
        };
        let known = self.pending.iter().find(|entry| entry.id == id && entry.stage != Stage::Queued);
        let Some(entry) = known else { return self.answer_late(&id, answer) };
        let request = entry.request;
        match (&entry.command, answer) {
            (Command::Authenticate { .. }, Answer::Token(token)) => {
                self.forget(request);
                self.deliver(HostEvent::Token { request, token });
            }
            (Command::Authenticate { .. }, Answer::Success) => {
                self.refused(&id, HostError::new("noToken"), now);
            }
            (Command::Pick(_), Answer::Success) => {
                self.forget(request);
                self.deliver(HostEvent::PickAccepted { request });
            }
            (Command::Pick(_), Answer::Token(_)) => self.refused(&id, HostError::new("unknownAnswer"), now),
            (Command::Close, Answer::Success | Answer::Token(_)) => {
                self.forget(request);
                self.deliver(HostEvent::CloseAccepted { request });
                self.shut();
            }
            (_, Answer::Error(error)) => self.refused(&id, error, now),
        }
        Ok(())
    }

    fn refused(&mut self, id: &str, error: HostError, now: u64) {
        self.fail_command(id, CommandFailure::Refused(error), now);
    }

    /// Which command an answer without id means: an error the oldest, a token the oldest `authenticate`, a success
    /// the only one that can succeed without a token.
    fn command_meant(&self, answer: &Answer) -> Option<String> {
        let is_open = |stage| matches!(stage, Stage::Sent { .. } | Stage::Acknowledged { .. });
        let mut open = self.pending.iter().filter(|entry| is_open(entry.stage));
        let is_authenticate = |command: &Command| matches!(command, Command::Authenticate { .. });
        let entry = match answer {
            Answer::Error(_) => open.next(),
            Answer::Token(_) => open.find(|entry| is_authenticate(&entry.command)),
            Answer::Success => {
                let mut others = open.filter(|entry| !is_authenticate(&entry.command));
                others.next().filter(|_| others.next().is_none())
            }
        };
        entry.map(|entry| entry.id.clone())
    }

    fn answer_late(&mut self, id: &str, answer: Answer) -> Result<(), Dropped> {
        let index = self.late.iter().position(|entry| entry.id == id).ok_or(Dropped::UnknownId)?;
        let entry = self.late.remove(index);
        match (entry.command, answer) {
            (Command::Authenticate { .. }, Answer::Token(token)) => self.deliver(HostEvent::LateToken(token)),
            (Command::Pick(_), Answer::Success) => {
                self.deliver(HostEvent::LatePickAccepted { request: entry.request });
            }
            _ => {}
        }
        Ok(())
    }

    /// `messaging` stays what the address said: it was checked there.
    fn configure(&mut self, id: Option<&HostCommandId>, options: &Value) {
        if let Some(id) = id {
            self.post(&Outgoing::Acknowledge(id));
        }
        if !options.is_object() {
            if let Some(id) = id {
                self.post_error(id, "invalidRequest", "the options are not an object");
            }
            return;
        }
        self.phase = Phase::Active { configure_until: None };
        let options = HostOptions::read(options, Host::Present(self.messaging.clone()));
        self.deliver(HostEvent::Configured(Box::new(options)));
        if let Some(id) = id {
            self.post(&Outgoing::Success(id));
        }
    }

    fn refresh_links(&mut self, id: HostCommandId, items: Option<Vec<ItemReference>>, now: u64) {
        self.post(&Outgoing::Acknowledge(&id));
        let Some(items) = items else {
            return self.post_error(&id, "invalidRequest", "items are 1 to 1000 of {id, driveId}");
        };
        match self.served.admit(&id, now) {
            Admission::Admitted => self.deliver(HostEvent::RefreshLinks { command: id, items }),
            Admission::Duplicate => {}
            Admission::Busy => self.post_error(&id, "busy", "too many commands at a time"),
        }
    }
}
