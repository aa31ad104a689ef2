//! Pieces of the application's state. Like signals of Leptos, for what lives as long as the page: then reading and writing
//! them takes little code for each type, and a handle to all of them is one address.

use leptos::prelude::{ArcTrigger, Notify, Track};
use send_wrapper::SendWrapper;
use std::cell::RefCell;
use std::ops::Deref;

/// Something that stays until the page is left. A copy is a handle.
pub struct Kept<T: 'static>(&'static SendWrapper<T>);

impl<T> Kept<T> {
    /// Keeps it.
    pub fn new(kept: T) -> Self {
        Self(Box::leak(Box::new(SendWrapper::new(kept))))
    }
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Kept<T> {}

impl<T> Deref for Kept<T> {
    type Target = T;

    #[inline(never)]
    fn deref(&self) -> &T {
        self.0
    }
}

/// A value that effects and views can follow.
pub struct State<T> {
    value: RefCell<T>,
    changed: ArcTrigger,
}

impl<T> State<T> {
    /// A piece with its first value.
    pub fn new(value: T) -> Self {
        Self { value: RefCell::new(value), changed: ArcTrigger::new() }
    }

    /// Takes part in every change. Reactive.
    pub fn track(&self) {
        self.changed.track();
    }

    /// Looks at the value. Reactive.
    pub fn with<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        self.track();
        self.with_untracked(look)
    }

    /// Looks at the value.
    pub fn with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(&self.value.borrow())
    }

    /// Changes the value, and tells who follows it.
    pub fn update<U>(&self, change: impl FnOnce(&mut T) -> U) -> U {
        let given = self.update_untracked(change);
        self.changed.notify();
        given
    }

    /// Changes the value and tells nobody.
    pub fn update_untracked<U>(&self, change: impl FnOnce(&mut T) -> U) -> U {
        change(&mut self.value.borrow_mut())
    }

    /// Replaces the value, and tells who follows it.
    pub fn set(&self, value: T) {
        // What is dropped may look at the state.
        let before = self.value.replace(value);
        self.changed.notify();
        drop(before);
    }
}

impl<T: Clone> State<T> {
    /// The value. Reactive.
    pub fn get(&self) -> T {
        self.with(T::clone)
    }

    /// The value.
    pub fn get_untracked(&self) -> T {
        self.with_untracked(T::clone)
    }
}
