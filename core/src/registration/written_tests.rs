//! What is written for others, held against what those others publish: the options of the Azure CLI
//! (`docs-ref-autogen/Latest-version/latest/ad/app.yml` and its neighbours in MicrosoftDocs/azure-docs-cli), and the
//! resource type `application` of Microsoft Graph v1.0.

use super::*;
use crate::auth::{FilesAccess, Flow};
use crate::settings::Cloud;
use serde_json::Value;
use std::process::Command;

/// A command of the CLI and the options that it takes, without those that all take.
const COMMANDS: [(&str, &[&str]); 7] = [
    ("cloud set", &["--name", "--profile"]),
    ("login", &["--tenant", "--use-device-code", "--allow-no-subscriptions"]),
    (
        "ad app create",
        &[
            "--display-name",
            "--app-roles",
            "--enable-access-token-issuance",
            "--enable-id-token-issuance",
            "--end-date",
            "--identifier-uris",
            "--is-fallback-public-client",
            "--key-display-name",
            "--key-type",
            "--key-usage",
            "--key-value",
            "--optional-claims",
            "--public-client-redirect-uris",
            "--required-resource-accesses",
            "--sign-in-audience",
            "--start-date",
            "--web-home-page-url",
            "--web-redirect-uris",
        ],
    ),
    ("ad app show", &["--id"]),
    ("ad app permission admin-consent", &["--id"]),
    ("ad sp create", &["--id"]),
    (
        "rest",
        &["--uri", "--body", "--headers", "--method", "--output-file", "--resource", "--uri-parameters"],
    ),
];

/// Options of every command.
const GLOBAL: [&str; 5] = ["--output", "--query", "--only-show-errors", "--subscription", "--verbose"];

/// Every registration that the assistant can write.
fn registrations() -> Vec<Registration> {
    let mut all = Vec::new();
    for flow in [Flow::Implicit, Flow::Code] {
        for cloud in [Cloud::Global, Cloud::GccHigh, Cloud::Dod, Cloud::China] {
            for files in [FilesAccess::All, FilesAccess::Own] {
                let site = read_site("https://media.example").unwrap().site;
                let mut registration = Registration::new(site);
                registration.set_name("It's \"the\" picker; $(echo no) `no`");
                (registration.flow, registration.cloud, registration.files) = (flow, cloud, files);
                all.push(registration);
            }
        }
    }
    all
}

/// Runs a script with a CLI that notes how it is called, and says how; `@file` is replaced by the file's text.
fn calls(script: &str) -> Vec<Vec<String>> {
    let stub = r#"az() {
        local word
        for word in "$@"; do
            case "$word" in @*) word="@$(cat "${word#@}")" ;; esac
            printf '%s\0' "$word" >&2
        done
        printf '\1\0' >&2
        echo 3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046
    }
"#;
    let checked = Command::new("bash").args(["-n", "-c", script]).output().unwrap();
    assert!(checked.status.success(), "{script}\n{}", String::from_utf8_lossy(&checked.stderr));
    let body = script.strip_prefix("#!/usr/bin/env bash\n").unwrap_or(script);
    let output = Command::new("bash").args(["-c", &[stub, body].concat()]).output().unwrap();
    assert!(output.status.success(), "{script}\n{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stderr).unwrap();
    let calls = said.split("\u{1}\0").filter(|call| !call.is_empty());
    calls.map(|call| call.trim_end_matches('\0').split('\0').map(str::to_owned).collect()).collect()
}

/// The command and the options of a call, each with its value.
fn read_call(call: &[String]) -> (String, Vec<(&str, &str)>) {
    let end = call.iter().position(|word| word.starts_with("--")).unwrap_or(call.len());
    let mut options = Vec::new();
    let mut words = call[end..].iter();
    while let Some(option) = words.next() {
        assert!(option.starts_with("--"), "{option} belongs to no option: {call:?}");
        options.push((option.as_str(), words.next().map_or("", String::as_str)));
    }
    (call[..end].join(" "), options)
}

#[test]
fn calls_the_cli_as_it_is_documented() {
    for registration in registrations() {
        let script = registration.az_script();
        let mut names = Vec::new();
        for call in calls(&script) {
            let (command, options) = read_call(&call);
            let (_, known) = COMMANDS.iter().find(|(name, _)| *name == command).unwrap_or_else(|| {
                panic!("az {command} is no command that is documented");
            });
            for (option, value) in &options {
                assert!(known.contains(option) || GLOBAL.contains(option), "az {command} has no {option}");
                match *option {
                    "--enable-id-token-issuance" | "--enable-access-token-issuance" => {
                        assert_eq!(*value, "true");
                    }
                    "--required-resource-accesses" => {
                        shape(
                            &ACCESS,
                            &serde_json::from_str(value.trim_start_matches('@')).unwrap(),
                            "access",
                        );
                    }
                    "--display-name" => assert_eq!(*value, registration.name()),
                    "--web-redirect-uris" => assert_eq!(*value, registration.redirect_uri()),
                    "--method" => assert_eq!(*value, "PATCH"),
                    "--body" => {
                        shape(&APPLICATION, &serde_json::from_str(value).unwrap(), "application");
                    }
                    _ => assert!(!value.is_empty(), "az {command} {option}"),
                }
            }
            names.push(command);
        }
        assert!(names.ends_with(&["ad sp create".to_owned(), "ad app permission admin-consent".to_owned()]));
    }
}

