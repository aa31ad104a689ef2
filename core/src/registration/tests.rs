//! Everything that is written from the model, and what the live check makes of a sign-in.

use super::*;
use crate::auth::{AdminAction, FilesAccess, Flow, SignInError, State, Tenant, parse_authorize_response};
use crate::registration::permission::GRAPH_APP_ID;
use crate::settings::{Cloud, Role};
use crate::web::{Origin, encode_component};
use serde_json::{Value, json};

fn registration() -> Registration {
    Registration::new(read_site("https://media.example").unwrap().site)
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn writes_the_application_of_the_reference() {
    assert_eq!(
        parsed(&registration().graph_application_json()),
        json!({
            "displayName": "Kaltura OneDrive integration", "signInAudience": "AzureADMultipleOrgs",
            "web": {
                "redirectUris": ["https://media.example/onedrive/index/blank-page"],
                "implicitGrantSettings": {"enableIdTokenIssuance": true, "enableAccessTokenIssuance": true}
            },
            "requiredResourceAccess": [{"resourceAppId": "00000003-0000-0000-c000-000000000000", "resourceAccess": [
                {"id": "df85f4d6-205c-4ac5-a5ea-6bf408dba283", "type": "Scope"},
                {"id": "37f7f235-527c-4136-accd-4a02d197296e", "type": "Scope"},
                {"id": "14dad69e-099b-42c9-810b-d002981feec1", "type": "Scope"},
                {"id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "type": "Scope"}
            ]}]
        })
    );
}

#[test]
fn writes_the_portal_manifest() {
    let manifest = parsed(&registration().portal_manifest_json());
    assert_eq!(manifest["oauth2AllowIdTokenImplicitFlow"], true);
    assert_eq!(manifest["oauth2AllowImplicitFlow"], true);
    assert_eq!(manifest["signInAudience"], "AzureADMultipleOrgs");
    assert_eq!(
        manifest["replyUrlsWithType"],
        json!([{"url": "https://media.example/onedrive/index/blank-page", "type": "Web"}])
    );
    let access = parsed(&registration().graph_application_json())["requiredResourceAccess"].clone();
    assert_eq!(manifest["requiredResourceAccess"], access);
}

#[test]
fn asks_for_files_read_only_in_the_variant_for_own_files() {
    let mut registration = registration();
    registration.files = FilesAccess::Own;
    let text = registration.graph_application_json();
    assert!(text.contains("10465720-29dd-4523-a11a-6a75c743c9d9"));
    assert!(!text.contains("df85f4d6-205c-4ac5-a5ea-6bf408dba283"));
}

#[test]
fn never_names_the_application_role_that_some_scripts_confuse_with_a_scope() {
    for files in [FilesAccess::All, FilesAccess::Own] {
        for permission in Permission::for_access(files) {
            assert_ne!(permission.id(), "75359482-378d-4052-8f01-80520e7db3cd");
        }
    }
}

#[test]
fn registers_the_single_page_platform_for_the_code_flow() {
    let mut registration = registration();
    registration.flow = Flow::Code;
    let application = parsed(&registration.graph_application_json());
    assert_eq!(
        application["spa"],
        json!({"redirectUris": ["https://media.example/onedrive/index/blank-page"]})
    );
    assert!(application.get("web").is_none());
    let script = registration.az_script();
    assert!(!script.contains("--web-redirect-uris") && !script.contains("issuance"), "{script}");
    assert!(script.contains("az rest --method PATCH"), "{script}");
}

#[test]
fn writes_a_script_without_a_secret() {
    let script = registration().az_script();
    for line in [
        "--display-name 'Kaltura OneDrive integration'",
        "--sign-in-audience AzureADMultipleOrgs",
        "--web-redirect-uris 'https://media.example/onedrive/index/blank-page'",
        "--enable-id-token-issuance true --enable-access-token-issuance true",
        "--required-resource-accesses \"@$permissions\"",
        "az ad sp create --id \"$application_id\"",
        "az ad app permission admin-consent --id \"$application_id\"",
    ] {
        assert!(script.contains(line), "{line}\n{script}");
    }
    assert!(!script.contains("credential") && !script.contains("secret"));
    let permissions = script.split("<<'JSON'\n").nth(1).unwrap().split("\nJSON\n").next().unwrap();
    assert_eq!(parsed(permissions)[0]["resourceAppId"], GRAPH_APP_ID);
}

#[test]
fn keeps_a_hostile_name_inside_its_quotes() {
    let mut registration = registration();
    registration.set_name("x'; rm -rf / #\n$(id)");
    assert_eq!(registration.name(), "x'; rm -rf / # $(id)");
    assert!(registration.az_script().contains(r"--display-name 'x'\''; rm -rf / # $(id)' \"));
    registration.set_name(" \n");
    assert_eq!(registration.name(), Registration::DEFAULT_NAME);
    registration.set_name(&["abc8", "Q~", "dEfGhIjKlMnOpQrStUvWxYz0123456789-_"].concat());
    assert_eq!(registration.name(), Registration::DEFAULT_NAME);
}

/// The shell itself reads the script (`sh -n`), and finds the words that were meant.
#[test]
fn writes_what_a_shell_can_read() {
    for flow in [Flow::Implicit, Flow::Code] {
        for cloud in [Cloud::Global, Cloud::China] {
            let mut registration = registration();
            registration.set_name("It's \"the\" picker; $(echo no) `no`");
            (registration.flow, registration.cloud) = (flow, cloud);
            let stub = "az() { printf '%s\\n' \"$@\" >&2; echo 3f2a9c1e; }\n";
            let script = registration.az_script().replacen("\n\n", &format!("\n{stub}\n"), 1);
            let output = std::process::Command::new("bash").args(["-c", &script]).output().unwrap();
            assert!(output.status.success(), "{script}");
            let words = String::from_utf8(output.stderr).unwrap();
            assert!(words.lines().any(|word| word == registration.name()), "{words}");
            assert!(words.contains("https://media.example/onedrive/index/blank-page"), "{words}");
        }
    }
}

#[test]
fn offers_the_coop_opt_out_in_the_global_cloud_only() {
    let mut registration = registration();
    let opt_out = registration.coop_opt_out().unwrap();
    assert_eq!(parsed(opt_out.body), json!({"coopEnforcement": false}));
    assert!(opt_out.az_script.contains(opt_out.body));
    registration.cloud = Cloud::GccHigh;
    assert_eq!(registration.coop_opt_out(), None);
}

#[test]
fn writes_the_consent_link_of_the_cloud() {
    let mut registration = registration();
    registration.cloud = Cloud::China;
    let client_id = read_application_id("3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046").unwrap();
    let url = registration.admin_consent_url(&client_id, &Tenant::Common);
    assert!(
        url.starts_with("https://login.partner.microsoftonline.cn/organizations/v2.0/adminconsent?"),
        "{url}"
    );
    assert!(url.contains("scope=https%3A%2F%2Fmicrosoftgraph.chinacloudapi.cn%2FFiles.Read.All%20"), "{url}");
}

#[test]
fn writes_settings_that_the_picker_reads() {
    let client_id = read_application_id("3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046").unwrap();
    let module = ModuleSettings {
        application_id: client_id.clone(),
        allowed_roles: Role::Admin,
        tenant: Tenant::Domain("contoso.com".into()),
        cloud: Cloud::GccHigh,
        flow: Flow::Code,
        files: FilesAccess::Own,
    };
    let own = Origin::parse("https://media.example").unwrap();
    let settings = crate::settings::parse(&module.settings_json(), &own).unwrap();
    assert!(settings.enabled);
    assert_eq!(settings.application_id, Some(client_id));
    assert_eq!(
        (settings.allowed_roles, settings.cloud, settings.flow),
        (Role::Admin, Cloud::GccHigh, Flow::Code)
    );
    assert_eq!(settings.files, FilesAccess::Own);
    assert_eq!(settings.tenant, module.tenant);
    let block = module.settings_block();
    let inside = block.split_once('>').unwrap().1.split_once("</script>").unwrap().0;
    assert_eq!(parsed(inside), parsed(&module.settings_json()));
    assert_eq!(module.console_fields()[1], ("allowedRoles", "adminRole"));
}

fn refusal(aadsts: u32, error: &str) -> SignInError {
    let state = State::from_random(&[1; 32]);
    let description = encode_component(&format!("AADSTS{aadsts}: text"));
    let fragment = format!("#error={error}&error_description={description}&state={}", state.secret());
    parse_authorize_response(&fragment, &state, Flow::Implicit).unwrap_err()
}

#[test]
fn blames_the_right_check_and_says_how_to_mend_it() {
    for (aadsts, error, check, mend) in [
        (700_054, "unsupported_response_type", CheckName::IdTokens, AdminAction::TickIdTokens),
        (700_051, "unsupported_response_type", CheckName::AccessTokens, AdminAction::TickAccessTokens),
        (65_001, "consent_required", CheckName::Consent, AdminAction::GrantConsent),
        (90_094, "access_denied", CheckName::Consent, AdminAction::GrantConsent),
        (50_194, "invalid_request", CheckName::Audience, AdminAction::MakeMultiTenant),
        (9_002_331, "invalid_request", CheckName::Audience, AdminAction::MakeMultiTenant),
        (700_016, "unauthorized_client", CheckName::Tenant, AdminAction::CorrectApplicationId),
        (650_056, "invalid_client", CheckName::GrantedScopes, AdminAction::AddPermissions),
    ] {
        let mut diagnosis = Diagnosis::default();
        diagnosis.note_sign_in_error(&refusal(aadsts, error));
        let expected = CheckState::Failed { mend: Mend::Azure(mend), code: format!("AADSTS{aadsts}") };
        assert_eq!(diagnosis.state(check), &expected, "{aadsts}");
        assert_eq!(diagnosis.state(CheckName::RedirectUri), &CheckState::Passed, "{aadsts}");
        assert_eq!(diagnosis.state(CheckName::Me), &CheckState::NotReachable);
        assert_eq!(diagnosis.blocked_by(CheckName::Me), Some(check));
        assert_eq!(diagnosis.state(CheckName::Popups), &CheckState::Waiting);
    }
}

#[test]
fn takes_a_code_from_microsofts_own_page() {
    let mut diagnosis = Diagnosis::default();
    diagnosis.note_stuck(50_011);
    let mend = Mend::Azure(AdminAction::AddRedirectUri);
    assert_eq!(
        diagnosis.state(CheckName::RedirectUri),
        &CheckState::Failed { mend, code: "AADSTS50011".into() }
    );
    assert_eq!(diagnosis.passed(), 0);
    diagnosis.note_silence();
    assert_eq!(
        diagnosis.state(CheckName::RedirectUri),
        &CheckState::Failed { mend, code: "no_answer".into() }
    );
}

#[test]
fn proves_as_much_as_a_failure_tells() {
    let mut diagnosis = Diagnosis::default();
    diagnosis.note_sign_in_error(&SignInError::IdTokenExpired { seconds: 400 });
    assert!(matches!(diagnosis.state(CheckName::Clock), CheckState::Failed { mend: Mend::SetClock, .. }));
    assert_eq!(diagnosis.state(CheckName::Consent), &CheckState::Passed);
    assert_eq!(diagnosis.state(CheckName::IdToken), &CheckState::NotReachable);

    diagnosis.note_sign_in_error(&SignInError::ScopeNotGranted { missing: vec!["Files.Read.All"] });
    assert_eq!(diagnosis.state(CheckName::IdToken), &CheckState::Passed);
    assert!(matches!(diagnosis.state(CheckName::GrantedScopes), CheckState::Failed { .. }));

    diagnosis.note_sign_in();
    assert_eq!(diagnosis.passed(), 9);
}

#[test]
fn reports_names_states_and_codes() {
    let mut diagnosis = Diagnosis::default();
    diagnosis.note_sign_in_error(&refusal(65_001, "consent_required"));
    let report = diagnosis.report("2026-11-23T05:55:00Z", "https://media.example");
    assert!(report.contains("\nconsent: failed, AADSTS65001\n"), "{report}");
    assert!(
        report.contains("\nredirect_uri: passed\n") && report.contains("\npopups: not run\n"),
        "{report}"
    );
}
