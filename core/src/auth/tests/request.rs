//! The authorization request, held against the crate `oauth2`.

use crate::auth::testing::{CLIENT_ID, authority, client_id};
use crate::auth::*;
use crate::web::decode_component;
use oauth2::basic::BasicClient;
use oauth2::{AuthUrl, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, ResponseType, Scope};

const REDIRECT: &str = "https://media.example/onedrive/index/blank-page";

fn scopes() -> Scopes {
    Scopes::new("https://graph.microsoft.com", FilesAccess::All)
}

fn build(verifier: Option<&CodeVerifier>, hints: &Hints) -> String {
    let challenge = verifier.map(CodeChallenge::of);
    build_authorize_url(&AuthorizeRequest {
        authority: &authority("organizations"),
        client_id: &client_id(),
        redirect_uri: REDIRECT,
        scopes: &scopes(),
        challenge: challenge.as_ref(),
        state: &State::from_random(&[1; 32]),
        nonce: &Nonce::from_random(&[2; 32]),
        hints,
    })
}

/// The decoded parameters, sorted.
fn parameters(url: &str) -> Vec<(String, String)> {
    let (_, query) = url.split_once('?').unwrap();
    let mut parameters: Vec<(String, String)> = query
        .split('&')
        .map(|pair| pair.split_once('=').unwrap())
        .map(|(name, value)| (decode_component(name).unwrap(), decode_component(value).unwrap()))
        .collect();
    parameters.sort();
    parameters
}

#[test]
fn asks_as_the_oauth2_crate_would() {
    let hints = Hints {
        prompt: Some(Prompt::SelectAccount),
        login_hint: Some("dana+é@contoso.com".into()),
        domain_hint: Some("organizations".into()),
        claims: Some(r#"{"access_token":{"nbf":{"essential":true,"value":"1"}}}"#.into()),
    };
    let verifier = CodeVerifier::from_random(&[3; 32]);
    for verifier in [None, Some(&verifier)] {
        let client = BasicClient::new(oauth2::ClientId::new(CLIENT_ID.into()))
            .set_auth_uri(
                AuthUrl::new("https://login.example/organizations/oauth2/v2.0/authorize".into()).unwrap(),
            )
            .set_redirect_uri(RedirectUrl::new(REDIRECT.into()).unwrap());
        let request = client
            .authorize_url(|| CsrfToken::new(State::from_random(&[1; 32]).secret().into()))
            .add_scopes(scopes().list().map(Scope::new))
            .add_extra_param("nonce", Nonce::from_random(&[2; 32]).secret().to_owned())
            .add_extra_param("response_mode", "fragment")
            .add_extra_param("prompt", "select_account")
            .add_extra_param("login_hint", hints.login_hint.clone().unwrap())
            .add_extra_param("domain_hint", "organizations")
            .add_extra_param("claims", hints.claims.clone().unwrap());
        let request = match verifier {
            None => {
                request.use_implicit_flow().set_response_type(&ResponseType::new("id_token token".into()))
            }
            Some(verifier) => request.set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(
                &PkceCodeVerifier::new(verifier.secret().into()),
            )),
        };
        let expected = request.url().0.to_string();
        let url = build(verifier, &hints);
        assert_eq!(parameters(&url), parameters(&expected));
        assert_eq!(url.split('?').next(), expected.split('?').next());
    }
}

#[test]
fn never_lets_the_answer_come_in_a_query() {
    let verifier = CodeVerifier::from_random(&[3; 32]);
    for verifier in [None, Some(&verifier)] {
        assert!(build(verifier, &Hints::default()).contains("&response_mode=fragment&"));
    }
}

#[test]
fn writes_the_request_of_the_reference() {
    let url = build(None, &Hints::default());
    assert!(url.contains("&response_type=id_token%20token&"), "{url}");
    assert!(url.contains(
        "&scope=openid%20profile%20https%3A%2F%2Fgraph.microsoft.com%2FFiles.Read.All%20https%3A%2F%2Fgraph.microsoft.com%2FUser.Read&"
    ), "{url}");
    assert!(!url.contains("prompt="), "{url}");
    assert!(!url.contains("code_challenge"), "{url}");
}

#[test]
fn keeps_hostile_hints_inside_their_parameter() {
    let hints = Hints { login_hint: Some("a&redirect_uri=https://evil.example#".into()), ..Hints::default() };
    let url = build(None, &hints);
    assert_eq!(url.matches("redirect_uri=").count(), 1, "{url}");
    assert!(!url.contains('#'));
}
