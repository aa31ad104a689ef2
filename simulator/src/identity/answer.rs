//! The answer to the redirect URI (entra-sign-in.md section 3).

use axum::response::Response;

use super::aadsts::Trouble;
use super::directory::{AccessToken, Code};
use super::discovery::Authority;
use super::fault::TokenFault;
use super::id_token::{Subject, id_token};
use super::page;
use super::request::{AuthorizeRequest, ResponseMode, ReturnAddress};
use crate::drive::{Account, SignIn, Tenant, World, fingerprint, guid, reply};

const SEVERAL_HEADERS: [(&str, &str); 2] = [("cache-control", "no-store, no-cache"), ("pragma", "no-cache")];

/// Sends an error back.
pub(super) fn failure(world: &World, back: &ReturnAddress, trouble: &Trouble) -> Response {
    let mut pairs = vec![
        ("error", trouble.error.to_owned()),
        ("error_description", trouble.description(world.now())),
        ("error_uri", format!("https://login.microsoftonline.com/error?code={}", trouble.code)),
    ];
    if trouble.code == 65_004 {
        pairs.push(("error_subcode", "cancel".to_owned()));
    }
    if let Some(state) = &back.state {
        pairs.push(("state", state.clone()));
    }
    send(back, &pairs)
}

/// Sends what was asked for; the account's fault spoils it.
pub(super) fn success(world: &World, request: &AuthorizeRequest, account: &Account) -> Response {
    let fault = world.directory().token_fault(&account.username).or(match account.sign_in {
        SignIn::Faulty(fault) => Some(fault),
        _ => None,
    });
    let now = world.now();
    let tenant_id = tenant_id(request.authority, account);
    let mut scopes = request.scopes.clone();
    if account.sign_in == SignIn::OwnFilesOnly {
        for scope in scopes.graph.iter_mut().filter(|scope| *scope == "Files.Read.All") {
            "Files.Read".clone_into(scope);
        }
    }
    if fault == Some(TokenFault::LessScope) {
        scopes.graph.retain(|scope| !scope.starts_with("Files."));
    }
    let access_token = request.wants_token.then(|| {
        let granted = Granted { tenant_id, scopes: &scopes.graph, claims: request.claims.is_some() };
        issue(world, account, &granted)
    });
    let code = request.wants_code.then(|| {
        world.directory().add_code(Code {
            username: account.username.clone(),
            client_id: request.registration.app_id.clone(),
            redirect_uri: request.back.redirect_uri.clone(),
            scopes: scopes.graph.clone(),
            openid_scopes: scopes.openid.clone(),
            nonce: request.nonce.clone(),
            tenant_id: tenant_id.to_owned(),
            challenge: request.challenge.clone(),
            claims: request.claims.is_some(),
            expires: now.plus(600),
            redeemed: false,
        })
    });
    let id_token = request.wants_id_token.then(|| {
        id_token(&Subject {
            account,
            tenant_id,
            client_id: &request.registration.app_id,
            login: &world.origins.identity,
            nonce: request.nonce.as_deref(),
            profile: scopes.openid.iter().any(|scope| scope == "profile"),
            access_token: access_token.as_ref().map(|(token, _)| token.as_str()),
            code: code.as_deref(),
            now,
            rotations: world.directory().rotations(),
            fault,
        })
    });

    let mut pairs = Vec::new();
    if let Some(code) = code {
        pairs.push(("code", code));
    }
    if let Some((token, lifetime)) = access_token {
        pairs.push(("access_token", token));
        pairs.push(("token_type", "Bearer".to_owned()));
        pairs.push(("expires_in", (lifetime - 1).to_string()));
        pairs.push(("scope", scopes.granted(&world.switches().graph_resource)));
    }
    if let Some(token) = id_token {
        pairs.push(("id_token", token));
    }
    if let Some(state) = &request.back.state {
        pairs.push(("state", state.clone()));
    }
    pairs.push(("session_state", guid(&format!("session {}", account.username))));
    match fault {
        Some(TokenFault::Huge) => {
            pairs.push(("padding", "x".repeat(2_000_000)));
            let (address, script) =
                (location(&request.back, &pairs), "location.replace(document.body.dataset.to)");
            return page::leave_by_script(&address, script);
        }
        Some(fault) => spoil(&mut pairs, fault),
        None => {}
    }
    send(&request.back, &pairs)
}