#[test]
fn writes_an_opt_out_that_the_shell_and_the_cli_read() {
    let registration = Registration::new(read_site("https://media.example").unwrap().site);
    let script = registration.coop_opt_out().unwrap().az_script;
    let script = format!("application_id=1\n{script}");
    let commands: Vec<String> = calls(&script).iter().map(|call| read_call(call).0).collect();
    assert_eq!(commands, ["ad app show", "rest"]);
}

/// What a value of Graph's may be.
enum Shape {
    Text,
    Flag,
    Guid,
    OneOf(&'static [&'static str]),
    List(&'static Shape),
    /// Members that there may be.
    Object(&'static [(&'static str, Shape)]),
}

/// `requiredResourceAccess` of `application`: the types `requiredResourceAccess` and `resourceAccess`.
static ACCESS: Shape = Shape::List(&Shape::Object(&[
    ("resourceAppId", Shape::Guid),
    (
        "resourceAccess",
        Shape::List(&Shape::Object(&[("id", Shape::Guid), ("type", Shape::OneOf(&["Scope", "Role"]))])),
    ),
]));

static IMPLICIT: &[(&str, Shape)] =
    &[("enableIdTokenIssuance", Shape::Flag), ("enableAccessTokenIssuance", Shape::Flag)];

/// The members of `application` that a registration may set (Graph v1.0, resource types `application`,
/// `webApplication`, `spaApplication`, `implicitGrantSettings`).
static APPLICATION: Shape = Shape::Object(&[
    ("displayName", Shape::Text),
    (
        "signInAudience",
        Shape::OneOf(&[
            "AzureADMyOrg",
            "AzureADMultipleOrgs",
            "AzureADandPersonalMicrosoftAccount",
            "PersonalMicrosoftAccount",
        ]),
    ),
    (
        "requiredResourceAccess",
        Shape::List(&Shape::Object(&[
            ("resourceAppId", Shape::Guid),
            (
                "resourceAccess",
                Shape::List(&Shape::Object(&[
                    ("id", Shape::Guid),
                    ("type", Shape::OneOf(&["Scope", "Role"])),
                ])),
            ),
        ])),
    ),
    (
        "web",
        Shape::Object(&[
            ("homePageUrl", Shape::Text),
            ("logoutUrl", Shape::Text),
            ("redirectUris", Shape::List(&Shape::Text)),
            ("implicitGrantSettings", Shape::Object(IMPLICIT)),
        ]),
    ),
    ("spa", Shape::Object(&[("redirectUris", Shape::List(&Shape::Text))])),
]);

/// Panics where a value does not have the shape.
fn shape(shape_of: &Shape, value: &Value, place: &str) {
    let text = value.as_str();
    let fits = match shape_of {
        Shape::Text => text.is_some_and(|text| !text.is_empty() && text.chars().count() <= 256),
        Shape::Flag => value.is_boolean(),
        Shape::Guid => text.is_some_and(|text| {
            let groups: Vec<usize> = text.split('-').map(str::len).collect();
            groups == [8, 4, 4, 4, 12] && text.bytes().all(|one| one.is_ascii_hexdigit() || one == b'-')
        }),
        Shape::OneOf(known) => text.is_some_and(|text| known.contains(&text)),
        Shape::List(of) => value.as_array().is_some_and(|list| {
            list.iter().for_each(|one| shape(of, one, place));
            !list.is_empty()
        }),
        Shape::Object(members) => value.as_object().is_some_and(|object| {
            for (key, value) in object {
                let (_, of) = members
                    .iter()
                    .find(|(known, _)| known == key)
                    .unwrap_or_else(|| panic!("{place} has no member {key}"));
                shape(of, value, key);
            }
            true
        }),
    };
    assert!(fits, "{place}: {value}");
}

#[test]
fn writes_json_in_the_shape_that_graph_publishes() {
    for registration in registrations() {
        let application: Value = serde_json::from_str(&registration.graph_application_json()).unwrap();
        shape(&APPLICATION, &application, "application");
        for required in ["displayName", "signInAudience", "requiredResourceAccess"] {
            assert!(application.get(required).is_some(), "{required}");
        }
        assert!(application.get("web").is_some() != application.get("spa").is_some());
    }
}

/// The portal's manifest is the older format (reference `entra-sign-in`, section 10).
#[test]
fn writes_a_manifest_with_the_keys_of_the_portal() {
    const KEYS: [&str; 7] = [
        "name",
        "signInAudience",
        "availableToOtherTenants",
        "oauth2AllowIdTokenImplicitFlow",
        "oauth2AllowImplicitFlow",
        "replyUrlsWithType",
        "requiredResourceAccess",
    ];
    for registration in registrations() {
        let manifest: Value = serde_json::from_str(&registration.portal_manifest_json()).unwrap();
        let keys: Vec<&String> = manifest.as_object().unwrap().keys().collect();
        assert!(keys.iter().all(|key| KEYS.contains(&key.as_str())) && keys.len() == KEYS.len(), "{keys:?}");
        shape(&ACCESS, &manifest["requiredResourceAccess"], "requiredResourceAccess");
        assert_eq!(manifest["oauth2AllowImplicitFlow"].as_bool(), Some(registration.ticks_tokens()));
    }
}
