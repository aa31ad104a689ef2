//! The learning management system: a course page that frames MediaSpace, as KAF does.

mod router;

pub(crate) use router::router;
