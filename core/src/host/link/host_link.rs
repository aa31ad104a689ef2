//! The state machine: requests of the picker. What the host sends is in `receive.rs`,
//! how waits end in `settle.rs`.

use super::effect::{CommandFailure, Effect, HostEvent, RequestId};
use super::flood::Allowance;
use super::pending::{Command, Pending, Stage};
use super::served::Served;
use crate::host::item::PickedItem;
use crate::host::message::{AuthenticateRequest, AuthenticateType, Outgoing};
use crate::host::options::Messaging;
use crate::host::refresh::{HostCommandId, LinkProblem, RefreshedLink};

/// One connection to a host. Every method takes the time in milliseconds since 1970-01-01 UTC; after each call the
/// adapter carries out [`take_effects`](Self::take_effects) and sets one timer to [`next_deadline`](Self::next_deadline).
#[derive(Debug)]
pub struct HostLink {
    pub(super) messaging: Messaging,
    pub(super) phase: Phase,
    /// The commands of requests that are not answered yet, oldest first.
    pub(super) pending: Vec<Pending>,
    /// Commands of requests that failed by time; a late answer still says something.
    pub(super) late: Vec<Pending>,
    pub(super) served: Served,
    pub(super) notices: Allowance,
    pub(super) bytes: Allowance,
    pub(super) is_flooded: bool,
    pub(super) effects: Vec<Effect>,
    requests: u32,
    commands: u32,
    started_at: u64,
    /// What is wrong with the picker, until the host can be told.
    pub(super) problem: Option<(String, String)>,
    frame_height: u32,
}

/// Where in its life a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Nothing was said yet.
    Starting,
    /// `initialize` is posted. `until` is `None` once the wait for `activate` has been given up.
    Initialized { until: Option<u64> },
    /// The host takes part; `configure_until` while announced options are waited for.
    Active { configure_until: Option<u64> },
    /// Over.
    Closed,
}

#[cfg(test)]
impl HostLink {
    /// Whether the connection is over.
    pub(crate) fn is_closed(&self) -> bool {
        self.phase == Phase::Closed
    }
}

impl HostLink {
    /// A link that has not said anything yet.
    pub fn new(messaging: &Messaging) -> Self {
        const MEBIBYTE: u64 = 1 << 20;
        Self {
            messaging: messaging.clone(),
            phase: Phase::Starting,
            pending: Vec::new(),
            late: Vec::new(),
            served: Served::default(),
            notices: Allowance::new(1_000, 200),
            bytes: Allowance::new(8 * MEBIBYTE, MEBIBYTE),
            is_flooded: false,
            effects: Vec::new(),
            requests: 0,
            commands: 0,
            started_at: 0,
            problem: None,
            frame_height: 0,
        }
    }

    /// Posts `initialize`. Does nothing the second time.
    pub fn start(&mut self, now: u64) {
        if self.phase != Phase::Starting {
            return;
        }
        self.started_at = now;
        self.phase = Phase::Initialized { until: Some(now.saturating_add(self.messaging.limits.initialize)) };
        let text = Outgoing::Initialize(&self.messaging.channel_id).to_json();
        self.effects.push(Effect::PostInitialize { text, origin: self.messaging.origin.clone() });
    }

    /// Whether the host takes part.
    pub fn is_active(&self) -> bool {
        matches!(self.phase, Phase::Active { .. })
    }

    /// What is to be done, in order. Empty until something happens again.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// When [`tick`](Self::tick) is to be called next; `None`: no wait is under way.
    pub fn next_deadline(&self) -> Option<u64> {
        let phase = match self.phase {
            Phase::Initialized { until } => until,
            Phase::Active { configure_until } => configure_until,
            Phase::Starting | Phase::Closed => None,
        };
        let commands = self.pending.iter().filter_map(|entry| entry.stage.deadline());
        commands.chain(phase).chain(self.served.deadline()).min()
    }

    /// Asks the host for a token: as `Graph` first, and as `SharePoint` if that is refused or not answered, because
    /// some hosts know no other type. Answered by [`HostEvent::Token`] or [`HostEvent::NoToken`].
    pub fn authenticate(&mut self, ask: AuthenticateRequest, now: u64) -> RequestId {
        self.request(Command::Authenticate { ask, kind: AuthenticateType::Graph }, now)
    }

    /// Hands over a choice. Answered by [`HostEvent::PickAccepted`] or [`HostEvent::PickFailed`].
    pub fn pick(&mut self, items: Vec<PickedItem>, now: u64) -> RequestId {
        self.request(Command::Pick(items), now)
    }

    /// Asks to be closed. Answered by [`HostEvent::CloseAccepted`] or [`HostEvent::CloseFailed`].
    pub fn close(&mut self, now: u64) -> RequestId {
        self.request(Command::Close, now)
    }

