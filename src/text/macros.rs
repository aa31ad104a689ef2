//! How messages are written down: name, key, English text. Behind `@later` are those whose English texts a function of its own
//! has, so that they need not be loaded with the others.

macro_rules! messages {
    (
        $(#[$documentation:meta])* $enum:ident:
        $($name:ident $key:literal $english:literal)*
        $(@later $($later:ident $later_key:literal $later_english:literal)*)?
    ) => {
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $enum {
            $(#[doc = $english] $name,)*
            $($(#[doc = $later_english] $later,)*)?
        }

        impl $enum {
            /// All messages, in the order of the source.
            pub const ALL: &'static [Self] = &[$(Self::$name,)* $($(Self::$later,)*)?];

            /// The place among all of them.
            pub const fn place(self) -> usize {
                self as usize
            }

            /// The key in `locales/*.json`, from which the build makes a list in the order of the messages.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                    $($(Self::$later => $later_key,)*)?
                }
            }

            /// The built-in English text.
            pub const fn english(self) -> &'static str {
                match self {
                    $(Self::$name => $english,)*
                    $($(Self::$later)|* => self.later_english(),)?
                }
            }

            $(
                #[inline(never)]
                const fn later_english(self) -> &'static str {
                    match self {
                        $(Self::$later => $later_english,)*
                        _ => "",
                    }
                }
            )?
        }
    };
}
