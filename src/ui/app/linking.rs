//! Opening what is behind a pasted link.

use super::App;
use super::loading::Task;
use crate::ui::banner::Notice;
use crate::ui::empty::Tone;
use crate::ui::link_dialog::LinkState;
use onedrive_picker_core::graph::{DriveType, FolderRef, GraphError, Item, PastedLink};
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::place::{Crumb, Location, Place};

impl App {
    /// Asks for a link.
    pub fn ask_for_link(self) {
        self.link.set(LinkState::Asking);
    }

    /// Closes the dialog, and gives up looking.
    pub fn close_link(self) {
        if let Some(services) = self.services() {
            *services.loads.link.borrow_mut() = None;
        }
        self.link.set(LinkState::Closed);
        self.keep_focus();
    }

    /// Looks for what is behind a link.
    pub fn open_link(self, text: &str) {
        let Some(services) = self.services() else { return };
        let Some(link) = PastedLink::parse(text) else {
            return self.link.set(LinkState::Failed(self.speech.say(Message::LinkNone)));
        };
        self.link.set(LinkState::Looking);
        let task = Task::spawn(async move {
            match self.find_by_link(&link).await {
                Ok((item, place)) => self.follow_link(item, place),
                Err(error) => self.link.set(LinkState::Failed(self.link_trouble(&error))),
            }
        });
        services.loads.ahead.borrow_mut().interrupt();
        *services.loads.link.borrow_mut() = Some(task);
    }

    async fn find_by_link(self, link: &PastedLink) -> Result<(Item, Place), GraphError> {
        let services = self.services().ok_or(GraphError::SignedOut)?;
        let own = self.own_drive().await?;
        let item = services.graph.item_by_link(link, &own).await?;
        let drive_type = item.parent.as_ref().map_or(DriveType::Unknown, |parent| parent.drive_type);
        let place = match drive_type {
            _ if item.file.drive == own.id => Place::MyFiles,
            DriveType::DocumentLibrary => Place::Sites,
            DriveType::Personal | DriveType::Business | DriveType::Unknown => Place::Shared,
        };
        Ok((item, place))
    }

    /// A folder opens; a file is chosen, or the dialog says why it cannot be.
    fn follow_link(self, item: Item, place: Place) {
        let name = item.name.to_string();
        if item.is_folder() {
            self.link.set(LinkState::Closed);
            self.search_text.set(String::new());
            let crumb = Crumb { folder: FolderRef::Folder(item.file), name: item.name };
            self.travel(|location| {
                *location = Location::new(place);
                location.open(crumb);
            });
            self.keep_focus();
            return;
        }
        if let Some(reason) = crate::ui::words::reason(self.speech, self.judge(&item)) {
            return self.link.set(LinkState::Failed([&name, ": ", &reason].concat()));
        }
        self.link.set(LinkState::Closed);
        self.keep_focus();
        let refused = self.choose_one(item);
        if let Some(refused) = refused {
            return self.refuse(refused);
        }
        let text = self.speech.fill(Message::LinkAdded, &[("name", &name)]);
        self.notice.set(Some(Notice::new(Tone::Calm, text).about_choice()));
    }

    fn link_trouble(self, error: &GraphError) -> String {
        match error {
            GraphError::Forbidden(_) | GraphError::NotSupported(_) => self.speech.say(Message::LinkForbidden),
            GraphError::NotFound(_) => self.speech.say(Message::LinkGone),
            error => {
                let look = crate::ui::troubles::look(error);
                [self.speech.say(look.title), String::from(". "), self.speech.say(look.text)].concat()
            }
        }
    }
}
