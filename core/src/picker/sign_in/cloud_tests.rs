//! Each national cloud has a login host, a Graph host and scopes of its own (reference `entra-sign-in`, section 11).

use super::*;
use crate::auth::testing::CLIENT_ID;
use crate::graph::{GraphBase, build_me};
use crate::picker::ports::EntropyError;
use crate::web::{Origin, encode_component};
use serde_json::json;

/// The setting, the login host, the Graph host.
const CLOUDS: [(&str, &str, &str); 4] = [
    ("global", "login.microsoftonline.com", "graph.microsoft.com"),
    ("gcc-high", "login.microsoftonline.us", "graph.microsoft.us"),
    ("dod", "login.microsoftonline.us", "dod-graph.microsoft.us"),
    ("china", "login.partner.microsoftonline.cn", "microsoftgraph.chinacloudapi.cn"),
];

struct Dice;

impl Entropy for Dice {
    fn random(&self) -> Result<[u8; 32], EntropyError> {
        Ok([4; 32])
    }
}

fn settings(members: &serde_json::Value) -> Settings {
    let mut object = json!({"enabled": true, "applicationId": CLIENT_ID, "userRole": "adminRole"});
    object.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    crate::settings::parse(&object.to_string(), &Origin::parse("https://media.example").unwrap()).unwrap()
}

fn sign_in(settings: &Settings) -> SignIn {
    SignIn::new(settings, settings.gate().unwrap(), FilesAccess::All)
}

#[test]
fn each_cloud_asks_its_own_login_host_for_scopes_of_its_own_graph() {
    for (cloud, login, graph) in CLOUDS {
        let settings = settings(&json!({"cloud": cloud}));
        let sign_in = sign_in(&settings);
        let url = sign_in.begin(&Hints::default(), &Dice).unwrap().url().to_owned();
        assert!(url.starts_with(&format!("https://{login}/organizations/oauth2/v2.0/authorize?")), "{url}");
        for scope in ["Files.Read.All", "User.Read"] {
            let scope = encode_component(&format!("https://{graph}/{scope}"));
            assert!(url.contains(&scope), "{cloud}: {scope} in {url}");
            assert!(sign_in.admin_consent_url().contains(&scope), "{cloud}");
        }
        assert_eq!(
            url.matches("https%3A%2F%2F").count(),
            3,
            "{cloud}: two scopes and the redirect URI: {url}"
        );
        assert!(
            sign_in
                .admin_consent_url()
                .starts_with(&format!("https://{login}/organizations/v2.0/adminconsent?"))
        );
        let base = GraphBase::parse(settings.graph_base.as_str()).unwrap();
        assert!(build_me(&base).url.starts_with(&format!("https://{graph}/v1.0/me")), "{cloud}");
        assert_eq!(settings.cloud.graph_resource(), format!("https://{graph}"), "what a host is asked for");
    }
}

#[test]
fn other_addresses_leave_the_scopes_with_the_cloud() {
    let elsewhere = settings(&json!({
        "cloud": "china", "loginBaseUrl": "http://localhost:4181", "graphBaseUrl": "http://localhost:4182/v1.0"
    }));
    let url = sign_in(&elsewhere).begin(&Hints::default(), &Dice).unwrap().url().to_owned();
    assert!(url.starts_with("http://localhost:4181/organizations/"), "{url}");
    assert!(
        url.contains(&encode_component("https://microsoftgraph.chinacloudapi.cn/Files.Read.All")),
        "{url}"
    );
    assert_eq!(elsewhere.graph_base.as_str(), "http://localhost:4182/v1.0");
}
