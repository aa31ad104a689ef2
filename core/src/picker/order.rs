//! Which row comes first: columns, directions and the comparison of two rows.

use std::cmp::Ordering;

use super::natural::NaturalKey;
use crate::graph::Item;

/// A column that sorts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The name, numbers in it by their value.
    Name,
    /// When it was last changed.
    Modified,
    /// The size in bytes; folders by their number of children.
    Size,
    /// The kind of file, then the extension.
    Type,
    /// The length of a recording.
    Duration,
}

/// A direction, as `aria-sort` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Smallest, oldest, A first.
    Ascending,
    /// Largest, newest, Z first.
    Descending,
}

impl Direction {
    /// The value of `aria-sort`.
    pub fn aria(self) -> &'static str {
        match self {
            Self::Ascending => "ascending",
            Self::Descending => "descending",
        }
    }

    /// The other one.
    #[must_use]
    pub(crate) fn reversed(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}

/// How the rows of a listing are ordered. Folders always come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As Microsoft sent them: nothing moves while pages arrive, and search hits keep their rank.
    #[default]
    Given,
    /// By a column. Rows that lack the value come last in both directions.
    By(Column, Direction),
}

impl Order {
    /// The order after a press on a column's head: ascending names and types, but the newest, largest and
    /// longest first; a second press turns it round.
    #[must_use]
    pub fn pressed(self, column: Column) -> Self {
        match self {
            Self::By(current, direction) if current == column => Self::By(column, direction.reversed()),
            Self::Given | Self::By(..) => Self::By(column, Self::first_direction(column)),
        }
    }

    /// The direction in which a column sorts first.
    pub(crate) fn first_direction(column: Column) -> Direction {
        match column {
            Column::Name | Column::Type => Direction::Ascending,
            Column::Modified | Column::Size | Column::Duration => Direction::Descending,
        }
    }
}

/// What sorting needs to know of a row, made once when it arrives.
#[derive(Clone, Debug)]
pub(crate) struct SortKey {
    folder: bool,
    name: NaturalKey,
    kind: Box<str>,
    modified: Option<u64>,
    size: Option<u64>,
    duration: Option<u64>,
}

impl SortKey {
    /// The key of an item.
    pub(crate) fn of(item: &Item) -> Self {
        Self {
            folder: item.is_folder(),
            name: NaturalKey::new(&item.name),
            kind: kind_word(item),
            modified: item.modified,
            size: item.size,
            duration: item.duration,
        }
    }

    /// Compares two rows of a listing whose folders come first. `names` orders names that are not ASCII alone; without it the
    /// built-in natural order does.
    pub(crate) fn compare(
        &self,
        other: &Self,
        order: Order,
        names: Option<&dyn Fn() -> Ordering>,
    ) -> Ordering {
        let folders_first = other.folder.cmp(&self.folder);
        if folders_first != Ordering::Equal {
            return folders_first;
        }
        let Order::By(column, direction) = order else { return Ordering::Equal };
        let by_column = match column {
            Column::Name => Ordering::Equal,
            Column::Modified => known_first(self.modified, other.modified, direction),
            Column::Size => known_first(self.size, other.size, direction),
            Column::Duration => known_first(self.duration, other.duration, direction),
            Column::Type => directed(self.kind.cmp(&other.kind), direction),
        };
        if by_column != Ordering::Equal {
            return by_column;
        }
        let names = names.filter(|_| !(self.name.is_ascii() && other.name.is_ascii()));
        let by_name = names.map_or(Ordering::Equal, |names| names()).then_with(|| self.name.cmp(&other.name));
        if column == Column::Name { directed(by_name, direction) } else { by_name }
    }
}

fn directed(ordering: Ordering, direction: Direction) -> Ordering {
    match direction {
        Direction::Ascending => ordering,
        Direction::Descending => ordering.reverse(),
    }
}

