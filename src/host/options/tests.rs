use super::*;
use crate::host::ItemReference;
use crate::web::{Origin, OriginError};
use proptest::prelude::*;
use serde_json::{Value, json};

const HOST: &str = "https://media.example";

fn allowed() -> [Origin; 2] {
    [Origin::parse(HOST).unwrap(), Origin::parse("http://localhost:4180").unwrap()]
}

fn read(options: &Value) -> HostOptions {
    parse(&options.to_string(), &allowed()).unwrap()
}

/// The options with one top member.
fn with(key: &str, value: Value) -> HostOptions {
    let mut options = json!({});
    options[key] = value;
    read(&options)
}

#[test]
fn reads_the_options_of_microsofts_basic_sample() {
    let options = read(&json!({
        "sdk": "8.0",
        "entry": {"oneDrive": {"files": {}}},
        "authentication": {},
        "messaging": {"origin": HOST, "channelId": "27"},
        "typesAndSources": {"mode": "files", "pivots": {"oneDrive": true, "recent": true}}
    }));
    let Host::Present(messaging) = &options.host else { panic!("no host") };
    assert_eq!(messaging.origin.as_str(), HOST);
    assert_eq!(messaging.channel_id.as_json(), "\"27\"");
    assert_eq!(options.entry, Entry::MyFiles { folder: None, fallback_to_root: false });
    assert!(options.authentication.host_supplies_tokens);
    assert_eq!(options.types_and_sources.mode, TypesMode::Files);
    let pivots = Pivots { one_drive: true, recent: true, shared: false, sites: false };
    assert_eq!(options.types_and_sources.pivots, pivots);
    assert_eq!(options.selection.mode, SelectionMode::Single);
    assert_eq!(options.selection.limit(100), 1);
}

#[test]
fn reads_the_options_of_libre_chat() {
    let options = read(&json!({
        "sdk": "8.0",
        "entry": {"sharePoint": {}},
        "authentication": {"enabled": false},
        "messaging": {"origin": HOST, "channelId": "3f1b"},
        "typesAndSources": {"mode": "files", "pivots": {"oneDrive": true, "recent": true, "shared": true,
            "sharedLibraries": true, "myOrganization": true, "site": true}},
        "selection": {"mode": "multiple", "maximumCount": 10},
        "title": "Select Files",
        "commands": {"upload": {"enabled": false}, "createFolder": {"enabled": false}},
        "search": {"enabled": true}
    }));
    assert_eq!(options.entry, Entry::Sites);
    assert!(!options.authentication.host_supplies_tokens);
    assert_eq!(options.types_and_sources.pivots, Pivots::default());
    assert_eq!((options.selection.limit(100), options.selection.limit(3)), (10, 3));
    assert_eq!(options.title.as_deref(), Some("Select Files"));
    assert!(!options.search_disabled);
}

#[test]
fn without_messaging_there_is_no_host() {
    assert_eq!(read(&json!({})), HostOptions::default());
    assert_eq!(HostOptions::default().host, Host::Absent);
}

#[test]
fn refuses_what_is_no_object() {
    for (text, code) in [
        ("", "options_not_json"),
        ("{", "options_not_json"),
        ("{}x", "options_not_json"),
        ("null", "options_not_an_object"),
        ("[]", "options_not_an_object"),
        ("7", "options_not_an_object"),
        ("\"{}\"", "options_not_an_object"),
    ] {
        assert_eq!(parse(text, &allowed()).unwrap_err().code(), code, "{text}");
    }
    let deep = ["{\"a\":", &"[".repeat(1_000), &"]".repeat(1_000), "}"].concat();
    assert_eq!(parse(&deep, &allowed()), Err(OptionsError::NotJson));
    let large = ["{\"title\":\"", &"x".repeat(1 << 20), "\"}"].concat();
    assert_eq!(parse(&large, &allowed()), Err(OptionsError::TooLarge { length: large.len() }));
}

