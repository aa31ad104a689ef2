//! Kaltura as a client meets it: over HTTP, with imports that run to their end.

mod rules;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tower::ServiceExt;

use super::*;
use crate::clock::{Clock, Time};
use crate::drive::QuickXorHash;

const FILM: &[u8] = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2mp41";

struct Play {
    kaltura: Arc<Kaltura>,
    links: String,
    ks: String,
}

/// A Kaltura beside a server with links of every kind.
async fn play() -> Play {
    let failures = Arc::new(AtomicU32::new(0));
    let links = Router::new()
        .route("/film.mp4", get(|| async { FILM }))
        .route("/download.aspx", get(|| async { FILM }))
        .route("/slashes/a/b", get(|| async { FILM }))
        .route("/expired", get(|| async { StatusCode::UNAUTHORIZED }))
        .route("/empty", get(|| async { "" }))
        .route("/page", get(|| async { ([("content-type", "text/html")], "<!doctype html>") }))
        .route("/redirect", get(|| async { Redirect::temporary("/film.mp4") }))
        .route("/abroad", get(|| async { Redirect::temporary("http://example.com/") }))
        .route(
            "/private",
            get(|headers: HeaderMap| async move {
                let allowed = headers.get("authorization").is_some_and(|value| value == "Bearer t");
                if allowed { FILM.into_response() } else { StatusCode::UNAUTHORIZED.into_response() }
            }),
        )
        .route(
            "/flaky",
            get(move |method: axum::http::Method| async move {
                if method == "HEAD" || failures.fetch_add(1, Ordering::Relaxed) < 2 {
                    return StatusCode::SERVICE_UNAVAILABLE.into_response();
                }
                FILM.into_response()
            }),
        );
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let links_origin = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move { axum::serve(listener, links).await });
    let mut hash = QuickXorHash::default();
    hash.update(FILM);
    let listed =
        ListedFile { size: FILM.len() as u64, quick_xor_hash: Some(hash.finish()), ..ListedFile::default() };
    let listing = Box::new(move |id: &str| match id {
        "01FILM" => Some(listed.clone()),
        "01OTHER" => {
            Some(ListedFile { size: 7, quick_xor_hash: Some("AAAA".into()), ..ListedFile::default() })
        }
        _ => None,
    });
    let clock = Clock::new(Time::Manual);
    let onedrive = OneDrive { listed: listing, linked: Box::new(|_| None) };
    let kaltura = Kaltura::new("http://127.0.0.1:4183".into(), Pace::SERVER, clock, onedrive).unwrap();
    let ks = kaltura.start(NewSession::of("noa", SessionPreset::ReferenceRole));
    Play { kaltura, links: links_origin, ks }
}

impl Play {
    async fn send(&self, path: &str, content_type: &str, body: &Value) -> (StatusCode, HeaderMap, Value) {
        let request = Request::post(format!("/api_v3/{path}"))
            .header("content-type", content_type)
            .body(Body::from(body.to_string()))
            .unwrap();
        let response = router(Arc::clone(&self.kaltura)).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        (parts.status, parts.headers, serde_json::from_slice(&body).unwrap_or(Value::Null))
    }

    async fn multi(&self, calls: &[Value]) -> Value {
        let mut body = json!({"format": 1, "ks": self.ks});
        for (index, call) in calls.iter().enumerate() {
            body[(index + 1).to_string()] = call.clone();
        }
        self.send("service/multirequest?format=1", "application/json", &body).await.2
    }

    async fn one(&self, service: &str, action: &str, parameters: Value) -> Value {
        let mut body = parameters;
        body["ks"] = json!(self.ks);
        self.send(&format!("service/{service}/action/{action}?format=1"), "application/json", &body).await.2
    }

    /// Lets so many seconds pass.
    async fn pass(&self, seconds: u64) {
        let clock = self.kaltura.clock();
        clock.advance_to(clock.now() + seconds * 1_000).await;
    }

    /// Adds an entry with that link, lets an hour pass, and returns it.
    async fn import(&self, link: &str, reference_id: &str, entry: Value) -> Entry {
        let mut calls = add_and_content(&format!("{}{link}", self.links), reference_id);
        for (name, value) in entry.as_object().unwrap() {
            calls[1]["resource"][name] = value.clone();
        }
        let answer = self.multi(&calls).await;
        assert_eq!((&answer[0]["status"], &answer[1]["status"]), (&json!(7), &json!(0)), "{answer}");
        self.pass(3_600).await;
        self.kaltura.entry(answer[0]["id"].as_str().unwrap()).unwrap()
    }
}

