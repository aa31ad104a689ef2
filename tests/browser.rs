//! The browser adapters, in a browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use base64ct::{Base64UrlUnpadded, Encoding as _};
use onedrive_picker::browser::{Answers, Browser, Embedding, Formats, HostPort, SessionStore, own_origin};
use onedrive_picker_core::auth::keys::VerificationKey;
use onedrive_picker_core::picker::natural::NaturalKey;
use onedrive_picker_core::picker::ports::{Entropy, Http, Signatures, Store};
use onedrive_picker_core::web::{Origin, Request, TransportError};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// RFC 7515, appendix A.2.
const MODULUS: &str = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
const MESSAGE: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
const SIGNATURE: &str = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

/// Runs a script and gives its value.
fn run(script: &str) -> JsValue {
    js_sys::eval(script).expect("the script runs")
}

/// Runs a script that gives a promise, and waits for it.
async fn wait_for(script: &str) -> JsValue {
    JsFuture::from(js_sys::Promise::from(run(script))).await.expect("the promise holds")
}

fn rfc_key(modulus: &str) -> VerificationKey {
    VerificationKey {
        id: "a".to_owned(),
        modulus: modulus.to_owned(),
        exponent: "AQAB".to_owned(),
        issuer: None,
    }
}

#[wasm_bindgen_test]
async fn hashes_as_fips_180_2_does() {
    let hash = Browser.sha256(b"abc").await.expect("WebCrypto");
    assert_eq!(hash[..8], [0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea]);
}

#[wasm_bindgen_test]
async fn verifies_the_signature_of_rfc_7515() {
    let signature = Base64UrlUnpadded::decode_vec(SIGNATURE).expect("Base64");
    assert!(Browser.verify(&rfc_key(MODULUS), MESSAGE.as_bytes(), &signature).await);
}

#[wasm_bindgen_test]
async fn refuses_a_changed_message_signature_or_key() {
    let signature = Base64UrlUnpadded::decode_vec(SIGNATURE).expect("Base64");
    let changed = MESSAGE.replace("joe", "jim").replace("LA0K", "LA0L");
    assert!(!Browser.verify(&rfc_key(MODULUS), changed.as_bytes(), &signature).await);
    let mut broken = signature.clone();
    broken.reverse();
    assert!(!Browser.verify(&rfc_key(MODULUS), MESSAGE.as_bytes(), &broken).await);
    assert!(!Browser.verify(&rfc_key(MODULUS), MESSAGE.as_bytes(), &[]).await);
    assert!(!Browser.verify(&rfc_key("not Base64"), MESSAGE.as_bytes(), &signature).await);
    assert!(!Browser.verify(&rfc_key(""), MESSAGE.as_bytes(), &signature).await);
}

#[wasm_bindgen_test]
fn draws_different_random_bytes() {
    let (first, second) = (Browser.random().expect("bytes"), Browser.random().expect("bytes"));
    assert_ne!(first, second);
    assert_ne!(first, [0; 32]);
}

#[wasm_bindgen_test]
fn remembers_what_is_stored() {
    Browser.set("a", "1");
    SessionStore.set("a", "2");
    assert_eq!(Browser.get("a").as_deref(), Some("1"));
    assert_eq!(SessionStore.get("a").as_deref(), Some("2"));
    Browser.remove("a");
    assert_eq!(Browser.get("a"), None);
    SessionStore.remove("a");
}

#[wasm_bindgen_test]
fn forgets_where_storage_is_denied_or_full() {
    run("window.kept = Object.getOwnPropertyDescriptor(window, 'localStorage'); \
         Object.defineProperty(window, 'localStorage', { configurable: true, \
         get() { throw new DOMException('denied', 'SecurityError'); } })");
    Browser.set("b", "1");
    assert_eq!(Browser.get("b"), None);
    Browser.remove("b");
    run("Object.defineProperty(window, 'localStorage', window.kept)");
    Browser.set("c", &"x".repeat(6 * 1024 * 1024));
    assert_eq!(Browser.get("c"), None);
}

/// Lets messages to this window and on channels arrive that are under way: waits for one of each kind that comes after them.
async fn deliver() {
    wait_for(
        "new Promise((done) => { const name = crypto.randomUUID(); const channel = new BroadcastChannel(name); \
         addEventListener('message', function last({ data }) { if (data !== name) return; removeEventListener('message', last); done(); }); \
         channel.onmessage = () => { channel.close(); postMessage(name, location.origin); }; \
         new BroadcastChannel(name).postMessage(name); })",
    )
    .await;
}

/// Waits for what a port brings.
async fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..1_000 {
        if is_so() {
            return;
        }
        deliver().await;
    }
    panic!("waited in vain for {what}");
}

