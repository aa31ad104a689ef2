//! A release on real web servers, with the configurations that it ships: `check-site` finds nothing to mend, and the
//! picker works there without a violation of its policy.

use onedrive_simulator::{APPLICATION_ID, Options, Origins, Simulator};
use serde_json::{Value, json};
use tokio::process::Command;

use crate::browser::Browser;
use crate::engine::Look;
use crate::files::{copy_folder, dist, host, release, root, server_programs, temporary};
use crate::servers::{Kind, Server};
use crate::story::{NOA, Story};

/// Runs `cargo xtask check-site`. Says whether it was content, and what it printed.
async fn check_site(arguments: &[&str]) -> (bool, String) {
    let mut cargo = Command::new("cargo");
    cargo.args(["run", "--quiet", "--package", "xtask", "--", "check-site"]).args(arguments);
    let output = cargo.current_dir(root()).output().await.expect("cargo runs");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// The settings of a site that plays with the simulator's Microsoft.
fn settings(origins: &Origins) -> Value {
    json!({
        "enabled": true, "applicationId": APPLICATION_ID, "userRole": "adminRole",
        "loginBaseUrl": origins.identity, "graphBaseUrl": origins.graph_base(),
    })
}

#[tokio::test]
async fn each_server_passes_the_check_as_it_is_configured() {
    let settings =
        json!({"enabled": true, "applicationId": APPLICATION_ID, "userRole": "adminRole"}).to_string();
    for kind in Kind::ALL {
        let server = Server::start(kind, &settings, &[]);
        let (is_right, said) = check_site(&[&server.origin]).await;
        assert!(is_right, "{kind:?}:\n{said}\n{}", server.logs());
        for what in [
            "POST answers with the same page",
            "/picker answers",
            "FilePicker.aspx answers",
            ".wasm: type, caching",
        ] {
            assert!(said.contains(what), "{kind:?}: {what}\n{said}");
        }
        // A page for other hosts is another policy.
        let (is_right, said) = check_site(&[&server.origin, "--host-origin", "https://other.example"]).await;
        assert!(!is_right && said.contains("https://other.example may not frame it"), "{kind:?}:\n{said}");
    }
}

#[tokio::test]
async fn the_check_says_what_is_wrong_with_a_site_that_is_configured_otherwise() {
    let simulator = Simulator::start(Options::for_tests(dist(), host())).await.expect("free ports");
    let (is_right, said) = check_site(&[&simulator.picker()]).await;
    assert!(!is_right);
    for wrong in ["its policy lets foreign scripts run", "its Permissions-Policy is", "not compressed by br"]
    {
        assert!(said.contains(wrong), "{wrong}\n{said}");
    }
    let (is_right, said) = check_site(&[&simulator.my_media()]).await;
    assert!(!is_right && said.contains("it answers with another page"), "{said}");
}

#[tokio::test]
async fn no_server_logs_what_a_host_sends() {
    for kind in Kind::ALL {
        let server = Server::start(kind, "{}", &[]);
        let answer =
            server.post("/onedrive/index/blank-page?filePicker=secret-options", "access_token=secret-token");
        assert!(answer.starts_with("HTTP/1.1 200"), "{kind:?}: {answer}");
        let logs = server.logs();
        assert!(!logs.contains("secret"), "{kind:?}:\n{logs}");
    }
}

/// Error logs have lines of their own for what is refused, with the whole address and the referrer. What is no request to
/// the picker (malformed, longer than any) is the site's own to log.
#[tokio::test]
async fn no_server_logs_what_a_host_sends_when_it_refuses_it() {
    let long = "x".repeat(300);
    let page = "/onedrive/index/blank-page";
    let refused = [
        ("DELETE", page.to_owned(), 0),
        ("POST", "/_layouts/15/FilePicker.aspx".to_owned(), 2 << 20),
        ("POST", "/picker".to_owned(), 2 << 20),
        ("POST", page.to_owned(), 300 << 10),
        ("POST", "/onedrive/index/setup".to_owned(), 2 << 20),
        ("GET", "/onedrive/index/nothing-here.js".to_owned(), 0),
        ("GET", format!("/onedrive/index/{long}"), 0),
        ("DELETE", "/onedrive/index/host/onedrive-picker.js".to_owned(), 0),
    ];
    for kind in Kind::ALL {
        let server = Server::start(kind, "{}", &[]);
        let mut refusals = 0;
        for (method, path, length) in &refused {
            let asked = format!("{path}?filePicker=secret-options");
            let answer = server.send(method, &asked, &"-".repeat(*length));
            refusals += usize::from(answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 5"));
            let logs = server.logs();
            assert!(!logs.contains("secret"), "{kind:?}: {method} {path}:\n{logs}");
        }
        // What a server logs after its answer is there when it has answered once more.
        server.send("GET", "/onedrive/index/setup", "");
        let logs = server.logs();
        assert!(!logs.contains("secret"), "{kind:?}:\n{logs}");
        assert!(refusals >= 3, "{kind:?} refuses {refusals} of these alone");
    }
}

/// A hundred `selection.sourceItems` are 15 kB as JSON and twice that in an address; the most is 64 kB of JSON.
#[tokio::test]
async fn each_server_takes_options_as_long_as_the_picker_does() {
    let options = "%22".repeat(64 * 1024);
    for kind in Kind::ALL {
        let server = Server::start(kind, "{}", &[]);
        let answer = server.post(&format!("/_layouts/15/FilePicker.aspx?filePicker={options}"), "");
        assert!(
            answer.starts_with("HTTP/1.1 200"),
            "{kind:?}: {}",
            answer.lines().next().unwrap_or_default()
        );
    }
}

#[tokio::test]
async fn the_picker_works_on_each_server_under_the_shipped_policy() {
    for kind in Kind::ALL {
        let browser = Browser::start(Look::default()).await;
        let simulator = Simulator::start(Options::for_tests(dist(), host())).await.expect("free ports");
        let origins = simulator.origins().clone();
        let server = Server::start(
            kind,
            &settings(&origins).to_string(),
            &[
                ("https://graph.microsoft.com", &origins.graph),
                ("https://login.microsoftonline.com", &origins.identity),
                ("https://*.sharepoint.com", &origins.downloads),
            ],
        );
        let uri = format!("{}/onedrive/index/blank-page", server.origin);
        simulator.world().directory().change_registration(APPLICATION_ID, |registration| {
            registration.web_redirect_uris.push(uri.clone());
        });
        let story = Story::of(browser, simulator);
        story.browser.visit(&format!("{uri}?filePicker=%7B%7D")).await;
        story.sign_in(NOA).await;
        story.browser.see("row", "/^Campus/").await;
        story.open_folder("Teaching").await;
        story.open_folder("Signals and Systems").await;
        story.choose("Whiteboard 2026-11-09.jpg").await;
        let traffic = story.browser.traffic().await;
        assert!(traffic[&server.origin]["requests"].as_u64().is_some_and(|count| count < 10), "{traffic}");
        story.browser.see_no_violation().await;

        story.browser.visit(&format!("{}/onedrive/index/setup", server.origin)).await;
        story.go_to_the_last_step().await;
        story.check_as(NOA).await;
        story.browser.hear("status", "Everything works").await;
        assert_eq!(story.browser.reported_violations().await, [""; 0], "{kind:?}");
    }
}

#[tokio::test]
async fn the_page_finds_its_assets_at_each_address_and_by_its_base_element() {
    let browser = Browser::start(Look::default()).await;
    let settings =
        json!({"enabled": true, "applicationId": APPLICATION_ID, "userRole": "adminRole"}).to_string();
    let server = Server::start(Kind::Nginx, &settings, &[]);
    let loaded = "return performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname) \
        .filter((path) => path.endsWith('.wasm'))";
    for address in ["/onedrive/index/blank-page", "/_layouts/15/FilePicker.aspx", "/picker"] {
        browser.visit(&format!("{}{address}?filePicker=%7B%7D", server.origin)).await;
        browser.see("button", "Sign in with Microsoft").await;
        let paths: Vec<String> = browser.ask(loaded).await;
        assert!(!paths.is_empty(), "{address}");
        assert!(paths.iter().all(|path| path.starts_with("/onedrive/index/")), "{paths:?}");
    }
    // As a site whose assets lie under a build number.
    let site = server.site();
    copy_folder(&site, &site.with_file_name("moved"));
    std::fs::rename(site.with_file_name("moved"), site.join("build-7")).expect("a folder");
    let page = std::fs::read_to_string(site.join("index.html")).expect("the page");
    let page = page.replacen("<head>", "<head><base href=\"/onedrive/index/build-7/\">", 1);
    std::fs::write(site.join("index.html"), page).expect("the page");
    browser.visit(&format!("{}/picker?filePicker=%7B%7D", server.origin)).await;
    browser.see("button", "Sign in with Microsoft").await;
    let paths: Vec<String> = browser.ask(loaded).await;
    assert!(
        !paths.is_empty() && paths.iter().all(|path| path.starts_with("/onedrive/index/build-7/")),
        "{paths:?}"
    );
    assert_eq!(browser.reported_violations().await, [""; 0]);
}

/// The container's own configuration around the tested one, as Caddy reads it; and its recipe names what a release has.
#[tokio::test]
async fn the_container_is_made_of_what_a_release_holds() {
    let recipe = std::fs::read_to_string(release().join("deploy/container/Containerfile")).expect("a recipe");
    let copied = recipe.lines().filter_map(|line| line.strip_prefix("COPY "));
    let mut sources: Vec<&str> =
        copied.flat_map(|line| line.split(' ')).filter(|word| !word.starts_with('/')).collect();
    sources.sort_unstable();
    assert_eq!(sources, ["deploy/caddy/onedrive-picker.caddy", "deploy/container/Caddyfile", "site"]);
    assert!(sources.iter().all(|source| release().join(source).exists()));

    let server = Server::start(Kind::Container, "{}", &[]);
    let healthy = recipe.lines().find_map(|line| line.strip_prefix("HEALTHCHECK CMD ")).expect("a check");
    let words: Vec<String> = serde_json::from_str(healthy).expect("words");
    let asked = words.last().and_then(|url| url.strip_prefix("http://127.0.0.1:8080")).expect("its own port");
    assert!(server.send("GET", asked, "").starts_with("HTTP/1.1 200"), "{}", server.logs());

    let snippet = release().join("deploy/caddy/onedrive-picker.caddy");
    let text =
        std::fs::read_to_string(release().join("deploy/container/Caddyfile")).expect("a configuration");
    let text = text.replace("/etc/caddy/onedrive-picker.caddy", &snippet.display().to_string());
    let file = temporary("Caddyfile");
    std::fs::write(&file, text).expect("a file");
    let mut caddy = Command::new(server_programs().join("usr/bin/caddy"));
    let output = caddy.args(["validate", "--adapter", "caddyfile", "--config"]).arg(&file).output().await;
    let output = output.expect("caddy runs");
    std::fs::remove_file(&file).expect("the file");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