fn add_and_content(url: &str, reference_id: &str) -> [Value; 2] {
    [
        json!({"service": "media", "action": "add", "entry": {"objectType": "KalturaMediaEntry", "mediaType": 1,
               "name": "Lecture 1", "referenceId": reference_id}}),
        json!({"service": "media", "action": "addContent", "entryId": "{1:result:id}",
               "resource": {"objectType": "KalturaUrlResource", "url": url, "forceAsyncDownload": true}}),
    ]
}

#[tokio::test]
async fn imports_a_link_and_holds_it_against_what_onedrive_lists() {
    let play = play().await;
    for (reference_id, expected) in [
        ("01FILM", (Some(true), Some(true))),
        ("b!drive/01FILM", (Some(true), Some(true))),
        ("01OTHER", (Some(false), Some(false))),
        ("??", (None, None)),
    ] {
        let entry = play.import("/film.mp4", reference_id, json!({})).await;
        let report = entry.import.unwrap();
        assert_eq!(entry.status, EntryStatus::Ready);
        assert_eq!((report.size_matches, report.hash_matches), expected, "{reference_id}");
        assert_eq!((report.bytes, report.attempts), (FILM.len() as u64, 1));
    }
    assert_eq!(play.kaltura.entries_of("01FILM").len(), 1);
}

#[tokio::test]
async fn ends_each_link_as_the_real_one_would() {
    use EntryStatus::{ErrorConverting, ErrorImporting, Ready};
    let play = play().await;
    for (link, status, attempts) in [
        ("/expired", ErrorImporting, 3),
        ("/gone", ErrorImporting, 3),
        ("/empty", ErrorConverting, 1),
        ("/abroad", ErrorImporting, 3),
        ("/page", ErrorConverting, 1),
        ("/redirect", Ready, 1),
        ("/flaky", Ready, 3),
        ("/private", ErrorImporting, 3),
        ("/slashes//a//b", Ready, 1),
    ] {
        let entry = play.import(link, "01FILM", json!({})).await;
        assert_eq!((entry.status, entry.import.unwrap().attempts), (status, attempts), "{link}");
    }
}

#[tokio::test]
async fn sends_url_headers_with_the_download() {
    let play = play().await;
    let headers = json!([{"objectType": "KalturaString", "value": "Authorization: Bearer t"}]);
    let entry =
        play.import("/private", "01FILM", json!({"urlHeaders": headers, "shouldRedirect": true})).await;
    assert_eq!(entry.status, EntryStatus::Ready);
}

#[tokio::test]
async fn a_failed_call_leaves_the_others_alone_and_its_reference_is_empty() {
    let play = play().await;
    let mut calls = add_and_content(&format!("{}/film.mp4", play.links), "01FILM").to_vec();
    calls[0]["entry"]["adminTags"] = json!("onedrive");
    calls.push(json!({"service": "system", "action": "ping"}));
    let answer = play.multi(&calls).await;
    assert_eq!(answer[0]["code"], "PROPERTY_VALIDATION_ADMIN_PROPERTY");
    assert_eq!(answer[1]["code"], "ENTRY_ID_NOT_FOUND");
    assert_eq!(answer[1]["args"]["ENTRY_ID"], "");
    assert_eq!(answer[2], true);
}

#[tokio::test]
async fn answers_as_cors_and_the_content_type_rule_demand() {
    let play = play().await;
    let body = json!({"ks": play.ks, "1": {"service": "system", "action": "ping"}});
    let (status, headers, answer) =
        play.send("service/multirequest?format=1", "application/json", &body).await;
    assert_eq!((status, answer), (StatusCode::OK, json!([true])));
    assert_eq!(headers["access-control-allow-origin"], "*");
    let unread = play.send("service/multirequest?format=1", "application/json; charset=utf-8", &body).await.2;
    assert_eq!(unread, json!([]));
    let (_, headers, _) = play.send("service/multirequest", "application/json", &body).await;
    assert_eq!(headers["content-type"], "text/xml");

    let request = Request::options("/api_v3/service/multirequest").body(Body::empty()).unwrap();
    let preflight = router(Arc::clone(&play.kaltura)).oneshot(request).await.unwrap();
    let allowed = preflight.headers()["access-control-allow-headers"].to_str().unwrap();
    assert_eq!(allowed, "Origin, X-Requested-With, Content-Type, Accept, Range, Cache-Control");
    assert_eq!(preflight.headers()["access-control-max-age"], "86400");
}

