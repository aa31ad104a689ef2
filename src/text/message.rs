//! The messages, each with its key in `locales/*.json` and its English text.

macro_rules! messages {
    ($($name:ident $key:literal $english:literal)*) => {
        /// One text of the picker. The documentation of each is its English text.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Message {
            $(#[doc = $english] $name,)*
        }

        impl Message {
            /// All messages, in the order of the source.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The key in a locale's JSON.
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

messages! {
    // Frame
    Title "title" "Import from OneDrive"
    Places "places" "Places"
    MyFiles "my_files" "My files"
    Recent "recent" "Recent"
    Shared "shared" "Shared"
    Sites "sites" "Sites"
    Breadcrumb "breadcrumb" "Breadcrumb"
    Search "search" "Search"
    ClearSearch "clear_search" "Clear search"
    SortBy "sort_by" "Sort by"
    View "view" "View"
    ViewList "view_list" "List"
    ViewTiles "view_tiles" "Tiles"
    Back "back" "Back"
    Cancel "cancel" "Cancel"
    Close "close" "Close"
    Done "done" "Done"
    TryAgain "try_again" "Try again"
    CopyDetails "copy_details" "Copy details"
    DetailsCopied "details_copied" "Details copied"
    Loading "loading" "Loading…"
    // Columns
    ColumnName "column_name" "Name"
    ColumnModified "column_modified" "Modified"
    ColumnLength "column_length" "Length"
    ColumnSize "column_size" "Size"
    ColumnKind "column_kind" "Type"
    OrderGiven "order_given" "Best match"
    SelectAll "select_all" "Select all"
    // Rows
    Folder "folder" "Folder"
    FolderItems "folder_items" "{count, plural, one {# item} other {# items}}"
    KindVideo "kind_video" "Video"
    KindAudio "kind_audio" "Audio"
    KindImage "kind_image" "Image"
    KindDocument "kind_document" "Document"
    KindOther "kind_other" "File"
    KindAll "kind_all" "All kinds"
    FilterKind "filter_kind" "Show"
    CannotKind "cannot_kind" "{kind} can’t be imported here"
    CannotTooLarge "cannot_too_large" "Larger than {size}, the limit here"
    CannotEmpty "cannot_empty" "This file is empty"
    CannotMalware "cannot_malware" "Microsoft found malware in this file"
    CannotPackage "cannot_package" "Notebooks can’t be imported here"
    CannotPending "cannot_pending" "Still being uploaded"
    CannotDeleted "cannot_deleted" "This file was deleted"
    CannotUnknown "cannot_unknown" "This item can’t be imported"
    CannotFolder "cannot_folder" "Folders can’t be chosen here"
    // Tray
    ChooseFiles "choose_files" "Choose files to import"
    FilesChosen "files_chosen" "{count, plural, one {# file} other {# files}}"
    Import "import" "Import"
    ImportFiles "import_files" "{count, plural, one {Import # file} other {Import # files}}"
    SelectFiles "select_files" "{count, plural, one {Select # file} other {Select # files}}"
    Remove "remove" "Remove {name}"
    RemoveFromChoice "remove_from_choice" "Remove from choice"
    AddToChoice "add_to_choice" "Add to choice"
    ClearChoice "clear_choice" "Clear the choice"
    MoreChips "more_chips" "+{count}"
    LimitItems "limit_items" "{count, plural, one {Only # file can be imported at a time} other {Only # files can be imported at a time}}"
    Counting "counting" "Counting…"
    CountingSoFar "counting_so_far" "{count, plural, one {Counting… # file so far} other {Counting… # files so far}}"
    FolderTooMany "folder_too_many" "{count, plural, one {Over # file. Open it to choose} other {Over # files. Open it to choose}}"
    // Sign-in
    SignInTitle "sign_in_title" "Choose files from your OneDrive"
    SignIn "sign_in" "Sign in with Microsoft"
    SignInShort "sign_in_short" "Sign in"
    PromiseWindow "promise_window" "A Microsoft window opens"
    PromiseWindowText "promise_window_text" "Sign in there with your university account."
    PromiseChoose "promise_choose" "You choose files here"
    PromiseChooseText "promise_choose_text" "Videos, audio and images from OneDrive and SharePoint."
    PromiseRead "promise_read" "Your files stay as they are"
    PromiseReadText "promise_read_text" "This page only reads. It cannot change or delete anything."
    WaitingTitle "waiting_title" "Finish signing in in the other window"
    WaitingText "waiting_text" "Waiting for Microsoft. This page goes on by itself as soon as Microsoft answers."
    ShowWindow "show_window" "Show the window"
    OpenWindowAgain "open_window_again" "Open the window again"
    NoWindow "no_window" "No window?"
    NoWindowText "no_window_text" "Your browser may have blocked it. Allow pop-ups for {site}, then start again."
    BlockedTitle "blocked_title" "The sign-in window was blocked"
    BlockedText "blocked_text" "Your browser did not let the Microsoft window open. Allow pop-ups for {site}, then open it again."
    StuckTitle "stuck_title" "Stuck at Microsoft’s page?"
    StuckText "stuck_text" "Type the code that it shows, such as AADSTS50011, to see what to do."
    StuckCode "stuck_code" "Code"
    Checking "checking" "Checking your sign-in…"
    Account "account" "Account: {name}"
    UseAnotherAccount "use_another_account" "Use another account"
    SignOut "sign_out" "Sign out"
    SignedOut "signed_out" "You are signed out"
    SessionEnded "session_ended" "Your sign-in has ended. Your choice is kept."
    ContinueInWindow "continue_in_window" "Continue in a new window"
    ContinueInWindowText "continue_in_window_text" "This page is inside another site, and your browser keeps them apart. The picker goes on in a window of its own."
    CopyConsentLink "copy_consent_link" "Copy the link for your administrator"
    LinkCopied "link_copied" "Link copied"
    // States of the listing
    EmptyFolder "empty_folder" "This folder is empty"
    EmptyFolderText "empty_folder_text" "Files that you add in OneDrive appear here."
    EmptyPlace "empty_place" "Nothing here yet"
    GoUp "go_up" "Go up one folder"
    NothingFound "nothing_found" "Nothing found for “{query}”"
    NothingFoundText "nothing_found_text" "Check the spelling, or search in all your files."
    SearchEverywhere "search_everywhere" "Search everywhere"
    NoneOfKind "none_of_kind" "Nothing of this kind here"
    NoneOfKindText "none_of_kind_text" "Other files in this folder are not shown."
    ShowAll "show_all" "Show all"
    NoPermission "no_permission" "You can’t open this folder"
    NoPermissionText "no_permission_text" "Its owner has to share it with you first."
    GoBack "go_back" "Go back"
    NotFound "not_found" "This folder is gone"
    NotFoundText "not_found_text" "It was moved, renamed or deleted. Your choice is kept."
    GoToMyFiles "go_to_my_files" "Go to My files"
    Busy "busy" "Microsoft is busy"
    BusyText "busy_text" "Trying again in {seconds} s. Your choice is kept."
    TryNow "try_now" "Try now"
    Offline "offline" "No connection"
    OfflineText "offline_text" "We go on as soon as you are back online. Your choice is kept."
    Unreachable "unreachable" "Microsoft can’t be reached"
    UnreachableText "unreachable_text" "A firewall or a browser extension may be in the way. Your choice is kept."
    ServerFault "server_fault" "Microsoft could not answer"
    ServerFaultText "server_fault_text" "That is a fault on Microsoft’s side. Your choice is kept."
    Garbled "garbled" "Microsoft’s answer could not be read"
    GarbledText "garbled_text" "It was cut off or changed on the way. Your choice is kept."
    NotProvisioned "not_provisioned" "This account has no OneDrive yet"
    NotProvisionedText "not_provisioned_text" "Open OneDrive once at Microsoft 365, or use another account."
    NoLicence "no_licence" "Your organization has no OneDrive"
    NoLicenceText "no_licence_text" "Ask your administrator for a licence, or use another account."
    MoreFailed "more_failed" "Not all files could be loaded."
    IncompletePlace "incomplete_place" "This list can be incomplete: Microsoft does not tell everything."
    SitesHint "sites_hint" "Type the name of a site or library to find it."
    NotForPersonal "not_for_personal" "Personal accounts have no SharePoint sites."
    // Settings and refusals
    WrongSetting "wrong_setting" "The picker is not set up correctly"
    WrongSettingText "wrong_setting_text" "{key} is wrong: {problem}. An administrator can mend this in the OneDrive module."
    MissingSettingText "missing_setting_text" "{key} is missing. An administrator can mend this in the OneDrive module."
    NoSettings "no_settings" "The settings could not be loaded."
    OpenSetup "open_setup" "Open set-up"
    ModuleOff "module_off" "OneDrive import is switched off"
    ModuleOffText "module_off_text" "An administrator can switch it on in the OneDrive module."
    RoleTooLow "role_too_low" "You can’t import files on this site"
    RoleTooLowText "role_too_low_text" "Importing needs the role {needed} or higher. Ask an administrator of this site."
    WrongHost "wrong_host" "This page may not open the picker"
    WrongHostText "wrong_host_text" "{origin} is not among the allowed sites (hostOrigins). An administrator can add it in the OneDrive module."
    WrongOptions "wrong_options" "The page that opened the picker made a mistake"
    WrongOptionsText "wrong_options_text" "Its options could not be read ({problem}). Tell the people who run that page."
    // Hand-over
    Confirming "confirming" "Getting the files ready…"
    HostSilent "host_silent" "The page that opened the picker did not answer"
    HostSilentText "host_silent_text" "It may have been closed. Your choice is kept."
    HostRefused "host_refused" "The page could not take these files. Your choice is kept."
    NothingUsable "nothing_usable" "None of the files can be imported"
    SomeDropped "some_dropped" "{count, plural, one {# file was left out} other {# files were left out}}"
    ProblemGone "problem_gone" "The file was moved, renamed or deleted"
    ProblemForbidden "problem_forbidden" "You may no longer read this file"
    ProblemChanged "problem_changed" "The file has changed since you chose it"
    ProblemTooLarge "problem_too_large" "The file is too large"
    ProblemMalware "problem_malware" "Microsoft found malware in this file"
    ProblemBusy "problem_busy" "Microsoft was too busy to give a link"
    ProblemNoLink "problem_no_link" "Microsoft gave no link for this file"
    Importing "importing" "{count, plural, one {Importing # file} other {Importing # files}}"
    ImportFinished "import_finished" "Import finished"
    ImportSummary "import_summary" "{ready} ready, {failed} failed, {left} to go"
    AllFiles "all_files" "All files"
    FilesBeingImported "files_being_imported" "Files being imported"
    Waiting "waiting" "Waiting"
    Ready "ready" "Ready"
    Failed "failed" "Failed"
    Percent "percent" "{count} %"
    YouCanClose "you_can_close" "You can close this window. The import goes on, and the files appear in your media."
    ChooseMore "choose_more" "Choose more"
    Handed "handed" "The files were handed over"
    // Announcements
    NowShowing "now_showing" "{count, plural, one {{place}, # item} other {{place}, # items}}"
    NowShowingMore "now_showing_more" "{count, plural, one {{place}, # item so far} other {{place}, # items so far}}"
    ChoiceNow "choice_now" "{count, plural, =0 {Nothing chosen} one {# file chosen} other {# files chosen}}"
    SortedBy "sorted_by" "Sorted by {column}"
    // Preview
    Preview "preview" "Preview"
    FactKind "fact_kind" "Kind"
    FactLength "fact_length" "Length"
    FactSize "fact_size" "Size"
    FactModified "fact_modified" "Modified"
    FactWhere "fact_where" "Where"
    ModifiedBy "modified_by" "{date} by {name}"
    NoPreview "no_preview" "No preview for this file"
    // Keys
    KeysTitle "keys_title" "Keyboard"
    KeysMove "keys_move" "Move"
    KeysOpen "keys_open" "Open a folder"
    KeysChoose "keys_choose" "Choose or leave out"
    KeysRange "keys_range" "Choose a range"
    KeysAll "keys_all" "Choose all"
    KeysUp "keys_up" "Up one folder"
    KeysSearch "keys_search" "Search"
    KeysHelp "keys_help" "This list"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_each_message_a_key_of_its_own() {
        let mut keys: Vec<_> = Message::ALL.iter().map(|message| message.key()).collect();
        keys.sort_unstable();
        let count = keys.len();
        keys.dedup();
        assert_eq!(keys.len(), count);
    }
}
