//! How messages are written down: name, key, English text.

macro_rules! messages {
    ($(#[$documentation:meta])* $enum:ident: $($name:ident $key:literal $english:literal)*) => {
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $enum {
            $(#[doc = $english] $name,)*
        }

        impl $enum {
            /// All messages, in the order of the source.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The place among all of them.
            pub const fn place(self) -> usize {
                self as usize
            }

            /// The key in `locales/*.json`, from which the build makes a list in the order of the messages.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// The built-in English text.
            pub const fn english(self) -> &'static str {
                match self { $(Self::$name => $english,)* }
            }
        }
    };
}
