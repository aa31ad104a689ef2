//! PHP on the command line, for the tests of the server-side import sample.

use super::apt;
use crate::command::on_path;
use crate::failure::Outcome;

/// Makes sure of `php`; Debian's and Ubuntu's package will do.
///
/// Fails if it is missing and apt cannot install it.
pub(super) fn prepare() -> Outcome {
    if on_path("php").is_none() {
        apt::install(&["php-cli"], "about a minute")?;
    }
    Ok(())
}