/// What an access token is issued for.
pub(super) struct Granted<'a> {
    pub(super) tenant_id: &'a str,
    pub(super) scopes: &'a [String],
    /// Whether the request answered a claims challenge.
    pub(super) claims: bool,
}

/// Issues an access token and tells how long it lasts.
pub(super) fn issue(world: &World, account: &Account, granted: &Granted<'_>) -> (String, u64) {
    let now = world.now();
    // Random between 60 and 90 minutes (entra-sign-in.md section 3).
    let usual = 3_600 + fingerprint(&[&account.username, &now.0.to_string()]) % 1_800;
    let lifetime = match account.sign_in {
        SignIn::ShortLived(seconds) => seconds,
        _ => world.switches().token_lifetime.unwrap_or(usual),
    };
    let token = world.directory().issue(AccessToken {
        username: match Tenant::find(granted.tenant_id) {
            Some(tenant) if *tenant != *account.tenant => account.guest_name(tenant),
            _ => account.username.clone(),
        },
        scopes: granted.scopes.to_vec(),
        expires: now.plus(lifetime),
        revoked: false,
        revoked_by_use: account.sign_in == SignIn::Revoked && !granted.claims,
        calls: (0, now),
    });
    (token, lifetime)
}

/// The tenant whose token it will be: the one asked for, or the account's own.
pub(super) fn tenant_id(authority: Authority, account: &Account) -> &'static str {
    match authority {
        Authority::Tenant(tenant) => tenant.id,
        _ => account.tenant.id,
    }
}

fn spoil(pairs: &mut Vec<(&'static str, String)>, fault: TokenFault) {
    let replace = |pairs: &mut Vec<(&'static str, String)>, name: &str, value: &str| {
        for (_, old) in pairs.iter_mut().filter(|(key, _)| *key == name) {
            value.clone_into(old);
        }
    };
    match fault {
        TokenFault::NoIdToken => pairs.retain(|(name, _)| *name != "id_token"),
        TokenFault::NoAccessToken => {
            pairs.retain(|(name, _)| !["access_token", "token_type", "expires_in", "scope"].contains(name));
        }
        TokenFault::WrongState => replace(pairs, "state", "of-another-request"),
        TokenFault::NoState => pairs.retain(|(name, _)| *name != "state"),
        TokenFault::NoLifetime => pairs.retain(|(name, _)| *name != "expires_in"),
        TokenFault::WrongTokenType => replace(pairs, "token_type", "mac"),
        TokenFault::Duplicate => pairs.extend_from_within(..),
        TokenFault::Script => {
            let state = pairs.iter().find(|(name, _)| *name == "state").cloned();
            *pairs = vec![
                ("error", "access_denied".to_owned()),
                (
                    "error_description",
                    "AADSTS65004: <script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> \
                     Trace ID: <b>x</b>"
                        .to_owned(),
                ),
                ("error_uri", "javascript:document.title='owned'".to_owned()),
            ];
            pairs.extend(state);
        }
        _ => {}
    }
}

fn location(back: &ReturnAddress, pairs: &[(&str, String)]) -> String {
    let mark = match back.mode {
        ResponseMode::Query if back.redirect_uri.contains('?') => '&',
        ResponseMode::Query => '?',
        _ => '#',
    };
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={}", form(value))).collect();
    format!("{}{mark}{}", back.redirect_uri, pairs.join("&"))
}

fn send(back: &ReturnAddress, pairs: &[(&str, String)]) -> Response {
    if back.mode == ResponseMode::FormPost {
        return page::post(&back.redirect_uri, pairs);
    }
    let location = location(back, pairs);
    reply(302, &[[("location", location.as_str())].as_slice(), &SEVERAL_HEADERS].concat(), "")
}

/// Form encoding as Microsoft writes it: `+` for a space, hexadecimal in lower case.
fn form(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' ' => encoded.push('+'),
            _ if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02x}")),
        }
    }
    encoded
}
