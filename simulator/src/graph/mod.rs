//! Microsoft Graph v1.0 as far as a picker of files meets it, as strict as documented (microsoft-graph.md).

mod answer;
mod batch;
mod bearer;
mod call;
mod children;
mod dispatch;
mod drives;
mod error;
mod item_search;
mod kql;
mod locate;
mod options;
mod person;
mod properties;
mod query_hits;
mod query_search;
mod represent;
mod select;
mod server;
mod shares;
mod sites;
#[cfg(test)]
mod tests;
mod thumbnails;

pub use server::router;