#[test]
fn refuses_a_host_that_is_not_exactly_an_allowed_origin() {
    for (origin, code) in [
        (json!("https://media.example/path"), "origin_malformed"),
        (json!("https://media.example?x"), "origin_malformed"),
        (json!("https://user@media.example"), "origin_malformed"),
        (json!("*"), "origin_malformed"),
        (json!("null"), "origin_malformed"),
        (json!(""), "origin_malformed"),
        (json!("javascript:alert(1)"), "origin_malformed"),
        (json!(" https://media.example"), "origin_malformed"),
        (json!("https://media.example.evil.example"), "origin_not_allowed"),
        (json!("https://evil.example"), "origin_not_allowed"),
        (json!("http://media.example"), "origin_not_allowed"),
        (json!("https://media.example:444"), "origin_not_allowed"),
        (json!("https://sub.media.example"), "origin_not_allowed"),
        (json!(null), "origin_missing"),
        (json!(["https://media.example"]), "origin_missing"),
        (json!({}), "origin_missing"),
    ] {
        let options = json!({"messaging": {"channelId": "27", "origin": origin}});
        assert_eq!(parse(&options.to_string(), &allowed()).unwrap_err().code(), code, "{origin}");
    }
    let error = parse(r#"{"messaging":{"channelId":"1","origin":"https://x.example/y"}}"#, &allowed());
    assert_eq!(error, Err(OptionsError::OriginMalformed(OriginError::Trailing)));
    assert_eq!(
        parse(r#"{"messaging":{"origin":"https://media.example"}}"#, &[]).unwrap_err().code(),
        "origin_not_allowed"
    );
}

#[test]
fn refuses_messaging_of_the_wrong_type() {
    for messaging in [json!(null), json!([]), json!("x"), json!(true), json!(1)] {
        let options = json!({"messaging": messaging});
        assert_eq!(parse(&options.to_string(), &allowed()), Err(OptionsError::Messaging), "{messaging}");
    }
    for channel in [json!(null), json!(""), json!([]), json!(1.5), json!(-1), json!("x".repeat(257))] {
        let options = json!({"messaging": {"origin": HOST, "channelId": channel}});
        assert_eq!(parse(&options.to_string(), &allowed()), Err(OptionsError::ChannelId), "{channel}");
    }
}

#[test]
fn time_limits_of_the_wrong_type_keep_the_defaults() {
    let limits = |messaging: Value| {
        let mut options = json!({"messaging": {"origin": HOST, "channelId": "27"}});
        for (key, value) in messaging.as_object().unwrap() {
            options["messaging"][key] = value.clone();
        }
        let Host::Present(messaging) = read(&options).host else { panic!("no host") };
        messaging.limits
    };
    for wrong in [json!(null), json!("5000"), json!(-1), json!(1.5), json!({})] {
        let limits =
            limits(json!({"initializeTimeout": wrong, "acknowledgeTimeout": wrong, "resultTimeout": wrong}));
        assert_eq!(limits, Limits::default(), "{wrong}");
    }
    let set =
        limits(json!({"initializeTimeout": 1_000, "acknowledgeTimeout": 2_000, "resultTimeout": 9_000}));
    assert_eq!(
        set,
        Limits { initialize: 1_000, acknowledge: 2_000, token: 9_000, pick: 9_000, close: 3_000 }
    );
    let capped = limits(
        json!({"initializeTimeout": u64::MAX, "acknowledgeTimeout": u64::MAX, "resultTimeout": u64::MAX}),
    );
    assert_eq!((capped.initialize, capped.acknowledge, capped.pick), (120_000, 60_000, 600_000));
}

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

#[test]
fn takes_over_labels_and_colours_but_no_tricks() {
    let options = read(&json!({
        "title": "  Lectures\u{202e}\n ",
        "commands": {"pick": {"label": "Import", "select": {"urls": {"download": true}}}, "close": {"label": " "}},
        "theme": {"isInverted": true, "palette": {"themePrimary": "#00bcf2"}},
        "list": {"layout": {"type": "tiles"}},
        "accessibility": {"focusTrap": "always", "showFocusOnLoad": true},
        "localization": {"language": "he_IL"},
        "signIn": {"loginHint": "dana@contoso.com", "domainHint": "organizations"}
    }));
    assert_eq!(options.title.as_deref(), Some("Lectures"));
    let commands = Commands { pick_label: Some("Import".into()), close_label: None };
    assert_eq!(options.commands, commands);
    assert_eq!(options.theme, Some(Theme { appearance: Appearance::Dark, accent: Some("#00bcf2".into()) }));
    assert_eq!(options.layout, Some(Layout::Tiles));
    assert_eq!(
        options.accessibility,
        Accessibility { traps_focus: true, takes_focus: true, shows_focus: true }
    );
    assert_eq!(options.language.as_deref(), Some("he-IL"));
    assert_eq!(options.sign_in.login_hint.as_deref(), Some("dana@contoso.com"));
    for accent in
        ["#00bcf", "#gggggg", "#fff;}", "url(x)", "var(--x)", "red;", "rgb(url(x))", "rgb(1,2,3", "r", ""]
    {
        let theme = with("theme", json!({"palette": {"themePrimary": accent}})).theme.unwrap();
        assert_eq!(theme.accent, None, "{accent}");
    }
    for (name, appearance) in
        [("default", Appearance::Light), ("lists", Appearance::Light), ("dark", Appearance::Dark)]
    {
        assert_eq!(with("theme", json!(name)).theme, Some(Theme { appearance, accent: None }));
    }
    assert_eq!(with("theme", json!("sepia")).theme, None);
}

#[test]
fn reads_whether_the_host_supplies_tokens() {
    for (authentication, supplies, claims) in [
        (json!({}), true, false),
        (json!({"enabled": true}), true, false),
        (json!({"enabled": false}), false, false),
        (json!({"tokens": {"graph": false}}), false, false),
        (json!({"tokens": {"sharePoint": false}}), true, false),
        (json!({"claimsChallenge": {"enabled": true}}), true, true),
        (json!(null), false, false),
        (json!(true), false, false),
    ] {
        let found = with("authentication", authentication.clone()).authentication;
        assert_eq!(
            (found.host_supplies_tokens, found.claims_challenge),
            (supplies, claims),
            "{authentication}"
        );
    }
}

#[test]
fn what_the_protocol_page_calls_ignored_changes_nothing() {
    let plain = json!({"entry": {"oneDrive": {"files": {}}}, "typesAndSources": {"mode": "files", "filters": [".mp4"]},
        "selection": {"mode": "multiple"}, "authentication": {"enabled": true}});
    let mut full = plain.clone();
    full["sdk"] = json!("9.9");
    full["entry"]["filterBy"] = json!({"field": "Status", "value": "Done"});
    full["typesAndSources"]["access"] = json!({"mode": "read-write"});
    full["typesAndSources"]["filters"] = json!([
        "site",
        "documentLibrary",
        "list",
        "listItem",
        "onenote",
        "playlist",
        "syntexTemplate",
        ".mp4"
    ]);
    full["selection"]["enableNotifications"] = json!(true);
    full["commands"] = json!({
        "pick": {"action": "share", "select": {"urls": {"download": true}}}, "move": {"enabled": true},
        "copy": {"enabled": true}, "upload": {"enabled": true}, "createFolder": {"enabled": true},
        "browseThisDevice": {"enabled": true, "label": "Mine"}, "fromALink": {"enabled": true},
        "switchAccount": {"mode": "host"}, "manageAccounts": {"mode": "host", "label": "Accounts"},
        "filterByColumn": {"panel": "host"}, "customFormatter": {"actions": []},
        "custom": [{"key": "x", "label": "Do it", "action": {"command": "custom"}}]});
    full["leftNav"] = json!({"mode": "x", "preset": "y", "commands": [{"label": "Custom"}]});
    full["list"] = json!({"scrolling": {"infinite": true}});
    full["tray"] = json!({"commands": [{"key": "pick"}], "prompt": "keep-sharing"});
    full["pivots"] = json!({"hideAll": true});
    full["navigation"] = json!({"x": 1});
    full["telemetry"] = json!({"extraValues": {"a": "b"}});
    full["authentication"]["tokens"] = json!({"graph": true, "sharePoint": true, "substrate": true});
    assert_eq!(read(&full), read(&plain));
}

#[test]
fn a_locale_is_a_tag_or_nothing() {
    for (text, tag) in [
        ("en-us", Some("en-us")),
        ("he", Some("he")),
        ("zh_Hans_CN", Some("zh-Hans-CN")),
        ("", None),
        ("-", None),
        ("e", None),
        ("en-", None),
        ("en us", None),
        ("12", None),
        ("en\"onload=", None),
        ("abcdefghi", None),
    ] {
        assert_eq!(locale_tag(text).as_deref(), tag, "{text}");
    }
}

proptest! {
    #[test]
    fn never_panics_on_text(text in any::<String>()) {
        let _ = parse(&text, &allowed());
    }

    /// Whatever a member holds, the others keep their meaning.
    #[test]
    fn a_member_of_any_type_leaves_the_rest_alone(
        key in prop::sample::select(vec!["entry", "typesAndSources", "selection", "commands", "search", "theme", "list",
            "leftNav", "accessibility", "localization", "authentication", "signIn", "tray", "pivots", "__proto__"]),
        value in prop::sample::select(vec!["null", "7", "1e999", "[]", "[[]]", "{}", "true", "\"x\"", "{\"mode\":{},\"enabled\":[]}"]),
    ) {
        let text = [r#"{"title":"T","messaging":{"channelId":"27","origin":"https://media.example"},""#, key, "\":", value, "}"].concat();
        match parse(&text, &allowed()) {
            Ok(options) => {
                prop_assert_eq!(options.title.as_deref(), Some("T"));
                prop_assert!(matches!(options.host, Host::Present(_)));
            }
            Err(error) => prop_assert_eq!(error, OptionsError::NotJson, "{}", text),
        }
    }
}
