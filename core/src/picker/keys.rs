//! The keyboard of the listing: WAI-ARIA Authoring Practices, "Grid pattern", with rows (or tiles) as the
//! units that take focus and one tab stop in all.
//!
//! | key | what it does |
//! | --- | --- |
//! | arrows, Home, End, Page Up, Page Down | move; with Shift choose along the way |
//! | Ctrl+Home, Ctrl+End (⌘) | first and last row, in tiles too |
//! | Space, Ctrl+Space | choose or un-choose; Shift+Space from the last choice to here |
//! | Enter | open |
//! | Backspace, Alt+↑ (⌘↑) | parent folder |
//! | Ctrl+A (⌘A) | choose all |
//! | `/`, Ctrl+F (⌘F) | search |
//! | `?` | the list of keys |
//! | Escape | leave what is open |
//! | any letter | go to the next name that starts so; a space too, if a name goes on with one |

use super::window::Layout;

/// A key press as `KeyboardEvent` tells it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Press<'a> {
    /// `KeyboardEvent.key`: `"ArrowDown"`, `"a"`.
    pub key: &'a str,
    /// `KeyboardEvent.code`: `"KeyA"`, the same on a Hebrew keyboard.
    pub code: &'a str,
    /// Control, or Command on a Mac.
    pub control: bool,
    /// Shift.
    pub shift: bool,
    /// Alt, or Option on a Mac.
    pub alt: bool,
}

/// How the listing lies while the key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bearings {
    /// Tiles beside each other instead of a list.
    pub tiles: bool,
    /// Right-to-left: the left arrow goes on.
    pub rtl: bool,
    /// A name is being typed: a space belongs to it.
    pub typing: bool,
}

/// What a key press asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Move the focus.
    Move(Motion),
    /// Move the focus and choose everything from the anchor to it.
    Extend(Motion),
    /// Open the focused row: go into the folder, show the file.
    Open,
    /// Go to the parent folder.
    Parent,
    /// Choose the focused row or take it back.
    Toggle,
    /// Choose everything from the anchor to the focused row.
    ToggleRange,
    /// Choose everything that can be chosen.
    SelectAll,
    /// Put the cursor into the search field.
    Search,
    /// Show the list of keys.
    Help,
    /// Close what is open above the listing.
    Dismiss,
    /// Go to a name that starts with what is typed.
    Type(char),
}

/// Where the focus goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// One line up.
    Up,
    /// One line down.
    Down,
    /// One tile back in reading order.
    Back,
    /// One tile on in reading order.
    On,
    /// A screenful up.
    PageUp,
    /// A screenful down.
    PageDown,
    /// The first tile of the line.
    LineStart,
    /// The last tile of the line.
    LineEnd,
    /// The first row of all.
    First,
    /// The last row of all.
    Last,
}

/// What a key press means in the listing; `None` leaves it to the browser.
pub fn command(press: Press<'_>, bearings: Bearings) -> Option<Command> {
    let Press { key, code, control, shift, alt } = press;
    match key {
        "ArrowUp" if alt || control && !shift => return Some(Command::Parent),
        "ArrowDown" if alt => return Some(Command::Open),
        "Backspace" if !control && !alt => return Some(Command::Parent),
        "Enter" if !control && !alt && !shift => return Some(Command::Open),
        "Escape" => return Some(Command::Dismiss),
        _ => {}
    }
    if alt && !control {
        return None;
    }
    if let Some(motion) = motion(key, control, bearings) {
        return Some(if shift { Command::Extend(motion) } else { Command::Move(motion) });
    }
    if key == " " {
        return match (shift, bearings.typing && !control) {
            (true, _) => Some(Command::ToggleRange),
            (false, true) => Some(Command::Type(' ')),
            (false, false) => Some(Command::Toggle),
        };
    }
    if control && !alt {
        return match code {
            "KeyA" if !shift => Some(Command::SelectAll),
            "KeyF" if !shift => Some(Command::Search),
            _ => None,
        };
    }
    let mut characters = key.chars();
    match (characters.next(), characters.next()) {
        (Some('/'), None) => Some(Command::Search),
        (Some('?' | '؟' | '？'), None) => Some(Command::Help),
        (Some(typed), None) if !typed.is_control() => Some(Command::Type(typed)),
        _ => None,
    }
}

fn motion(key: &str, control: bool, bearings: Bearings) -> Option<Motion> {
    let (back, on) = if bearings.rtl { ("ArrowRight", "ArrowLeft") } else { ("ArrowLeft", "ArrowRight") };
    Some(match key {
        "ArrowUp" => Motion::Up,
        "ArrowDown" => Motion::Down,
        "PageUp" => Motion::PageUp,
        "PageDown" => Motion::PageDown,
        "Home" if bearings.tiles && !control => Motion::LineStart,
        "End" if bearings.tiles && !control => Motion::LineEnd,
        "Home" => Motion::First,
        "End" => Motion::Last,
        _ if bearings.tiles && key == back => Motion::Back,
        _ if bearings.tiles && key == on => Motion::On,
        _ => return None,
    })
}