#[tokio::test]
async fn refuses_with_status_200_and_the_code_of_the_case() {
    let play = play().await;
    let resource = json!({"objectType": "KalturaUrlResource", "url": "http://127.0.0.1:1/"});
    let media = json!({"objectType": "KalturaMediaEntry", "mediaType": 1});
    for (service, action, parameters, code) in [
        ("media", "add", json!({}), "MISSING_MANDATORY_PARAMETER"),
        (
            "media",
            "add",
            json!({"entry": {"objectType": "KalturaMediaEntry"}}),
            "PROPERTY_VALIDATION_CANNOT_BE_NULL",
        ),
        ("media", "add", json!({"entry": {"mediaType": 9}}), "INVALID_ENUM_VALUE"),
        (
            "media",
            "add",
            json!({"entry": {"objectType": "KalturaDocumentEntry", "documentType": 11}}),
            "PROPERTY_VALIDATION_CANNOT_BE_NULL",
        ),
        (
            "media",
            "add",
            json!({"entry": {"mediaType": 1, "conversionProfileId": 9}}),
            "CONVERSION_PROFILE_ID_NOT_FOUND",
        ),
        ("media", "add", json!({"entry": {"mediaType": 1, "userId": "other"}}), "INVALID_KS"),
        ("media", "add", json!({"entry": media, "partnerId": 7}), "INVALID_PARTNER_ID"),
        ("media", "get", json!({"entryId": "1_none"}), "ENTRY_ID_NOT_FOUND"),
        ("media", "addContent", json!({"entryId": "1_none", "resource": resource}), "ENTRY_ID_NOT_FOUND"),
        ("media", "fly", json!({}), "ACTION_DOES_NOT_EXISTS"),
        ("nothing", "get", json!({}), "SERVICE_DOES_NOT_EXISTS"),
    ] {
        let answer = play.one(service, action, parameters).await;
        assert_eq!(answer["code"], code, "{service}.{action}: {answer}");
        assert_eq!(answer["objectType"], "KalturaAPIException");
    }
    let (status, _, answer) =
        play.send("service/media/action/get?format=1", "application/json", &json!({})).await;
    assert_eq!((status, &answer["code"]), (StatusCode::OK, &json!("MISSING_KS")));
    play.kaltura.expire_sessions();
    let expired = play.one("media", "list", json!({})).await;
    assert_eq!(expired["message"], "Invalid KS \"EXPIRED\", Error \"-1,INVALID_STR\"");
}

#[tokio::test]
async fn gives_content_to_an_entry_once_and_to_documents_by_their_own_service() {
    let play = play().await;
    let entry = play.import("/film.mp4", "01FILM", json!({})).await;
    let resource = json!({"objectType": "KalturaUrlResource", "url": format!("{}/film.mp4", play.links)});
    let again = play.one("media", "addContent", json!({"entryId": entry.id, "resource": resource})).await;
    assert_eq!(again["code"], "ENTRY_ALREADY_WITH_CONTENT");

    let document = json!({"objectType": "KalturaDocumentEntry", "documentType": 13, "name": "Notes"});
    let added = play.one("baseEntry", "add", json!({"entry": document})).await;
    let content = json!({"entryId": added["id"], "resource": resource});
    assert_eq!(play.one("media", "addContent", content.clone()).await["code"], "ENTRY_ID_NOT_FOUND");
    // SRV BaseEntryService L157-163: documents too.
    assert_eq!(play.one("baseEntry", "addContent", content).await["status"], 0);
}

#[tokio::test]
async fn lists_ready_entries_of_ones_own_unless_asked_for_more() {
    let play = play().await;
    play.import("/film.mp4", "01FILM", json!({})).await;
    play.import("/expired", "01OTHER", json!({})).await;
    let stranger = play.kaltura.start_session("stranger", SessionKind::User, &[]);
    let admin = play.kaltura.start_session("server", SessionKind::Admin, &[]);
    for (ks, filter, count) in [
        (&play.ks, json!({}), 1),
        (&play.ks, json!({"statusIn": "-2,2"}), 2),
        (&play.ks, json!({"statusIn": "-2,2", "referenceIdEqual": "01OTHER"}), 1),
        (&play.ks, json!({"statusIn": "-2,2", "referenceIdEqual": "01other"}), 0),
        (&play.ks, json!({"statusEqual": -2}), 1),
        (&play.ks, json!({"statusIn": "-2,2", "createdAtGreaterThanOrEqual": 4_000_000_000_u32}), 0),
        (&play.ks, json!({"statusIn": "-2,2", "idIn": "1_none"}), 0),
        (&stranger, json!({"statusIn": "-2,2"}), 0),
        // SRV KalturaEntryService L1366-1397: whose entry it is counts no more when references are named.
        (&stranger, json!({"statusIn": "-2,2", "referenceIdEqual": "01OTHER"}), 1),
        (&stranger, json!({"statusIn": "-2,2", "referenceIdEqual": "01OTHER", "userIdEqual": "stranger"}), 0),
        (&stranger, json!({"statusIn": "-2,2", "userIdEqual": "nobody"}), 0),
        (&admin, json!({"statusIn": "-2,2"}), 2),
    ] {
        let body = json!({"ks": ks, "filter": filter});
        let answer = play.send("service/media/action/list?format=1", "application/json", &body).await.2;
        assert_eq!(answer["totalCount"], count, "{filter}");
        assert_eq!(answer["objects"].as_array().unwrap().len(), count, "{filter}");
    }
}

