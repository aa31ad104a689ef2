//! The ports made of browser parts.
