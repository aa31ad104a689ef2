//! Why the last sign-in did not work, in words, with what to do.
