//! The state machine, played by hand.

mod host_commands;
mod life;
mod requests;

use super::CommandFailure;
use super::stage::Scene;
use crate::host::message::HostError;

fn refusal(code: &str, message: &str) -> CommandFailure {
    CommandFailure::Refused(HostError { code: code.into(), message: message.into() })
}

/// The names of the commands posted.
fn commands(scene: &Scene) -> Vec<&str> {
    scene.posts.iter().filter_map(|post| post["data"]["command"].as_str()).collect()
}
