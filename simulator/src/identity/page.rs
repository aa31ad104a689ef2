//! The pages a person sees. They sever the opener and refuse frames, as the real ones do.

use axum::response::Response;

use super::aadsts::{Trouble, trace};
use super::registration::Registration;
use super::request::AuthorizeRequest;
use super::scope::words;
use crate::drive::{Account, World, encode, reply};

const STYLE: &str = "body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f2f2f2;\
font:15px/20px 'Segoe UI',system-ui,sans-serif;color:#1b1b1b}main{box-sizing:border-box;width:min(440px,100vw);\
padding:44px;background:#fff;box-shadow:0 2px 6px #0003}h1{font-size:24px;line-height:28px;font-weight:600;margin:16px 0}h2{font-size:15px;margin:24px 0 8px}\
ul{list-style:none;margin:0 -44px;padding:0}li form{display:contents}button,.link{font:inherit;cursor:pointer}\
.tile{display:block;width:100%;padding:12px 44px;border:0;background:none;text-align:start}.tile:hover{background:#eee}\
.tile small,.tile b{display:block}.tile b{font-weight:400}small{color:#616161}.buttons{display:flex;gap:8px;\
justify-content:flex-end;margin-top:24px}.buttons button{min-width:108px;padding:6px 12px;border:0;background:#ccc}\
.buttons .main{background:#0067b8;color:#fff}input{box-sizing:border-box;width:100%;padding:6px 0;font:inherit;border:0;\
border-bottom:1px solid #666}.logo{font-weight:600;color:#737373}dt{font-weight:600;margin-top:8px}dd{margin:0;color:#616161}\
.code{overflow-wrap:anywhere}";

/// Escapes text for HTML, attributes included.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// A whole page.
pub(super) fn page(status: u16, title: &str, body: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style><main>\
         <div class=\"logo\">Microsoft <small>(simulated)</small></div>{body}</main></html>"
    );
    let headers = [
        ("content-type", "text/html; charset=utf-8"),
        ("x-frame-options", "DENY"),
        ("cache-control", "no-store, no-cache"),
        ("pragma", "no-cache"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("x-content-type-options", "nosniff"),
    ];
    reply(status, &headers, html)
}

fn form(request: &AuthorizeRequest, step: &str, body: &str) -> String {
    format!(
        "<form method=\"post\" action=\"/{}/{step}\"><input type=\"hidden\" name=\"request\" value=\"{}\">{body}</form>",
        encode(&request.segment),
        escape(&request.query)
    )
}

/// "Pick an account": people first, then the way to any other, then those who meet a fault.
pub(super) fn accounts(request: &AuthorizeRequest, accounts: &[Account], signed_in: &[String]) -> Response {
    let (mut people, mut faulty) = (String::new(), String::new());
    for account in accounts {
        let known = signed_in.contains(&account.username);
        let state = if known { "Signed in" } else { account.purpose };
        let tile = format!(
            "<button class=\"tile\" name=\"username\" value=\"{0}\"><b>{1}</b><small>{0}</small><small>{2}</small></button>",
            escape(&account.username),
            escape(&account.name),
            escape(state)
        );
        let list = if account.meets_fault() && !known { &mut faulty } else { &mut people };
        list.push_str(&format!("<li>{}</li>", form(request, "login", &tile)));
    }
    let other = form(
        request,
        "login",
        "<button class=\"tile\" name=\"other\" value=\"1\">Use another account</button>",
    );
    let mut body = format!("<h1>Pick an account</h1><ul>{people}<li>{other}</li></ul>");
    if !faulty.is_empty() {
        body.push_str(&format!("<h2>Accounts that meet a fault</h2><ul>{faulty}</ul>"));
    }
    page(200, "Sign in to your account", &body)
}

/// "Sign in": asks for a user name. There are no passwords here.
pub(super) fn user_name(request: &AuthorizeRequest, hint: &str, complaint: Option<&str>) -> Response {
    let complaint =
        complaint.map_or_else(String::new, |text| format!("<p role=\"alert\">{}</p>", escape(text)));
    let body = format!(
        "<h1>Sign in</h1>{complaint}<input name=\"username\" type=\"email\" value=\"{}\" required autofocus \
         aria-label=\"Enter your email, phone, or Skype\" placeholder=\"Email, phone, or Skype\">\
         <p><small>The simulator asks for no password.</small></p>\
         <div class=\"buttons\"><button class=\"main\">Next</button></div>",
        escape(hint)
    );
    page(200, "Sign in to your account", &form(request, "login", &body))
}

