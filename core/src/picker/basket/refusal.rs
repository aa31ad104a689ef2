//! Why something was not put into the basket.

/// Why something was not put into the basket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The basket is full; so many more did not fit.
    #[error("more than {limit} files cannot be chosen at once")]
    Full {
        /// The most files that can be chosen.
        limit: usize,
        /// How many were left out.
        left_out: usize,
    },
    /// The folder alone has more files than can be chosen; it has to be opened.
    #[error("the folder has more than {limit} files")]
    FolderTooLarge {
        /// The most files that can be chosen.
        limit: usize,
    },
    /// The folder has no file that can be imported.
    #[error("the folder has no file that can be imported")]
    NothingFits,
}

impl Refusal {}
