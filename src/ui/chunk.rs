//! The chunks of the program that come after the main one, and the calls that wait for them.
//!
//! The main chunk shows the first rows. Two more chunks hold all else: `sign_in`, and `later`. Each has one split function, which takes
//! a value that says what is to be done ([`Later`](super::later::Later), [`SignInStep`](super::sign_in_step::SignInStep)); all code that only
//! this function reaches is in its chunk. A call is carried out at once where the chunk is there; else the chunk is fetched, and what was called
//! meanwhile is carried out in order. `src/main.rs` has the split functions.

use super::app::App;
use futures_util::future::LocalBoxFuture;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use leptos::prelude::*;

/// How the code of a chunk is reached.
pub struct Chunk<Call: 'static> {
    /// Fetches it, unless it is there. False if it cannot be had now.
    pub load: fn() -> LocalBoxFuture<'static, bool>,
    /// Carries out a call. Only once the chunk is there.
    pub run: fn(App, Call),
}

impl<Call> Clone for Chunk<Call> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Call> Copy for Chunk<Call> {}

/// How the code of all chunks is reached.
#[derive(Clone, Copy)]
pub struct Chunks {
    /// What the first rows do not need.
    pub later: Chunk<super::later::Later>,
    /// What only the picker's own sign-in needs.
    pub sign_in: Chunk<super::sign_in_step::SignInStep>,
}

/// How far a chunk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChunkState {
    /// Nobody has asked for it.
    Absent,
    /// It is being fetched.
    Loading,
    /// It could not be had.
    Failed,
    /// Its code can be run.
    Loaded,
}

/// A call that waits for its chunk.
struct Waiting<Call> {
    call: Call,
    /// The reactive owner of whoever called, which is that of what the call makes.
    owner: Option<Owner>,
    /// Turns false when that owner ends: then nobody wants the call any more.
    wanted: Rc<Cell<bool>>,
}

/// A chunk, and the calls that wait for it.
pub struct Calls<Call: 'static> {
    chunk: Chunk<Call>,
    state: Cell<ChunkState>,
    waiting: RefCell<VecDeque<Waiting<Call>>>,
    /// Whether the user waits for one of them.
    awaited: Cell<bool>,
}

impl<Call> Calls<Call> {
    /// No calls yet.
    pub fn new(chunk: Chunk<Call>) -> Self {
        Self {
            chunk,
            state: Cell::new(ChunkState::Absent),
            waiting: RefCell::default(),
            awaited: Cell::new(false),
        }
    }

    /// Notes that the user waits for what was called.
    pub fn is_awaited_now(&self) {
        self.awaited.set(true);
    }

    /// Whether the user waits for a chunk that is on its way.
    pub fn is_awaited(&self) -> bool {
        self.awaited.get() && self.state.get() == ChunkState::Loading
    }

    /// How far the chunk is.
    pub fn state(&self) -> ChunkState {
        self.state.get()
    }

    /// Whether a call could not be carried out for want of the chunk.
    pub fn has_failed(&self) -> bool {
        self.state.get() == ChunkState::Failed && self.waiting.borrow().iter().any(|one| one.wanted.get())
    }

    /// Carries out a call if the chunk is there, or else keeps it until then. Whether it was kept.
    pub fn call(&self, app: App, call: Call) -> bool {
        if self.state.get() == ChunkState::Loaded && self.waiting.borrow().is_empty() {
            (self.chunk.run)(app, call);
            return false;
        }
        let owner = Owner::current();
        let wanted = Rc::new(Cell::new(true));
        if owner.is_some() {
            let wanted = send_wrapper::SendWrapper::new(Rc::clone(&wanted));
            on_cleanup(move || wanted.set(false));
        }
        self.waiting.borrow_mut().push_back(Waiting { call, owner, wanted });
        true
    }

    /// Fetches the chunk unless that has been done or is under way, then carries out what waits. Whether the chunk is there.
    pub async fn load(&self, app: App) -> bool {
        match self.state.get() {
            ChunkState::Loading => return false,
            ChunkState::Loaded => return true,
            ChunkState::Absent | ChunkState::Failed => self.state.set(ChunkState::Loading),
        }
        let loaded = (self.chunk.load)().await;
        self.awaited.set(false);
        if loaded {
            self.state.set(ChunkState::Loaded);
            // What is carried out may call in turn: that comes behind what has waited longer.
            loop {
                let Some(next) = self.waiting.borrow_mut().pop_front() else { break };
                if next.wanted.get() {
                    match next.owner {
                        Some(owner) => owner.with(|| (self.chunk.run)(app, next.call)),
                        None => (self.chunk.run)(app, next.call),
                    }
                }
            }
        } else {
            self.state.set(ChunkState::Failed);
        }
        loaded
    }
}