#[wasm_bindgen_test]
async fn takes_the_first_answer_of_its_own_state_and_nothing_else() {
    let got = Rc::new(RefCell::new(Vec::new()));
    let answers = Answers::listen("mine", None, {
        let got = Rc::clone(&got);
        move |fragment| got.borrow_mut().push(fragment)
    });
    answers.expect(&web_sys::window().expect("a window"));
    run("{ const channel = new BroadcastChannel('mine'); \
         for (const message of [null, 7, 'text', {}, { payload: 7 }, { v: 1, payload: 'access_token=x&state=foreign' }, \
         { v: 1, payload: 'access_token=x' }, { v: 1, payload: 'mystate=mine' }]) { \
         channel.postMessage(message); window.postMessage(message, location.origin); } \
         window.dispatchEvent(new MessageEvent('message', { origin: 'https://elsewhere.example', \
         data: { v: 1, payload: 'access_token=evil&state=mine' } })); }");
    deliver().await;
    assert!(got.borrow().is_empty(), "{:?}", got.borrow());
    run("window.postMessage({ v: 1, payload: 'access_token=first&state=mine' }, location.origin); \
         new BroadcastChannel('mine').postMessage({ v: 1, payload: 'access_token=second&state=mine' })");
    deliver().await;
    assert_eq!(got.borrow().len(), 1, "{:?}", got.borrow());
    drop(answers);
}

#[wasm_bindgen_test]
async fn takes_a_message_only_of_the_window_that_was_opened_for_it() {
    let got = Rc::new(RefCell::new(Vec::new()));
    let answers = Answers::listen("ours", None, {
        let got = Rc::clone(&got);
        move |fragment| got.borrow_mut().push(fragment)
    });
    let send = "window.postMessage({ v: 1, payload: 'code=x&state=ours' }, location.origin)";
    run(send);
    deliver().await;
    assert!(got.borrow().is_empty(), "{:?}", got.borrow());
    answers.expect(&web_sys::window().expect("a window"));
    run(send);
    deliver().await;
    assert_eq!(got.borrow().len(), 1);
}

#[wasm_bindgen_test]
async fn hears_nothing_after_it_was_dropped() {
    let got = Rc::new(RefCell::new(0));
    let answers = Answers::listen("gone", None, {
        let got = Rc::clone(&got);
        move |_| *got.borrow_mut() += 1
    });
    answers.expect(&web_sys::window().expect("a window"));
    drop(answers);
    run("new BroadcastChannel('gone').postMessage({ v: 1, payload: 'code=x&state=gone' }); \
         window.postMessage({ v: 1, payload: 'code=x&state=gone' }, location.origin)");
    deliver().await;
    assert_eq!(*got.borrow(), 0);
}

/// Replaces `fetch` by one that never answers and counts aborts.
fn silence() {
    run("window.aborted = 0; window.fetched = window.fetched || window.fetch; \
         window.fetch = (request) => new Promise((_, reject) => request.signal.addEventListener('abort', () => { \
         window.aborted += 1; reject(new DOMException('aborted', 'AbortError')); }))");
}

fn aborted() -> f64 {
    run("window.aborted").as_f64().expect("a number")
}

#[wasm_bindgen_test]
async fn gives_up_on_a_server_that_does_not_answer_in_time() {
    silence();
    let answer = Browser.send(&Request::get("/never"), 40).await;
    assert_eq!(answer, Err(TransportError::TimedOut));
    assert_eq!(aborted(), 1.0);
    run("window.fetch = window.fetched");
}

#[wasm_bindgen_test]
async fn aborts_a_request_that_nobody_waits_for_any_more() {
    silence();
    {
        let request = Request::get("/never");
        let sending = std::pin::pin!(Browser.send(&request, 60_000));
        let begun = std::pin::pin!(deliver());
        futures_util::future::select(sending, begun).await;
    }
    deliver().await;
    assert_eq!(aborted(), 1.0);
    run("window.fetch = window.fetched");
}

#[wasm_bindgen_test]
async fn tells_an_unreachable_server_from_an_answer() {
    let refused = Browser.send(&Request::get("http://127.0.0.1:1/"), 5_000).await;
    assert_eq!(refused, Err(TransportError::Unreachable));
    let missing = Browser.send(&Request::get("/there-is-no-such-file"), 5_000).await.expect("an answer");
    assert_eq!(missing.status, 404);
    assert_eq!(Browser.send(&Request::get("http://["), 5_000).await, Err(TransportError::Unreachable));
}

#[wasm_bindgen_test]
async fn sends_a_query_to_the_letter_and_neither_cookies_nor_referrer() {
    run(
        "window.fetched = window.fetched || window.fetch; window.fetch = (request) => { window.sent = request; \
         return Promise.resolve(new Response('{}', { headers: { 'X-One': '1' } })); }",
    );
    let request = Request::get("https://graph.example/v1.0/x?$skiptoken=a%2Fb&$top=200")
        .header("authorization", "Bearer t");
    let answer = Browser.send(&request, 5_000).await.expect("an answer");
    assert_eq!((answer.status, answer.body.as_str(), answer.header("x-one")), (200, "{}", Some("1")));
    let sent = run(
        "[sent.url, sent.credentials, sent.referrerPolicy, sent.cache, sent.headers.get('authorization')].join(' ')",
    );
    let expected =
        "https://graph.example/v1.0/x?$skiptoken=a%2Fb&$top=200 omit no-referrer no-store Bearer t";
    assert_eq!(sent.as_string().as_deref(), Some(expected));
    run("window.fetch = window.fetched");
}