/// "Permissions requested".
pub(super) fn consent(request: &AuthorizeRequest, account: &Account, scopes: &[String]) -> Response {
    let mut list = String::new();
    for scope in scopes {
        let (title, meaning) = words(scope);
        list.push_str(&format!("<dt>{title}</dt><dd>{meaning}</dd>"));
    }
    let username = escape(&account.username);
    let body = format!(
        "<div>{username}</div><h1>Permissions requested</h1><p><b>{}</b><br><small>unverified</small></p>\
         <p>This application is not published by Microsoft or your organization.</p><p>This app would like to:</p>\
         <dl>{list}</dl><p>Accepting these permissions means that you allow this app to use your data.</p>\
         <input type=\"hidden\" name=\"username\" value=\"{username}\"><div class=\"buttons\">\
         <button name=\"answer\" value=\"cancel\">Cancel</button>\
         <button class=\"main\" name=\"answer\" value=\"accept\">Accept</button></div>",
        escape(&request.registration.display_name)
    );
    page(200, "Permissions requested", &form(request, "consent", &body))
}

/// "Need admin approval": shown here, and the application learns of it only if the person goes back.
pub(super) fn need_approval(request: &AuthorizeRequest, account: &Account) -> Response {
    let username = escape(&account.username);
    let name = escape(&request.registration.display_name);
    let body = format!(
        "<div>{username}</div><h1>Need admin approval</h1><p><b>{name}</b><br><small>unverified</small></p>\
         <p>{name} needs permission to access resources in your organization that only an admin can grant. Please ask an \
         admin to grant permission to this app before you can use it.</p>\
         <input type=\"hidden\" name=\"username\" value=\"{username}\"><div class=\"buttons\">\
         <button name=\"answer\" value=\"cancel\">Return to the application without granting consent</button></div>\
         <p class=\"code\"><small>AADSTS90094</small></p>",
    );
    let other = "<button class=\"tile\" name=\"other\" value=\"1\">Have an admin account? Sign in with that account</button>";
    let body = format!("{}{}", form(request, "consent", &body), form(request, "login", other));
    page(200, "Need admin approval", &body)
}

/// "Sorry, but we're having trouble signing you in."
pub(super) fn trouble(world: &World, trouble: &Trouble) -> Response {
    let now = world.now();
    let (request_id, correlation) = trace(now, trouble.code);
    let body = format!(
        "<h1>Sign in</h1><p>Sorry, but we’re having trouble signing you in.</p><p class=\"code\">{}</p>\
         <p class=\"code\"><small>Request Id: {request_id}<br>Correlation Id: {correlation}<br>Timestamp: {now}</small></p>",
        escape(&trouble.sentence())
    );
    page(200, "Sign in to your account", &body)
}

/// Asks an administrator to consent for the whole organisation.
pub(super) fn admin_consent(
    registration: &Registration,
    query: &str,
    segment: &str,
    scopes: &[String],
) -> Response {
    let items: String = scopes
        .iter()
        .map(|scope| format!("<dt>{}</dt><dd>{}</dd>", words(scope).0, words(scope).1))
        .collect();
    let body = format!(
        "<h1>Permissions requested</h1><p>Review for your organization</p><p><b>{}</b></p><dl>{items}</dl>\
         <form method=\"post\" action=\"/{}/adminconsent\"><input type=\"hidden\" name=\"request\" value=\"{}\">\
         <label>Administrator <input name=\"username\" type=\"email\" required></label><div class=\"buttons\">\
         <button name=\"answer\" value=\"cancel\" formnovalidate>Cancel</button>\
         <button class=\"main\" name=\"answer\" value=\"accept\">Accept</button></div></form>",
        escape(&registration.display_name),
        encode(segment),
        escape(query)
    );
    page(200, "Permissions requested", &body)
}

/// `response_mode=form_post`.
pub(super) fn post(address: &str, pairs: &[(&str, String)]) -> Response {
    let fields: String = pairs
        .iter()
        .map(|(name, value)| format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escape(value)))
        .collect();
    let html = format!(
        "<!doctype html><title>Working...</title><form method=\"post\" action=\"{}\">{fields}<noscript>\
         <button>Submit</button></noscript></form><script>document.forms[0].submit()</script>",
        escape(address)
    );
    reply(200, &[("content-type", "text/html; charset=utf-8"), ("cache-control", "no-store")], html)
}

/// Leaves for an address that is too long for a header.
pub(super) fn leave_by_script(address: &str, script: &str) -> Response {
    let html = format!(
        "<!doctype html><title>Working...</title><body data-to=\"{}\"><script>{script}</script>",
        escape(address)
    );
    reply(200, &[("content-type", "text/html; charset=utf-8"), ("cache-control", "no-store")], html)
}
