//! Who may not import, and what the administrator has set wrong: each with words of its own, before any sign-in.

use serde_json::{Value, json};

use crate::story::Story;

/// Settings put over the site's, and what the alert says.
fn cases() -> Vec<(&'static str, Value, &'static [&'static str])> {
    vec![
        ("userRole", json!("viewerRole"), &["privateOnlyRole"]),
        ("userRole", json!("kmsGuestLecturer"), &["privateOnlyRole"]),
        ("userRole", Value::Null, &[]),
        ("enabled", json!(false), &["switched off"]),
        ("enabled", json!("No"), &["switched off"]),
        ("enabled", json!("maybe"), &["enabled", "maybe"]),
        ("applicationId", Value::Null, &["applicationId"]),
        ("applicationId", json!("my-app"), &["applicationId", "my-app"]),
        ("allowedRoles", json!("everybody"), &["allowedRoles", "everybody"]),
        ("mediaTypes", json!(["film"]), &["mediaTypes", "film"]),
        ("maxItems", json!(0), &["maxItems", "0"]),
        ("tenant", json!("no tenant"), &["tenant", "no tenant"]),
        ("cloud", json!("moon"), &["cloud", "moon"]),
        ("flow", json!("password"), &["flow", "password"]),
        ("tokenStorage", json!("cookie"), &["tokenStorage", "cookie"]),
        ("theme", json!("pink"), &["theme", "pink"]),
        ("hostOrigins", json!(["not an origin"]), &["hostOrigins", "not an origin"]),
        ("$settings", json!("{not JSON"), &[]),
        ("$settings", json!("[]"), &[]),
        ("$settings", Value::Null, &[]),
    ]
}

#[tokio::test]
async fn says_who_may_not_import_and_what_is_set_wrong() {
    let story = Story::begin().await;
    for (name, value, words) in cases() {
        story.simulator.site().reset();
        story.simulator.site().set(name, value.clone());
        story.visit_picker().await;
        story.browser.see("button", "Copy details").await;
        let said = story.browser.hear("alert", "").await;
        for word in words {
            assert!(said.contains(word), "{name} = {value}: “{word}” is not in “{said}”");
        }
        story.browser.see("button", "Close").await;
        assert!(story.browser.all("button", "Sign in with Microsoft").await.is_empty(), "{name} = {value}");
    }
    assert_eq!(story.simulator.world().log().list().len(), 0, "nobody at Microsoft was asked anything");
}

#[tokio::test]
async fn tells_the_host_why_the_picker_cannot_be_used() {
    let story = Story::begin().await;
    story.simulator.site().set("userRole", "viewerRole");
    let my_media = story.create_from_onedrive().await;
    story.browser.hear("alert", "privateOnlyRole").await;
    story.browser.click("button", "Close").await;
    story.return_when_closed(&my_media, "Nothing was imported.").await;
}
