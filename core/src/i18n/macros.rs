//! How messages are written down: name, key, English text. The English texts of those after `@deferred` are not in the main chunk: the
//! deferred one adds them to the words.

macro_rules! messages {
    (
        $(#[$documentation:meta])* $enum:ident:
        $($name:ident $key:literal $english:literal)*
        $(@deferred $($deferred:ident $deferred_key:literal $deferred_english:literal)*)?
    ) => {
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $enum {
            $(#[doc = $english] $name,)*
            $($(#[doc = $deferred_english] $deferred,)*)?
        }

        impl $enum {
            /// All messages, in the order of the source.
            pub const ALL: &'static [Self] = &[$(Self::$name,)* $($(Self::$deferred,)*)?];

            /// The place among all of them.
            pub const fn place(self) -> usize {
                self as usize
            }

            /// The key in `locales/*.json`, from which the build makes a list in the order of the messages.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                    $($(Self::$deferred => $deferred_key,)*)?
                }
            }

            /// The built-in English text, unless it is among the deferred ones.
            pub const fn main_english(self) -> Option<&'static str> {
                match self {
                    $(Self::$name => Some($english),)*
                    $($(Self::$deferred)|* => None,)?
                }
            }

            /// The deferred English texts, which come after the others. A list that is made when it is asked for: as a constant it would
            /// be in every chunk that reads it.
            pub fn deferred_english() -> Vec<&'static str> {
                vec![$($($deferred_english,)*)?]
            }

            /// The built-in English text.
            pub fn english(self) -> &'static str {
                self.main_english().unwrap_or_else(|| {
                    let deferred = Self::deferred_english();
                    let before = Self::ALL.len() - deferred.len();
                    self.place().checked_sub(before).and_then(|at| deferred.get(at).copied()).unwrap_or_default()
                })
            }
        }
    };
}
