//! Walking through places, folders and searches.

use super::*;
use crate::picker::testing::file_ref;
use proptest::prelude::*;

fn crumb(name: &str) -> Crumb {
    Crumb { folder: FolderRef::Folder(file_ref(name)), name: Arc::from(name) }
}

fn query(text: &str, scope: Scope) -> Query {
    Query::parse(text, scope).unwrap()
}

/// The trail in words: `my-files/A/?fourier/B`.
fn told(location: &Location) -> String {
    let mut words = vec![location.place().code().to_owned()];
    words.extend(location.crumbs().iter().map(|crumb| crumb.name.to_string()));
    if let (Some(query), Some(below)) =
        (location.query(), location.search.as_ref().map(|search| search.below))
    {
        words.insert(below + 1, format!("?{}", query.text()));
    }
    words.join("/")
}

#[test]
fn walks_down_and_up() {
    let mut location = Location::new(Place::MyFiles);
    assert!(!location.can_go_up());
    location.open(crumb("A"));
    location.open(crumb("B"));
    assert_eq!(told(&location), "my-files/A/B");
    assert_eq!(location.shown(), Shown::Folder(&crumb("B")));
    assert_eq!(location.up(), Some(crumb("B")));
    location.up();
    assert_eq!(location.shown(), Shown::Place(Place::MyFiles));
    assert_eq!(location.up(), None);
}

#[test]
fn comes_back_from_a_folder_of_the_results_to_the_results() {
    let mut location = Location::new(Place::MyFiles);
    location.open(crumb("A"));
    location.search(query("fourier", Scope::Everywhere));
    assert!(matches!(location.shown(), Shown::Results { within: None, .. }));
    location.open(crumb("B"));
    location.open(crumb("C"));
    assert_eq!(told(&location), "my-files/A/?fourier/B/C");
    location.up();
    location.up();
    assert!(matches!(location.shown(), Shown::Results { .. }));
    assert_eq!(location.up(), None);
    assert_eq!(told(&location), "my-files/A");
}

#[test]
fn knows_whether_a_search_began_where_new_files_show_at_once() {
    let mut location = Location::new(Place::Recent);
    assert!(!location.searches_from_a_folder());
    location.search(query("x", Scope::Everywhere));
    assert!(!location.searches_from_a_folder());
    location.end_search();
    location.open(crumb("A"));
    location.search(query("x", Scope::Here));
    assert!(location.searches_from_a_folder());
    let mut location = Location::new(Place::MyFiles);
    location.search(query("x", Scope::Everywhere));
    assert!(location.searches_from_a_folder());
}

#[test]
fn a_new_search_takes_the_place_of_the_old_one() {
    let mut location = Location::new(Place::MyFiles);
    location.open(crumb("A"));
    location.search(query("fourier", Scope::Here));
    assert_eq!(
        location.shown(),
        Shown::Results { query: &query("fourier", Scope::Here), within: Some(&crumb("A")) }
    );
    location.open(crumb("B"));
    location.search(query("gibbs", Scope::Here));
    assert_eq!(told(&location), "my-files/A/?gibbs");
    location.open(crumb("B"));
    location.end_search();
    assert_eq!(told(&location), "my-files/A");
}

#[test]
fn jumps_along_the_breadcrumb() {
    let walked = || {
        let mut location = Location::new(Place::Sites);
        location.open(crumb("A"));
        location.open(crumb("B"));
        location.search(query("x", Scope::Here));
        location.open(crumb("C"));
        location.open(crumb("D"));
        location
    };
    for (index, expected) in [
        (Some(9), "sites/A/B/?x/C/D"),
        (Some(2), "sites/A/B/?x/C"),
        (Some(1), "sites/A/B"),
        (Some(0), "sites/A"),
        (None, "sites"),
    ] {
        let mut location = walked();
        location.jump(index);
        assert_eq!(told(&location), expected);
    }
}

#[test]
fn remembers_the_place_but_not_the_search() {
    let mut location = Location::new(Place::Sites);
    location
        .open(Crumb { folder: FolderRef::Root(DriveId::new("b!1").unwrap()), name: Arc::from("Documents") });
    location.open(crumb("A"));
    let text = location.to_text();
    location.search(query("x", Scope::Here));
    location.open(crumb("C"));
    assert_eq!(location.to_text(), text);
    location.end_search();
    assert_eq!(Location::from_text(&text), Some(location));
}

#[test]
fn forgets_what_it_cannot_read() {
    for text in [
        "",
        "{}",
        "[]",
        r#"{"place":"nowhere","trail":[]}"#,
        r#"{"place":"recent","trail":[{"item":"1","name":"x"}]}"#,
        r#"{"place":"recent","trail":[{"drive":"","item":"1","name":"x"}]}"#,
    ] {
        assert_eq!(Location::from_text(text), None, "{text}");
    }
    assert_eq!(Location::from_text(&" ".repeat(40_000)), None);
}

proptest! {
    #[test]
    fn reads_back_any_trail(names in prop::collection::vec(".{1,20}", 0..6)) {
        let mut location = Location::new(Place::Shared);
        for name in &names {
            location.open(crumb(name));
        }
        prop_assert_eq!(Location::from_text(&location.to_text()), Some(location));
    }

    #[test]
    fn reads_any_text(text in any::<String>()) {
        let _ = Location::from_text(&text);
    }

    #[test]
    fn going_up_always_ends(steps in prop::collection::vec(0u8..4, 0..30)) {
        let mut location = Location::default();
        for step in steps {
            match step {
                0 | 1 => location.open(crumb("A")),
                2 => location.search(query("x", Scope::Here)),
                _ => location.jump(Some(1)),
            }
        }
        for _ in 0..100 {
            location.up();
        }
        prop_assert!(!location.can_go_up());
    }
}
