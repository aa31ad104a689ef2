//! What a host's options come to.

mod messaging;
mod offer;

use super::*;
use crate::host::ItemReference;
use crate::host::options::look::locale_tag;
use crate::host::options::types_and_sources::Pivots;
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