/// The row that a motion leads to from `current`; the same row at an edge. `page` is the number of lines in
/// sight ([`Layout::page`]).
pub fn target(motion: Motion, current: usize, layout: &Layout, page: usize) -> usize {
    let last = layout.len().saturating_sub(1);
    let current = current.min(last);
    let (line, column) = (layout.line_of(current), layout.column_of(current));
    let lines = layout.lines();
    let to_line = |line: usize| layout.row_at(line, column);
    match motion {
        Motion::Up if line == 0 => current,
        Motion::Down if line + 1 >= lines => current,
        Motion::Up => to_line(line - 1),
        Motion::Down => to_line(line + 1),
        Motion::Back => current.saturating_sub(1),
        Motion::On => (current + 1).min(last),
        Motion::PageUp => to_line(line.saturating_sub(page)),
        Motion::PageDown => to_line((line + page).min(lines.saturating_sub(1))),
        Motion::LineStart => layout.row_at(line, 0),
        Motion::LineEnd => layout.row_at(line, usize::MAX),
        Motion::First => 0,
        Motion::Last => last,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIST: Bearings = Bearings { tiles: false, rtl: false, typing: false };
    const TILES: Bearings = Bearings { tiles: true, ..LIST };

    fn press(text: &'static str) -> Press<'static> {
        let mut press = Press::default();
        for part in text.split('+') {
            match part {
                "Ctrl" => press.control = true,
                "Shift" => press.shift = true,
                "Alt" => press.alt = true,
                "Space" => press.key = " ",
                key => press.key = key,
            }
        }
        press.code = match press.key {
            "a" | "ש" => "KeyA",
            "f" => "KeyF",
            _ => "",
        };
        press
    }

    #[test]
    fn knows_the_keys_of_a_grid() {
        for (text, expected) in [
            ("ArrowDown", Some(Command::Move(Motion::Down))),
            ("Shift+ArrowDown", Some(Command::Extend(Motion::Down))),
            ("Home", Some(Command::Move(Motion::First))),
            ("Shift+End", Some(Command::Extend(Motion::Last))),
            ("Ctrl+Shift+End", Some(Command::Extend(Motion::Last))),
            ("PageDown", Some(Command::Move(Motion::PageDown))),
            ("ArrowLeft", None),
            ("Space", Some(Command::Toggle)),
            ("Ctrl+Space", Some(Command::Toggle)),
            ("Shift+Space", Some(Command::ToggleRange)),
            ("Enter", Some(Command::Open)),
            ("Backspace", Some(Command::Parent)),
            ("Alt+ArrowUp", Some(Command::Parent)),
            ("Ctrl+ArrowUp", Some(Command::Parent)),
            ("Alt+ArrowLeft", None),
            ("Ctrl+a", Some(Command::SelectAll)),
            ("Ctrl+ש", Some(Command::SelectAll)),
            ("Ctrl+c", None),
            ("Ctrl+r", None),
            ("/", Some(Command::Search)),
            ("Ctrl+f", Some(Command::Search)),
            ("Shift+?", Some(Command::Help)),
            ("Escape", Some(Command::Dismiss)),
            ("a", Some(Command::Type('a'))),
            ("Shift+A", Some(Command::Type('A'))),
            ("ש", Some(Command::Type('ש'))),
            ("Ctrl+Alt+@", Some(Command::Type('@'))),
            ("Alt+x", None),
            ("Tab", None),
            ("F5", None),
            ("Process", None),
            ("Dead", None),
            ("", None),
        ] {
            assert_eq!(command(press(text), LIST), expected, "{text}");
        }
    }

    #[test]
    fn mirrors_the_arrows_of_tiles_from_right_to_left() {
        let rtl = Bearings { rtl: true, ..TILES };
        assert_eq!(command(press("ArrowRight"), TILES), Some(Command::Move(Motion::On)));
        assert_eq!(command(press("ArrowRight"), rtl), Some(Command::Move(Motion::Back)));
        assert_eq!(command(press("ArrowLeft"), rtl), Some(Command::Move(Motion::On)));
        assert_eq!(command(press("Home"), TILES), Some(Command::Move(Motion::LineStart)));
        assert_eq!(command(press("Ctrl+Home"), TILES), Some(Command::Move(Motion::First)));
    }

    #[test]
    fn a_space_belongs_to_a_name_being_typed() {
        let typing = Bearings { typing: true, ..LIST };
        assert_eq!(command(press("Space"), typing), Some(Command::Type(' ')));
        assert_eq!(command(press("Ctrl+Space"), typing), Some(Command::Toggle));
    }

    #[test]
    fn moves_between_folder_tiles_and_file_tiles() {
        let layout = Layout::tiles(4, 60, 7, 170, 3);
        for (motion, from, to) in [
            (Motion::Down, 0, 3),
            (Motion::Down, 2, 3),
            (Motion::Down, 3, 4),
            (Motion::Up, 4, 3),
            (Motion::Up, 6, 3),
            (Motion::On, 3, 4),
            (Motion::Back, 0, 0),
            (Motion::Down, 10, 10),
            (Motion::LineEnd, 4, 6),
            (Motion::LineStart, 6, 4),
            (Motion::PageDown, 1, 10),
            (Motion::PageUp, 10, 0),
            (Motion::Last, 0, 10),
        ] {
            assert_eq!(target(motion, from, &layout, 9), to, "{motion:?} from {from}");
        }
    }

    fn motions() -> impl Strategy<Value = Motion> {
        use Motion::{Back, Down, First, Last, LineEnd, LineStart, On, PageDown, PageUp, Up};
        prop::sample::select(vec![Up, Down, Back, On, PageUp, PageDown, LineStart, LineEnd, First, Last])
    }

    proptest! {
        #[test]
        fn never_leaves_the_listing(motion in motions(), from in 0usize..100, folders in 0usize..10, others in 0usize..60, columns in 1usize..6, page in 1usize..20) {
            let layout = Layout::tiles(folders, 60, others, 170, columns);
            let row = target(motion, from, &layout, page);
            prop_assert!(row == 0 || row < layout.len());
        }

        #[test]
        fn understands_any_key(key in any::<String>(), control in any::<bool>(), shift in any::<bool>(), alt in any::<bool>()) {
            let _ = command(Press { key: &key, code: "", control, shift, alt }, LIST);
        }
    }
}