#[tokio::test]
async fn fails_calls_and_imports_as_switched() {
    let play = play().await;
    play.kaltura.change_faults(|faults| {
        faults.imports = Some(FailingImports { percent: 100, seed: 1, failure: Failure::Converting });
    });
    assert_eq!(play.import("/film.mp4", "01FILM", json!({})).await.status, EntryStatus::ErrorConverting);
    play.kaltura.change_faults(|faults| *faults = Faults::default());
    play.kaltura.switch(|switches| switches.restrict_file_types = true);
    assert_eq!(play.import("/download.aspx", "01FILM", json!({})).await.status, EntryStatus::ErrorImporting);
    assert_eq!(play.import("/film.mp4", "01FILM", json!({})).await.status, EntryStatus::Ready);

    let rule = |answer: &str| FailingCalls { answer: answer.to_owned(), ..FailingCalls::default() };
    for code in ApiError::codes() {
        play.kaltura.change_faults(|faults| faults.calls = vec![rule(code)]);
        assert_eq!(play.one("media", "list", json!({})).await["code"], code);
    }
    play.kaltura.change_faults(|faults| faults.calls = vec![rule("http_503"), rule("html"), rule("garbage")]);
    for (status, readable) in [(503, false), (200, false), (200, true)] {
        let body = json!({"ks": play.ks});
        let (answered, headers, value) =
            play.send("service/media/action/list?format=1", "application/json", &body).await;
        assert_eq!((answered.as_u16(), value), (status, Value::Null));
        // What stands before the servers knows nothing of CORS.
        assert_eq!(headers.contains_key("access-control-allow-origin"), readable);
    }
    assert_eq!(play.one("media", "list", json!({})).await["objectType"], "KalturaMediaListResponse");
}

#[tokio::test]
async fn admin_tags_are_written_by_few_and_read_by_all() {
    let play = play().await;
    let admin = play.kaltura.start_session("server", SessionKind::Admin, &[]);
    let editor = play.kaltura.start_session("noa", SessionKind::User, &["editadmintags:*"]);
    let entry = json!({"objectType": "KalturaMediaEntry", "mediaType": 1, "adminTags": "onedrive"});
    for ks in [&admin, &editor] {
        let body = json!({"ks": ks, "entry": entry});
        let added = play.send("service/media/action/add?format=1", "application/json", &body).await.2;
        assert_eq!(added["adminTags"], "onedrive");
        let seen = play.one("media", "get", json!({"entryId": added["id"]})).await;
        // No read permission in KalturaBaseEntry.
        assert_eq!(seen["adminTags"], "onedrive");
    }
}

#[tokio::test]
async fn shows_thumbnails_and_plays_what_is_ready() {
    let play = play().await;
    let entry = play.import("/film.mp4", "01FILM", json!({})).await;
    let get = |path: String| {
        let router = router(Arc::clone(&play.kaltura));
        async move { router.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap() }
    };
    let id = &entry.id;
    let thumbnail = get(format!("/p/1/thumbnail/entry_id/{id}/width/100")).await;
    assert_eq!(thumbnail.headers()["content-type"], "image/svg+xml");
    let film = get(format!("/p/1/playManifest/entryId/{id}/a")).await;
    assert_eq!(film.headers()["content-type"], "video/mp4");
    assert_eq!(to_bytes(film.into_body(), usize::MAX).await.unwrap(), FILM);
    assert_eq!(get("/p/1/playManifest/entryId/1_none/a".into()).await.status(), StatusCode::NOT_FOUND);
}
