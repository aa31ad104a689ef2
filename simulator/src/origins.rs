//! Where each party of the play lives.

/// The origins of the parties, each like `http://127.0.0.1:4182`, without a trailing slash.
///
/// `localhost` and `127.0.0.1` are different sites to a browser, so that MediaSpace and everybody else meet as
/// strangers do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origins {
    /// The MediaSpace site, which also serves the picker and the host kit.
    pub mediaspace: String,
    /// Microsoft sign-in (`login.microsoftonline.com`).
    pub identity: String,
    /// Microsoft Graph; its base address is this with `/v1.0`.
    pub graph: String,
    /// SharePoint's host of pre-authenticated links and thumbnails.
    pub downloads: String,
    /// Kaltura's API (`www.kaltura.com`).
    pub kaltura: String,
    /// The learning management system that frames MediaSpace.
    pub lms: String,
}

impl Origins {
    /// The base address of Microsoft Graph, version included.
    pub fn graph_base(&self) -> String {
        format!("{}/v1.0", self.graph)
    }
}
