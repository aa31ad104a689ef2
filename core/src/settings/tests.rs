//! The settings contract (design, section 3), row by row.

use super::*;
use crate::auth::{FilesAccess, Flow, Tenant};
use crate::web::Origin;
use proptest::prelude::*;

const ID: &str = "3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046";

fn own() -> Origin {
    Origin::parse("https://media.example").unwrap()
}

fn with(more: &str) -> Result<Settings, SettingsError> {
    let comma = if more.is_empty() { "" } else { "," };
    parse(&format!(r#"{{"enabled":true,"applicationId":"{ID}"{comma}{more}}}"#), &own())
}

#[test]
fn fills_in_every_default() {
    let settings = with("").unwrap();
    assert!(settings.enabled);
    assert_eq!(settings.application_id.as_ref().unwrap().as_str(), ID);
    assert_eq!(settings.allowed_roles, Role::PrivateOnly);
    assert_eq!(settings.user_role, None);
    assert_eq!(settings.tenant, Tenant::Organizations);
    assert_eq!(settings.cloud, Cloud::Global);
    assert_eq!(settings.login_base_url, "https://login.microsoftonline.com");
    assert_eq!(settings.graph_base.as_str(), "https://graph.microsoft.com/v1.0");
    assert_eq!(settings.graph_base.origin().as_str(), "https://graph.microsoft.com");
    assert_eq!(settings.redirect_uri, "https://media.example/onedrive/index/blank-page");
    assert_eq!(settings.host_origins, [own()]);
    assert_eq!(
        settings.media_types.iter().collect::<Vec<_>>(),
        [MediaType::Video, MediaType::Audio, MediaType::Image]
    );
    assert_eq!((settings.max_items, settings.max_item_bytes), (100, None));
    assert_eq!((settings.locale, settings.theme), (None, Theme::Auto));
    assert_eq!((settings.flow, settings.token_storage), (Flow::Implicit, TokenStorage::Memory));
    assert_eq!(settings.files, FilesAccess::All);
}

#[test]
fn asks_for_own_files_alone_where_that_is_set() {
    assert_eq!(with(r#""filesAccess":"own""#).unwrap().files, FilesAccess::Own);
    assert_eq!(with(r#""filesAccess":"some""#).unwrap_err().key(), Some("filesAccess"));
}

#[test]
fn takes_every_spelling_of_enabled() {
    for (value, expected) in [
        ("true", true),
        ("\"Yes\"", true),
        ("1", true),
        ("false", false),
        ("\"No\"", false),
        ("0", false),
        ("null", false),
    ] {
        let json = format!(r#"{{"enabled":{value},"applicationId":"{ID}"}}"#);
        assert_eq!(parse(&json, &own()).unwrap().enabled, expected, "{value}");
    }
    assert!(!parse("{}", &own()).unwrap().enabled);
}

#[test]
fn names_the_key_and_the_value_of_everything_wrong() {
    for (key, value, shown) in [
        ("enabled", r#""maybe""#, "maybe"),
        ("enabled", "2", "2"),
        ("enabled", r#""""#, ""),
        ("enabled", "[]", "[]"),
        ("applicationId", r#""my-app""#, "my-app"),
        ("applicationId", "12", "12"),
        ("applicationId", "{}", "{}"),
        ("allowedRoles", r#""owner""#, "owner"),
        ("allowedRoles", r#""ViewerRole""#, "ViewerRole"),
        ("allowedRoles", r#"["viewerRole"]"#, r#"["viewerRole"]"#),
        ("userRole", "3", "3"),
        ("tenant", r#""contoso""#, "contoso"),
        ("tenant", r#""../common""#, "../common"),
        ("tenant", "true", "true"),
        ("cloud", r#""Global""#, "Global"),
        ("cloud", r#""mars""#, "mars"),
        ("loginBaseUrl", r#""http://login.example""#, "http://login.example"),
        ("loginBaseUrl", r#""http://localhost.evil.example""#, "http://localhost.evil.example"),
        ("loginBaseUrl", r#""http://127.0.0.1.evil.example""#, "http://127.0.0.1.evil.example"),
        ("loginBaseUrl", r#""https://user@login.example""#, "https://user@login.example"),
        ("loginBaseUrl", r#""https://login.example?x""#, "https://login.example?x"),
        ("loginBaseUrl", r#""javascript://login.example""#, "javascript://login.example"),
        ("loginBaseUrl", r#""login.example""#, "login.example"),
        ("graphBaseUrl", r#""https://graph.example""#, "https://graph.example"),
        ("graphBaseUrl", r#""https://v1.0""#, "https://v1.0"),
        ("graphBaseUrl", r#""http://graph.example/v1.0""#, "http://graph.example/v1.0"),
        ("graphBaseUrl", r#""https://graph.example/v1.0#x""#, "https://graph.example/v1.0#x"),
        ("redirectUri", r#""https://other.example/back""#, "https://other.example/back"),
        ("redirectUri", r#""http://media.example/back""#, "http://media.example/back"),
        ("redirectUri", r#""/back""#, "/back"),
        ("redirectUri", r#""https://media.example/back?x=1""#, "https://media.example/back?x=1"),
        ("redirectUri", r#""https://media.example""#, "https://media.example"),
        ("hostOrigins", r#""https://lms.example""#, "https://lms.example"),
        ("hostOrigins", r#"["*"]"#, "*"),
        ("hostOrigins", r#"["null"]"#, "null"),
        ("hostOrigins", r#"["https://lms.example", "https://*.example"]"#, "https://*.example"),
        ("hostOrigins", r#"["https://lms.example/path"]"#, "https://lms.example/path"),
        ("hostOrigins", "[1]", "1"),
        ("mediaTypes", r#"["film"]"#, "film"),
        ("mediaTypes", r#""video""#, "video"),
        ("mediaTypes", "[]", "[]"),
        ("maxItems", "0", "0"),
        ("maxItems", "-1", "-1"),
        ("maxItems", "1.5", "1.5"),
        ("maxItems", r#""100""#, "100"),
        ("maxItems", "99999999999", "99999999999"),
        ("maxItemBytes", "0", "0"),
        ("maxItemBytes", "true", "true"),
        ("locale", r#""he_IL""#, "he_IL"),
        ("locale", r#""""#, ""),
        ("locale", r#""../x""#, "../x"),
        ("theme", r#""blue""#, "blue"),
        ("flow", r#""device""#, "device"),
        ("tokenStorage", r#""local""#, "local"),
    ] {
        let base = match key {
            "enabled" => format!(r#"{{"applicationId":"{ID}","{key}":{value}}}"#),
            "applicationId" => format!(r#"{{"enabled":true,"{key}":{value}}}"#),
            _ => format!(r#"{{"enabled":true,"applicationId":"{ID}","{key}":{value}}}"#),
        };
        let error = parse(&base, &own()).unwrap_err();
        assert_eq!(error.code(), "setting_wrong", "{key} {value}");
        assert_eq!(error.key(), Some(key), "{key} {value}");
        assert!(error.to_string().contains(shown), "{error}");
        assert!(error.allowed().is_some());
        assert!(error.to_string().contains(key), "{error}");
    }
}

#[test]
fn takes_every_right_value() {
    let settings = with(
        r#""userRole":"adminRole","allowedRoles":"viewerRole","tenant":"contoso.com","cloud":"china",
        "loginBaseUrl":"http://127.0.0.1:4181/","graphBaseUrl":"http://[::1]:4182/v1.0/",
        "redirectUri":"HTTPS://Media.example:443/back","hostOrigins":["https://LMS.example/","https://media.example"],
        "mediaTypes":["document","video","video"],"maxItems":1,"maxItemBytes":9007199254740993,"locale":"zh-Hant-TW",
        "theme":"contrast","flow":"code","tokenStorage":"session","somethingElse":{"x":[1]}"#,
    )
    .unwrap();
    assert_eq!(settings.user_role, Some(UserRole::Known(Role::Admin)));
    assert_eq!(settings.allowed_roles, Role::Viewer);
    assert_eq!(settings.tenant, Tenant::Domain("contoso.com".into()));
    assert_eq!(settings.login_base_url, "http://127.0.0.1:4181");
    assert_eq!(settings.graph_base.as_str(), "http://[::1]:4182/v1.0");
    assert_eq!(settings.cloud.graph_resource(), "https://microsoftgraph.chinacloudapi.cn");
    assert_eq!(settings.redirect_uri, "HTTPS://Media.example:443/back");
    assert_eq!(settings.host_origins, [own(), Origin::parse("https://lms.example").unwrap()]);
    assert_eq!(settings.media_types.iter().collect::<Vec<_>>(), [MediaType::Video, MediaType::Document]);
    assert_eq!((settings.max_items, settings.max_item_bytes), (1, Some(9_007_199_254_740_993)));
    assert_eq!(settings.locale.as_deref(), Some("zh-Hant-TW"));
    assert_eq!((settings.theme, settings.flow), (Theme::Contrast, Flow::Code));
    assert_eq!(settings.token_storage, TokenStorage::Session);
}

#[test]
fn gives_each_cloud_its_own_hosts() {
    for (cloud, login, graph) in [
        ("global", "https://login.microsoftonline.com", "https://graph.microsoft.com"),
        ("gcc-high", "https://login.microsoftonline.us", "https://graph.microsoft.us"),
        ("dod", "https://login.microsoftonline.us", "https://dod-graph.microsoft.us"),
        ("china", "https://login.partner.microsoftonline.cn", "https://microsoftgraph.chinacloudapi.cn"),
    ] {
        let settings = with(&format!(r#""cloud":"{cloud}""#)).unwrap();
        assert_eq!(settings.login_base_url, login);
        assert_eq!(settings.graph_base.as_str(), format!("{graph}/v1.0"));
        assert_eq!(settings.cloud.graph_resource(), graph);
    }
}

#[test]
fn needs_the_application_id_only_while_the_module_is_on() {
    let error = parse(r#"{"enabled":"Yes","userRole":"adminRole"}"#, &own()).unwrap_err();
    assert_eq!((error.code(), error.key()), ("setting_missing", Some("applicationId")));
    let off = parse(r#"{"enabled":"No"}"#, &own()).unwrap();
    assert_eq!(off.gate(), Err(Refusal::ModuleDisabled));
}

#[test]
fn refuses_what_is_no_json_object() {
    for text in ["", "null", "[]", "\"x\"", "{", "{\"enabled\":true,}", "<!doctype html>"] {
        assert_eq!(parse(text, &own()), Err(SettingsError::Malformed), "{text}");
    }
}

#[test]
fn lets_through_from_the_minimum_role_on() {
    // DESIGN section 3, low to high.
    let roles = [
        ("emptyRole", Role::Empty),
        ("anonymousRole", Role::Anonymous),
        ("viewerRole", Role::Viewer),
        ("privateOnlyRole", Role::PrivateOnly),
        ("adminRole", Role::Admin),
        ("unmoderatedAdminRole", Role::UnmoderatedAdmin),
    ];
    for (least, (needed_name, needed)) in roles.into_iter().enumerate() {
        for (rank, (have_name, have)) in roles.into_iter().enumerate() {
            let settings =
                with(&format!(r#""allowedRoles":"{needed_name}","userRole":"{have_name}""#)).unwrap();
            let expected = if rank >= least { Ok(()) } else { Err(Refusal::RoleTooLow { needed, have }) };
            assert_eq!(settings.gate().map(|_| ()), expected, "{needed_name} {have_name}");
        }
    }
}

#[test]
fn counts_an_unknown_role_as_less_than_a_viewer() {
    for needed in [Role::Anonymous, Role::Viewer, Role::Admin] {
        for have in ["AdminRole", "unconfirmedViewerRole", "superAdminRole", "", "partnerRole"] {
            let settings =
                with(&format!(r#""allowedRoles":"{}","userRole":"{have}""#, needed.name())).unwrap();
            assert_eq!(settings.gate().unwrap_err().code(), "role_unknown", "{have}");
        }
    }
}

#[test]
fn refuses_a_person_without_a_role() {
    assert_eq!(with(r#""allowedRoles":"emptyRole""#).unwrap().gate(), Err(Refusal::RoleMissing));
}

#[test]
fn never_repeats_a_pasted_secret() {
    let secret = ["abc8", "Q~", "dEfGhIjKlMnOpQrStUvWxYz0123456789-_"].concat();
    let error = parse(&format!(r#"{{"enabled":true,"applicationId":"{secret}"}}"#), &own()).unwrap_err();
    assert!(error.to_string().contains("•••") && !format!("{error} {error:?}").contains(&secret));
}

proptest! {
    #[test]
    fn never_panics_and_never_shows_more_than_a_line(text in any::<String>()) {
        let json = serde_json::json!({"enabled": true, "applicationId": text}).to_string();
        if let Err(SettingsError::Wrong { value, .. }) = parse(&json, &own()) {
            prop_assert!(value.chars().count() <= 81);
            prop_assert!(!value.contains('\n'));
        }
        let _ = parse(&text, &own());
    }

    #[test]
    fn never_takes_a_graph_base_off_https_and_loopback(host in "[a-z0-9.:@/-]{1,20}") {
        if let Some(base) = GraphBase::parse(&format!("http://{host}/v1.0")) {
            let origin = base.origin().as_str();
            prop_assert!(origin.starts_with("http://localhost") || origin.starts_with("http://127.0.0.1"));
        }
    }
}