    /// Answers `refresh-links`. If no item has a link, or `links` is empty, the whole answer is an error. Does nothing
    /// if the command was answered before or its 60 seconds have passed.
    pub fn answer_refresh(&mut self, command: &HostCommandId, links: &[RefreshedLink]) {
        if !self.served.finish(command) {
            return;
        }
        if links.iter().any(|link| link.link.is_ok()) {
            return self.post(&Outgoing::Links { id: command, links });
        }
        match links.first().and_then(|link| link.link.as_ref().err()) {
            Some(LinkProblem { code, message }) => self.post(&Outgoing::Error { id: command, code, message }),
            None => self.post_error(command, "noLinks", "no links could be had"),
        }
    }

    /// Tells the host why the picker cannot work, at once or as soon as the host takes part: a stable code and a sentence
    /// for logs. The person reads it on screen.
    pub fn report_problem(&mut self, code: &str, message: &str, now: u64) {
        self.problem = Some((code.to_owned(), message.to_owned()));
        self.post_problem(now);
    }

    /// Tells the page around the picker how high it wants to be, in CSS pixels (`lti.frameResize`). For a framed picker
    /// only; repeated heights are not posted again.
    pub fn resize_frame(&mut self, height: u32) {
        if matches!(self.phase, Phase::Starting | Phase::Closed) || height == 0 || height == self.frame_height
        {
            return;
        }
        self.frame_height = height;
        let text = Outgoing::FrameResize { height }.to_json();
        self.effects.push(Effect::PostToParent { text, origin: self.messaging.origin.clone() });
    }

    /// The picker's window is going away. A pick that was posted counts as accepted: some hosts close the window
    /// before they answer (reference "File Picker v8", section 4).
    pub fn window_closing(&mut self) {
        let posted = |entry: &&Pending| {
            matches!(entry.command, Command::Pick(_))
                && matches!(entry.stage, Stage::Sent { .. } | Stage::Acknowledged { .. })
        };
        let picks: Vec<RequestId> = self.pending.iter().filter(posted).map(|entry| entry.request).collect();
        for request in picks {
            self.forget(request);
            self.deliver(HostEvent::PickAccepted { request });
        }
        self.shut();
    }

    fn request(&mut self, command: Command, now: u64) -> RequestId {
        let request = RequestId(self.requests);
        self.requests = self.requests.wrapping_add(1);
        let id = self.command_id();
        self.pending.push(Pending { request, id, command, stage: Stage::Queued });
        match self.phase {
            Phase::Active { .. } => self.post_queued(now),
            Phase::Starting | Phase::Initialized { until: Some(_) } => {}
            Phase::Initialized { until: None } => self.settle(request, CommandFailure::NotActivated),
            Phase::Closed => self.settle(request, CommandFailure::Closed),
        }
        request
    }

    /// Unique within this picker and, by the time, across its reloads.
    pub(super) fn command_id(&mut self) -> String {
        self.commands = self.commands.wrapping_add(1);
        [self.started_at.to_string(), self.commands.to_string()].join("-")
    }

    pub(super) fn post_problem(&mut self, now: u64) {
        if !self.is_active() {
            return;
        }
        if let Some((code, message)) = self.problem.take() {
            self.post(&Outgoing::Problem { timestamp: now, code: &code, message: &message });
        }
    }

    /// Posts what waited for `activate`.
    pub(super) fn post_queued(&mut self, now: u64) {
        let until = now.saturating_add(self.messaging.limits.acknowledge);
        for entry in self.pending.iter_mut().filter(|entry| entry.stage == Stage::Queued) {
            entry.stage = Stage::Sent { until };
            let id = entry.id.as_str();
            let text = match &mut entry.command {
                Command::Authenticate { ask, kind } => {
                    Outgoing::Authenticate { id, request: ask, kind: *kind }.to_json()
                }
                Command::Pick(items) => Outgoing::Pick { id, items: &std::mem::take(items) }.to_json(),
                Command::Close => Outgoing::Close { id }.to_json(),
            };
            self.effects.push(Effect::Post(text));
        }
    }

    pub(super) fn deliver(&mut self, event: HostEvent) {
        self.effects.push(Effect::Deliver(event));
    }

    /// Posts on the port, if there is still somebody at its other end.
    pub(super) fn post(&mut self, message: &Outgoing<'_>) {
        if self.is_active() {
            self.effects.push(Effect::Post(message.to_json()));
        }
    }

    pub(super) fn post_error(&mut self, id: &HostCommandId, code: &str, message: &str) {
        self.post(&Outgoing::Error { id, code, message });
    }
}
