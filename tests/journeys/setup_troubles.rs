//! The set-up assistant with each registration that is wrong: the check that fails, and the mend that it names.

use onedrive_simulator::APPLICATION_ID;
use onedrive_simulator::identity::{Audience, Registration};

use crate::story::{NOA, Story};

/// One thing that is wrong.
struct Wrong {
    what: &'static str,
    change: fn(&mut Registration),
    account: Option<&'static str>,
    /// What Microsoft's own page says, if nothing comes back from it.
    stuck_at: Option<&'static str>,
    check: &'static str,
    mend: &'static str,
    /// A check that is known to be right all the same.
    proven: Option<&'static str>,
}

const WRONGS: [Wrong; 13] = [
    Wrong {
        what: "another redirect URI",
        change: |one| {
            one.web_redirect_uris = vec!["https://other.example/onedrive/index/blank-page".to_owned()];
        },
        account: None,
        stuck_at: Some("AADSTS50011"),
        check: "Redirect URI",
        mend: "/onedrive/index/blank-page",
        proven: None,
    },
    Wrong {
        what: "a slash at the end of the redirect URI",
        change: |one| one.web_redirect_uris.iter_mut().for_each(|uri| uri.push('/')),
        account: None,
        stuck_at: Some("AADSTS50011"),
        check: "Redirect URI",
        mend: "/onedrive/index/blank-page",
        proven: None,
    },
    Wrong {
        what: "no box for access tokens",
        change: |one| one.enable_access_token_issuance = false,
        account: None,
        stuck_at: None,
        check: "Access tokens",
        mend: "Access tokens",
        proven: Some("Redirect URI"),
    },
    Wrong {
        what: "no box for ID tokens",
        change: |one| one.enable_id_token_issuance = false,
        account: None,
        stuck_at: None,
        check: "ID tokens",
        mend: "ID tokens",
        proven: Some("Redirect URI"),
    },
    Wrong {
        what: "a single tenant",
        change: |one| one.sign_in_audience = Audience::MyOrganization,
        account: None,
        stuck_at: Some("AADSTS50194"),
        check: "Supported account types",
        mend: "any organizational directory",
        proven: None,
    },
    Wrong {
        what: "personal accounts alone",
        change: |one| one.sign_in_audience = Audience::Personal,
        account: None,
        stuck_at: Some("AADSTS9002331"),
        check: "Supported account types",
        mend: "any organizational directory",
        proven: None,
    },
    Wrong {
        what: "an application that is gone",
        change: |one| one.app_id = "00000000-0000-0000-0000-00000000dead".to_owned(),
        account: None,
        stuck_at: Some("AADSTS700016"),
        check: "Tenant and application",
        mend: "applicationId",
        proven: None,
    },
    Wrong {
        what: "no permissions",
        change: |one| one.permissions.clear(),
        account: None,
        stuck_at: Some("AADSTS650056"),
        check: "Granted permissions",
        mend: "Files.Read.All",
        proven: None,
    },
    Wrong {
        what: "an application that is switched off",
        change: |one| one.disabled = true,
        account: Some(NOA),
        stuck_at: Some("AADSTS7000112"),
        check: "Tenant and application",
        mend: "enable sign-in",
        proven: None,
    },
    Wrong {
        what: "nobody assigned to it",
        change: |one| one.assigned_users = Some(Vec::new()),
        account: Some(NOA),
        stuck_at: Some("AADSTS50105"),
        check: "Consent",
        mend: "assign this person",
        proven: None,
    },
    Wrong {
        what: "nobody's consent",
        change: |_| (),
        account: Some("unconsented@faults.example"),
        stuck_at: None,
        check: "Consent",
        mend: "consent",
        proven: Some("Redirect URI"),
    },
    Wrong {
        what: "files that were not granted",
        change: |_| (),
        account: Some("less-scope@faults.example"),
        stuck_at: None,
        check: "Granted permissions",
        mend: "consent",
        proven: Some("ID token is genuine"),
    },
    Wrong {
        what: "a person without OneDrive",
        change: |_| (),
        account: Some("nodrive@openu.example"),
        stuck_at: None,
        check: "The person’s OneDrive",
        mend: "",
        proven: Some("The person"),
    },
];

#[tokio::test]
async fn names_the_check_and_the_mend_of_each_wrong_registration() {
    let story = Story::begin().await;
    story.open_assistant().await;
    story.go_to_the_last_step().await;
    let right = story.simulator.world().directory().registration(APPLICATION_ID).expect("a registration");
    for wrong in WRONGS {
        let directory = story.simulator.world().directory();
        let mut registration = right.clone();
        (wrong.change)(&mut registration);
        if registration.app_id == APPLICATION_ID {
            directory.register(registration);
        } else {
            directory.change_registration(APPLICATION_ID, |one| one.app_id.clone_from(&registration.app_id));
        }
        run(&story, &wrong).await;
        let verdict = story.verdict(wrong.check).await;
        assert!(verdict.contains("Failed") && verdict.contains(wrong.mend), "{}: {verdict}", wrong.what);
        if let Some(proven) = wrong.proven {
            assert!(story.verdict(proven).await.contains("Passed"), "{}: {proven}", wrong.what);
        }
        if let Some(code) = wrong.stuck_at {
            assert!(verdict.contains(code), "{}: {verdict}", wrong.what);
        }
        story.browser.hear("alert", "to be mended").await;
        directory.register(right.clone());
    }
    // And once everything is right, everything is.
    story.check_as(NOA).await;
    story.browser.hear("status", "Everything works").await;
}

async fn run(story: &Story, wrong: &Wrong) {
    let browser = &story.browser;
    if let (Some(account), None) = (wrong.account, wrong.stuck_at) {
        return story.check_as(account).await;
    }
    let assistant = browser.window().await;
    browser.click("button", "/^(Sign in with Microsoft|Check again)$/").await;
    let Some(code) = wrong.stuck_at else { return };
    story.go_to_microsoft().await;
    if let Some(account) = wrong.account {
        story.pick_account(account).await;
    }
    browser
        .eventually(&format!("{code} at Microsoft"), async || {
            browser.text().await.contains(code).then_some(())
        })
        .await;
    browser.driver.close_window().await.expect("the window closes");
    browser.return_to(&assistant).await;
    let field = browser.see("textbox", "/error’s code/").await;
    field.send_keys(format!("{code}: {}", thirtyfour::prelude::Key::Tab.value())).await.expect("keys");
}