#[wasm_bindgen_test]
async fn carries_messages_between_picker_and_host() {
    let embedding = Embedding::Framed(web_sys::window().expect("a window"));
    run(
        "window.hosted = new Promise((settle) => addEventListener('message', ({ data, ports }) => { if (data?.type !== 'initialize') return; \
         window.port = ports[0]; port.onmessage = ({ data }) => { window.heard = JSON.stringify(data); }; \
         settle(JSON.stringify(data)); }))",
    );
    let got = Rc::new(RefCell::new(Vec::new()));
    let receive = {
        let got = Rc::clone(&got);
        move |text: String| got.borrow_mut().push(text)
    };
    let origin = own_origin().expect("an origin");
    let port = HostPort::open(&embedding, &origin, r#"{"type":"initialize","channelId":"7"}"#, receive)
        .expect("a port");
    let initialize = wait_for("window.hosted").await;
    assert_eq!(initialize.as_string().as_deref(), Some(r#"{"type":"initialize","channelId":"7"}"#));
    run(
        "port.postMessage({ type: 'activate' }); port.postMessage('{\"type\":\"text\"}'); port.postMessage(undefined); \
         port.postMessage({ text: 'x'.repeat(2 << 20) }); port.postMessage('x'.repeat(2 << 20)); \
         port.postMessage({ type: 'last' })",
    );
    port.post("not JSON");
    port.post(r#"{"type":"command","id":"1"}"#);
    let last = r#"{"type":"last"}"#;
    until("the last message", || got.borrow().last().is_some_and(|text| text == last)).await;
    // One that is too long, or none at all, is dropped.
    assert_eq!(*got.borrow(), [r#"{"type":"activate"}"#, r#""{\"type\":\"text\"}""#, last]);
    until("the command", || run("window.heard").is_string()).await;
    assert_eq!(run("window.heard").as_string().as_deref(), Some(r#"{"type":"command","id":"1"}"#));
    drop(port);
    let before = got.borrow().len();
    run("port.postMessage({ type: 'late' })");
    deliver().await;
    assert_eq!(got.borrow().len(), before);
}

#[wasm_bindgen_test]
async fn says_nothing_to_a_host_of_another_origin() {
    run(
        "window.leaked = 0; addEventListener('message', ({ data }) => { if (data?.channelId === 'leak') window.leaked += 1; })",
    );
    let embedding = Embedding::Framed(web_sys::window().expect("a window"));
    let elsewhere = Origin::parse("https://elsewhere.example").expect("an origin");
    let _port = HostPort::open(&embedding, &elsewhere, r#"{"type":"initialize","channelId":"leak"}"#, |_| {});
    deliver().await;
    assert_eq!(run("window.leaked").as_f64(), Some(0.0));
    assert!(HostPort::open(&Embedding::Alone, &elsewhere, "{}", |_| {}).is_none());
}

#[wasm_bindgen_test]
fn formats_in_the_locale() {
    let english = Formats::new("en-US");
    assert_eq!(english.number(1_234_567), "1,234,567");
    assert_eq!(english.size(611 * 1024 * 1024), "611 MB");
    assert_eq!(english.size(1_468_006), "1.4 MB");
    assert_eq!(english.unit("hour", 2), "2 hr");
    assert_eq!((english.plural(1), english.plural(5)), ("one".to_owned(), "other".to_owned()));
    assert_eq!(english.compare("Lecture 2", "lecture 10"), Ordering::Less);
    assert_eq!(Formats::new("de").number(1_234_567), "1.234.567");
    assert_eq!(Formats::new("ru").plural(3), "few");
    assert_eq!(Formats::new("he").plural(2), "two");
    assert_eq!(Formats::new("he").size(96 << 20).replace('\u{200f}', ""), "\u{2068}96 MB\u{2069}");
}

#[wasm_bindgen_test]
fn every_language_of_the_picker_has_the_built_in_order_of_ascii_names() {
    // A linear congruential generator (Numerical Recipes): the same names in every run.
    let mut state = 1_u32;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    let mut name = || -> String {
        let length = next(7);
        (0..length)
            .map(|_| {
                if next(3) == 0 {
                    char::from(b'0' + next(10) as u8)
                } else {
                    char::from(b' ' + next(95) as u8)
                }
            })
            .collect()
    };
    for locale in ["ar", "de", "en", "es", "fr", "he", "ja", "pt-BR", "ru", "zh-Hans"] {
        let formats = Formats::new(locale);
        for _ in 0..2_000 {
            let (left, right) = (name(), name());
            let collated = formats.compare(&left, &right);
            if collated != Ordering::Equal {
                let built_in = NaturalKey::new(&left).cmp(&NaturalKey::new(&right));
                assert_eq!(built_in, collated, "{left:?} and {right:?} in {locale}");
            }
        }
    }
}

#[wasm_bindgen_test]
fn formats_in_the_browser_s_own_way_for_a_locale_that_it_does_not_know() {
    for locale in ["", "not a locale", "x", "en-", "zz-ZZ"] {
        assert!(!Formats::new(locale).number(12).is_empty(), "{locale}");
    }
}
