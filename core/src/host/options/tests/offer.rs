//! Where the picker begins, what it offers, and what may be chosen.

use super::*;

#[test]
fn begins_where_the_host_says() {
    let files =
        |folder: Option<&str>| Entry::MyFiles { folder: folder.map(str::to_owned), fallback_to_root: false };
    let web = |web: &str| Entry::SharePoint(PlacePath { web: Some(web.into()), ..PlacePath::default() });
    for (entry, expected) in [
        (json!(null), Entry::Anywhere),
        (json!("oneDrive"), Entry::Anywhere),
        (json!({}), Entry::Anywhere),
        (json!({"oneDrive": {}}), Entry::MyFiles { folder: None, fallback_to_root: true }),
        (json!({"oneDrive": {"files": {"folder": "Pictures"}}}), files(Some("Pictures"))),
        (json!({"oneDrive": {"files": {"folder": 7}}}), files(None)),
        (json!({"oneDrive": {"recent": {}}}), Entry::Recent),
        (json!({"oneDrive": {"sharedWithMe": {}}}), Entry::Shared),
        (json!({"oneDrive": {"photos": {}}}), Entry::Photos),
        (json!({"site": {}}), Entry::Sites),
        (json!({"myOrganization": {}}), Entry::Sites),
        (json!({"sharePoint": {"byPath": {}}}), Entry::Sites),
        (
            json!({"sharePoint": {"byPath": {"web": "https://contoso.sharepoint.com/sites/dev"}}}),
            web("https://contoso.sharepoint.com/sites/dev"),
        ),
        (json!({"oneDrive": {"files": {}}, "sharePoint": {"byPath": {"web": "dev"}}}), web("dev")),
        (json!({"oneDrive": {"files": {}}, "sharePoint": {}}), files(None)),
        (
            json!({"sharePoint": {"byId": {"listId": "1"}}}),
            Entry::SharePointById { web: None, list: Some("1".into()), item: None },
        ),
    ] {
        assert_eq!(with("entry", entry.clone()).entry, expected, "{entry}");
    }
    let sorted = with("entry", json!({"sortBy": {"fieldName": "Modified", "isAscending": false}}));
    assert_eq!(sorted.sort, Some(Sort { field: SortField::Modified, ascending: false }));
    assert_eq!(with("entry", json!({"sortBy": {"fieldName": "Colour"}})).sort, None);
}

#[test]
fn reads_what_may_be_chosen() {
    let types = with(
        "typesAndSources",
        json!({"mode": "folders", "filters": [".MP4", "photo", "folder", "site", "", ".", "./x", 7, null],
            "locations": {"sharePoint": {"byPath": {"web": "dev"}}}}),
    )
    .types_and_sources;
    assert_eq!(types.mode, TypesMode::Folders);
    assert_eq!(types.filters, [Filter::Extension(".mp4".into()), Filter::Photo, Filter::Folder]);
    assert!(types.locations.share_point && !types.locations.one_drive);
    assert_eq!(types.locations.path.and_then(|path| path.web).as_deref(), Some("dev"));
    let media = with("typesAndSources", json!({"filters": ["media"]})).types_and_sources.filters;
    assert_eq!(media, [Filter::Photo, Filter::Video, Filter::Audio]);
}

#[test]
fn offers_the_places_that_are_meant() {
    for (pivots, shown) in [
        (json!(null), [true; 4]),
        (json!({}), [true; 4]),
        (json!({"recent": false}), [true, false, true, true]),
        (json!({"oneDrive": true}), [true, false, false, false]),
        (json!({"oneDrive": true, "shared": false}), [true, false, false, false]),
        (json!({"site": true}), [false, false, false, true]),
        (json!({"sharedLibraries": false}), [true, true, true, false]),
        (json!({"recent": "yes", "photos": true, "search": true}), [true; 4]),
    ] {
        let found = with("typesAndSources", json!({"pivots": pivots})).types_and_sources.pivots;
        assert_eq!([found.one_drive, found.recent, found.shared, found.sites], shown, "{pivots}");
    }
}

#[test]
fn reads_the_selection_of_new_and_old_sdks() {
    let item = json!({"id": "1", "parentReference": {"driveId": "d"}});
    let options = with(
        "selection",
        json!({"mode": "multiple", "maxCount": 5, "enablePersistence": false, "sourceItems": [item, {}]}),
    );
    assert_eq!(
        options.selection,
        Selection {
            mode: SelectionMode::Multiple,
            maximum_count: Some(5),
            is_persistent: false,
            source_items: vec![ItemReference { drive_id: "d".into(), id: "1".into() }],
        }
    );
    for (count, expected) in
        [(json!(0), None), (json!(-1), None), (json!("5"), None), (json!(u64::MAX), Some(u32::MAX))]
    {
        assert_eq!(
            with("selection", json!({"maximumCount": count})).selection.maximum_count,
            expected,
            "{count}"
        );
    }
    assert_eq!(with("selection", json!({"mode": "pick"})).selection.limit(100), 1);
}

#[test]
fn reads_whether_search_and_places_are_wanted() {
    for (search, disabled) in [
        (json!(true), false),
        (json!(false), true),
        (json!({"enabled": false}), true),
        (json!({}), false),
        (json!(null), false),
    ] {
        assert_eq!(with("search", search.clone()).search_disabled, disabled, "{search}");
    }
    for (nav, hidden) in
        [(json!({"enabled": false}), true), (json!({"initialModality": "hidden"}), true), (json!({}), false)]
    {
        assert_eq!(with("leftNav", nav.clone()).places_hidden, hidden, "{nav}");
    }
}