fn known_first(left: Option<u64>, right: Option<u64>, direction: Direction) -> Ordering {
    match (left, right) {
        (Some(left), Some(right)) => directed(left.cmp(&right), direction),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// Videos, sounds, pictures, documents and the rest, each by extension.
fn kind_word(item: &Item) -> Box<str> {
    use crate::graph::MediaKind;
    let mut word = String::with_capacity(8);
    word.push(match item.media() {
        Some(MediaKind::Video) => '1',
        Some(MediaKind::Audio) => '2',
        Some(MediaKind::Image) => '3',
        Some(MediaKind::Document) => '4',
        None => '5',
    });
    if let Some(extension) = crate::graph::extension(&item.name) {
        word.push_str(extension);
        word.make_ascii_lowercase();
    }
    word.into_boxed_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picker::testing::{file, folder};

    fn with(name: &str, modified: Option<u64>, size: Option<u64>, duration: Option<u64>) -> Item {
        Item { modified, size, duration, ..file(name) }
    }

    fn sorted(items: &[Item], order: Order) -> Vec<&str> {
        let mut items: Vec<&Item> = items.iter().collect();
        items.sort_by(|left, right| SortKey::of(left).compare(&SortKey::of(right), order, None));
        items.into_iter().map(|item| &*item.name).collect()
    }

    #[test]
    fn sorts_by_each_column_with_folders_first_and_the_unknown_last() {
        use Column::{Duration, Modified, Name, Size, Type};
        use Direction::{Ascending, Descending};
        let items = [
            with("b10.mp4", Some(3), Some(20), Some(7)),
            with("b2.mov", Some(1), Some(30), None),
            with("a.mp3", None, None, Some(9)),
            folder("z"),
        ];
        for (column, direction, expected) in [
            (Name, Ascending, ["z", "a.mp3", "b2.mov", "b10.mp4"]),
            (Name, Descending, ["z", "b10.mp4", "b2.mov", "a.mp3"]),
            (Modified, Ascending, ["z", "b2.mov", "b10.mp4", "a.mp3"]),
            (Modified, Descending, ["z", "b10.mp4", "b2.mov", "a.mp3"]),
            (Size, Descending, ["z", "b2.mov", "b10.mp4", "a.mp3"]),
            (Duration, Descending, ["z", "a.mp3", "b10.mp4", "b2.mov"]),
            (Type, Ascending, ["z", "b2.mov", "b10.mp4", "a.mp3"]),
        ] {
            assert_eq!(sorted(&items, Order::By(column, direction)), expected, "{column:?} {direction:?}");
        }
        assert_eq!(sorted(&items, Order::Given), ["z", "b10.mp4", "b2.mov", "a.mp3"]);
    }

    #[test]
    fn equal_values_go_by_name_in_both_directions() {
        let items = [with("b.mp4", Some(1), None, None), with("a.mp4", Some(1), None, None)];
        for direction in [Direction::Ascending, Direction::Descending] {
            assert_eq!(sorted(&items, Order::By(Column::Modified, direction)), ["a.mp4", "b.mp4"]);
        }
    }

    #[test]
    fn a_second_press_turns_the_order_round() {
        let once = Order::Given.pressed(Column::Size);
        assert_eq!(once, Order::By(Column::Size, Direction::Descending));
        assert_eq!(once.pressed(Column::Size), Order::By(Column::Size, Direction::Ascending));
        assert_eq!(once.pressed(Column::Name), Order::By(Column::Name, Direction::Ascending));
    }

    #[test]
    fn asks_the_locale_about_names() {
        let key = |name: &str| SortKey::of(&file(name));
        let order = Order::By(Column::Name, Direction::Ascending);
        for (left, right) in [("á.mp4", "b.mp4"), ("a.mp4", "ḇ.mp4")] {
            let (left, right) = (key(left), key(right));
            assert_eq!(left.compare(&right, order, Some(&|| Ordering::Greater)), Ordering::Greater);
            assert_eq!(left.compare(&right, order, Some(&|| Ordering::Equal)), Ordering::Less);
        }
        let ascii = key("a.mp4").compare(&key("b.mp4"), order, Some(&|| Ordering::Greater));
        assert_eq!(ascii, Ordering::Less, "all languages agree about ASCII");
    }
}
