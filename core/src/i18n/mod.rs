//! Every word shown to a person, per locale.
//!
//! English is built in. Of the other locales only the one in use is downloaded, as a list that the build makes of the flat JSON
//! object in `locales/`; a message that it lacks is shown in English. Texts hold `{name}` places and, where a count decides the
//! form, the plural argument of ICU MessageFormat: `{count, plural, one {Import # file} other {Import # files}}`.

#[macro_use]
mod macros;

mod import_error;
mod locale;
#[cfg(test)]
mod locales_tests;
mod message;
mod setup_message;
mod words;

pub use import_error::import_error;
pub use locale::Locale;
pub use message::Message;
pub use setup_message::SetupMessage;
pub use words::Words;
