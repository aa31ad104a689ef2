//! The rules of the published server that decide an import, one by one. SRV is github.com/kaltura/server at commit c447fdb3.

use serde_json::{Value, json};

use super::*;

const MEDIA: &str = "KalturaMediaEntry";

/// A session of that preset for that user.
fn of(play: &Play, user_id: &str, preset: SessionPreset) -> String {
    play.kaltura.start(NewSession::of(user_id, preset))
}

async fn call(play: &Play, ks: &str, service: &str, action: &str, mut parameters: Value) -> Value {
    parameters["ks"] = json!(ks);
    play.send(&format!("service/{service}/action/{action}?format=1"), "application/json", &parameters).await.2
}

fn film(play: &Play) -> Value {
    json!({"objectType": "KalturaUrlResource", "url": format!("{}/film.mp4", play.links), "forceAsyncDownload": true})
}

async fn add(play: &Play, ks: &str, members: Value) -> Value {
    let mut entry = json!({"objectType": MEDIA, "mediaType": 1, "name": "Lecture"});
    for (name, value) in members.as_object().unwrap() {
        entry[name] = value.clone();
    }
    call(play, ks, "media", "add", json!({ "entry": entry })).await
}

/// SRV `api_v3/lib/types/KalturaObject.php` L735-747; exposed headers: `api_v3/web/index.php` L3.
#[tokio::test]
async fn a_plain_user_session_loses_the_reference_and_only_a_hidden_header_says_so() {
    let play = play().await;
    let plain = of(&play, "noa", SessionPreset::PlainUser);
    let body = json!({"ks": plain, "entry": {"objectType": MEDIA, "mediaType": 1, "referenceId": "01FILM"}});
    let (_, headers, added) = play.send("service/media/action/add?format=1", "application/json", &body).await;
    assert_eq!((&added["status"], &added["referenceId"]), (&json!(7), &Value::Null));
    assert!(headers.contains_key("kalturabaseentry-referenceid-error"));
    assert!(!headers.contains_key("access-control-expose-headers"));
    let kept = add(&play, &play.ks, json!({"referenceId": "01FILM"})).await;
    assert_eq!(kept["referenceId"], "01FILM");
    let update = json!({"entryId": added["id"], "mediaEntry": {"referenceId": "01FILM", "name": "New"}});
    let updated = call(&play, &plain, "media", "update", update).await;
    assert_eq!((&updated["name"], &updated["referenceId"]), (&json!("New"), &Value::Null));
}

/// SRV `alpha/lib/model/entry.php` L147, L405-410; ES L1024-1028.
#[tokio::test]
async fn an_entry_without_a_name_is_called_by_account_and_time() {
    let play = play().await;
    let added = add(&play, &play.ks, json!({"name": ""})).await;
    let seconds = play.kaltura.now() / 1_000;
    assert_eq!(added["name"], format!("{}_{seconds}", Kaltura::PARTNER_ID));
    let long = add(&play, &play.ks, json!({"name": "a".repeat(300)})).await;
    assert_eq!(long["name"].as_str().unwrap().len(), 256);
}

/// SRV `KalturaBaseEntryFilter.php` L94-120, L188-191; `entry.php` L516-545.
#[tokio::test]
async fn lists_leave_out_what_waits_for_moderation_unless_asked_for_it() {
    let play = play().await;
    play.kaltura.switch(|switches| switches.moderation = true);
    let entry = play.import("/film.mp4", "01FILM", json!({})).await;
    assert_eq!((entry.status, entry.moderation), (EntryStatus::Ready, 1));
    let count = async |filter: Value| {
        play.one("media", "list", json!({ "filter": filter })).await["totalCount"].clone()
    };
    assert_eq!(count(json!({"referenceIdEqual": "01FILM"})).await, 0);
    assert_eq!(count(json!({"idEqual": entry.id})).await, 0);
    assert_eq!(count(json!({"referenceIdEqual": "01FILM", "moderationStatusIn": "1,2,5,6"})).await, 1);
    assert!(play.kaltura.moderate(&entry.id, true));
    assert_eq!(count(json!({"referenceIdEqual": "01FILM"})).await, 1);
    assert!(play.kaltura.moderate(&entry.id, false));
    assert_eq!(count(json!({"referenceIdEqual": "01FILM"})).await, 0);
}

/// SRV `kSphinxSearchManager.php` L499-545; ids read the database: `SphinxCriteria.php` L528-533, MS L712-719,
/// `BaseEntryService.php` L459-483.
#[tokio::test]
async fn lists_lag_behind_and_ids_do_not() {
    let play = play().await;
    play.kaltura.switch(|switches| switches.index_lag_ms = 5_000);
    let added = add(&play, &play.ks, json!({"referenceId": "01FILM"})).await;
    let filter = json!({"filter": {"referenceIdEqual": "01FILM", "statusIn": "0,1,2,7"}});
    let by_id = json!({"filter": {"idIn": added["id"], "statusIn": "7"}});
    assert_eq!(play.one("media", "list", filter.clone()).await["totalCount"], 0);
    assert_eq!(play.one("media", "list", by_id).await["totalCount"], 1);
    assert_eq!(play.one("media", "get", json!({"entryId": added["id"]})).await["status"], 7);
    let ids = json!({"entryIds": format!("1_none, {}", added["id"].as_str().unwrap())});
    let found = play.one("baseEntry", "getByIds", ids).await;
    assert_eq!((found.as_array().unwrap().len(), &found[0]["id"]), (1, &added["id"]));
    play.pass(5).await;
    assert_eq!(play.one("media", "list", filter).await["totalCount"], 1);
}

/// SRV `entryPeer.php` L784-809, `kEntitlementUtils.php` L626-638.
#[tokio::test]
async fn a_list_by_reference_shows_colleagues_entries_in_no_category_and_in_those_one_sees() {
    let play = play().await;
    for (categories, name) in [(vec![], "none"), (vec![102], "seen"), (vec![104], "hidden")] {
        let new = NewEntry {
            reference_id: Some("01FILM".into()),
            name: name.into(),
            categories,
            ..NewEntry::default()
        };
        play.kaltura.add_entry(new);
    }
    let filter = json!({"filter": {"referenceIdEqual": "01FILM", "orderBy": "+name"}});
    let names = async |ks: &str| {
        let list = call(&play, ks, "baseEntry", "list", filter.clone()).await;
        list["objects"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&of(&play, "noa", SessionPreset::PlainUser)).await, ["none", "seen"]);
    assert_eq!(names(&of(&play, "server", SessionPreset::Administrator)).await, ["hidden", "none", "seen"]);
    assert_eq!(names(&of(&play, COLLEAGUE, SessionPreset::PlainUser)).await.len(), 3);
}

#[tokio::test]
async fn a_switched_colleague_has_every_file_that_is_asked_for_once() {
    let play = play().await;
    play.kaltura.switch(|switches| switches.colleague = Some(Colleague::NoContent));
    let filter = json!({"filter": {"referenceIdIn": "01A,01B", "statusIn": "2,7"}});
    for _ in 0..2 {
        let list = play.one("media", "list", filter.clone()).await;
        assert_eq!((&list["totalCount"], &list["objects"][0]["userId"]), (&json!(2), &json!(COLLEAGUE)));
        assert_eq!(list["objects"][0]["status"], 7);
    }
}

/// SRV `api_v3/lib/KalturaDispatcher.php` L168-242, ES L1617-1628.
#[tokio::test]
async fn anothers_entry_is_for_other_sessions() {
    let play = play().await;
    let id = play.kaltura.add_entry(NewEntry { status: 7, ..NewEntry::default() });
    for (action, parameters) in [
        ("addContent", json!({"entryId": id, "resource": film(&play)})),
        ("update", json!({"entryId": id, "mediaEntry": {"name": "Mine"}})),
        ("delete", json!({"entryId": id})),
    ] {
        let refused = play.one("media", action, parameters).await;
        assert_eq!(refused["message"], "Invalid KS \"\", Error \"-4,INVALID_TYPE\"", "{action}");
    }
    assert_eq!(play.one("media", "get", json!({"entryId": id})).await["userId"], COLLEAGUE);
}

/// SRV MS L56-89, L104-131, L138-200; ES `replaceResourceByEntry`.
#[tokio::test]
async fn a_draft_that_is_ready_takes_content_only_as_a_replacement() {
    let play = play().await;
    play.kaltura.switch(|switches| switches.draft_entries_ready = true);
    let added = add(&play, &play.ks, json!({})).await;
    assert_eq!(added["status"], 2);
    let content = json!({"entryId": added["id"], "resource": film(&play)});
    assert_eq!(play.one("media", "addContent", content.clone()).await["code"], "ENTRY_ALREADY_WITH_CONTENT");
    play.kaltura.switch(|switches| switches.entry_replacement = false);
    assert_eq!(play.one("media", "updateContent", content.clone()).await["code"], "FEATURE_FORBIDDEN");
    play.kaltura.switch(|switches| switches.entry_replacement = true);
    let replaced = play.one("media", "updateContent", content.clone()).await;
    assert_eq!((&replaced["status"], &replaced["replacementStatus"]), (&json!(2), &json!("1")));
    let again = play.one("media", "updateContent", content).await;
    assert_eq!(again["code"], "ENTRY_REPLACEMENT_ALREADY_EXISTS");
    play.pass(600).await;
    let done = play.one("media", "get", json!({"entryId": added["id"]})).await;
    assert_eq!((&done["status"], &done["replacementStatus"]), (&json!(2), &json!("0")));
    assert!(play.kaltura.entry(added["id"].as_str().unwrap()).unwrap().has_content());
}

/// SRV MS L138-200: on an entry without content it does what `addContent` does.
#[tokio::test]
async fn update_content_fills_an_entry_that_has_none() {
    let play = play().await;
    let added = add(&play, &play.ks, json!({})).await;
    let content = json!({"entryId": added["id"], "resource": film(&play)});
    assert_eq!(play.one("media", "updateContent", content).await["status"], 0);
}

/// SRV `api_v3/lib/KalturaResponseCacher.php` L607-700: each call of a multirequest counts.
#[tokio::test]
async fn calls_beyond_the_rate_are_blocked_until_the_window_is_over() {
    let play = play().await;
    play.kaltura.switch(|switches| switches.rate_limit = Some(RateLimit { calls: 2, window_ms: 10_000 }));
    let pings = vec![json!({"service": "system", "action": "ping"}); 3];
    let answer = play.multi(&pings).await;
    assert_eq!((&answer[1], &answer[2]["code"]), (&json!(true), &json!("ACTION_BLOCKED")));
    play.pass(10).await;
    assert_eq!(play.multi(&pings[..1]).await[0], true);
    play.kaltura.switch(|switches| (switches.rate_limit, switches.block_every) = (None, Some(2)));
    let answer = play.multi(&pings).await;
    assert_eq!(
        (&answer[0], &answer[1]["code"], &answer[2]),
        (&json!(true), &json!("ACTION_BLOCKED"), &json!(true))
    );
}

/// SRV `api_v3/services/UserService.php` L192-211; `perm/service.session.ini`.
#[tokio::test]
async fn a_plain_user_learns_who_they_are_by_user_get_alone() {
    let play = play().await;
    assert_eq!(play.one("user", "get", json!({})).await["id"], "noa");
    let other = play.one("user", "get", json!({"userId": "tomas"})).await;
    assert_eq!(other["code"], "CANNOT_RETRIEVE_ANOTHER_USER_USING_NON_ADMIN_SESSION");
    assert_eq!(play.one("session", "get", json!({})).await["code"], "SERVICE_FORBIDDEN");
}

/// SRV FC L185-209, L353-366, L380-419.
#[tokio::test]
async fn references_count_from_one_even_where_the_keys_begin_at_zero() {
    let play = play().await;
    let [first, second] = add_and_content(&format!("{}/film.mp4", play.links), "01FILM");
    let body = json!({"ks": play.ks, "0": first, "1": second});
    let answer = play.send("service/multirequest?format=1", "application/json", &body).await.2;
    assert_eq!((&answer[0]["status"], &answer[1]["status"]), (&json!(7), &json!(0)));
}

/// FH L171-223; `DocumentCreatedHandler.php` L114-135; JM L1369-1376, L1384-1390.
#[tokio::test]
async fn images_and_documents_skip_the_conversion_and_nothing_converts_without_a_profile() {
    let play = play().await;
    let url = format!("{}/download.aspx", play.links);
    for (entry, steps, extension) in [
        (json!({"objectType": MEDIA, "mediaType": 1}), vec![0, 1, 2], "aspx"),
        (json!({"objectType": MEDIA, "mediaType": 2}), vec![0, 2], "jpg"),
        (json!({"objectType": "KalturaDocumentEntry", "documentType": 13}), vec![0, 2], "aspx"),
        (
            json!({"objectType": "KalturaDocumentEntry", "documentType": 13, "conversionProfileId": 123}),
            vec![0, 1, 2],
            "aspx",
        ),
        (json!({"objectType": MEDIA, "mediaType": 1, "conversionProfileId": -1}), vec![0, 4], "aspx"),
    ] {
        let added = play.one("baseEntry", "add", json!({ "entry": entry })).await;
        let resource = json!({"objectType": "KalturaUrlResource", "url": url, "forceAsyncDownload": true});
        play.one("baseEntry", "addContent", json!({"entryId": added["id"], "resource": resource})).await;
        let id = added["id"].as_str().unwrap();
        let mut seen = Vec::new();
        for _ in 0..60 {
            let status = play.kaltura.entry(id).unwrap().status.number();
            if seen.last() != Some(&status) {
                seen.push(status);
            }
            play.pass(5).await;
        }
        assert_eq!(seen, steps, "{entry}");
        assert_eq!(play.kaltura.entry(id).unwrap().extension.as_deref(), Some(extension), "{entry}");
    }
    let zero = add(&play, &play.ks, json!({"conversionProfileId": 0})).await;
    assert_eq!(zero["code"], "CONVERSION_PROFILE_ID_NOT_FOUND");
}

/// `perm/service.caption.captionasset.ini` items 1, 10; `perm/service.thumbasset.ini`; `perm/service.categoryentry.ini`.
#[tokio::test]
async fn captions_need_a_role_and_publishing_goes_by_category_entry() {
    let play = play().await;
    let plain = of(&play, "noa", SessionPreset::PlainUser);
    let id = add(&play, &plain, json!({})).await["id"].clone();
    let caption = json!({"entryId": id, "captionAsset": {"objectType": "KalturaCaptionAsset", "language": "Hebrew", "format": "3"}});
    let refused = call(&play, &plain, "caption_captionAsset", "add", caption.clone()).await;
    assert_eq!(refused["code"], "SERVICE_FORBIDDEN");
    let added = play.one("caption_captionAsset", "add", caption).await;
    let text = json!({"objectType": "KalturaStringResource", "content": "WEBVTT"});
    let set = play
        .one("caption_captionAsset", "setContent", json!({"id": added["id"], "contentResource": text}))
        .await;
    assert_eq!(set["status"], 2);
    let thumbnail = json!({"entryId": id, "url": "http://127.0.0.1:1/a.png"});
    assert_eq!(call(&play, &plain, "thumbAsset", "addFromUrl", thumbnail).await["entryId"], id);

    for (category, code) in [
        (json!(102), Value::Null),
        (json!(102), json!("CATEGORY_ENTRY_ALREADY_EXISTS")),
        (json!(103), json!("CANNOT_ASSIGN_ENTRY_TO_CATEGORY")),
        (json!(104), json!("CATEGORY_NOT_FOUND")),
    ] {
        let given = json!({"categoryEntry": {"objectType": "KalturaCategoryEntry", "entryId": id, "categoryId": category}});
        assert_eq!(call(&play, &plain, "categoryEntry", "add", given).await["code"], code, "{category}");
    }
    assert_eq!(play.kaltura.entry(id.as_str().unwrap()).unwrap().categories, [102]);
}

/// `deployment/updates/scripts/xml/2022_02_16_addUniqueKmsEntryReadyEmailNotification.template.xml`.
#[tokio::test]
async fn mediaspace_knows_its_entries_by_custom_metadata() {
    let play = play().await;
    let profiles = json!({"filter": {"systemNameEqual": "EntryAdditionalInfo"}});
    let profile = play.one("metadata_metadataProfile", "list", profiles).await["objects"][0]["id"].clone();
    let id = add(&play, &play.ks, json!({})).await["id"].clone();
    let metadata =
        json!({"metadataProfileId": profile, "objectType": "1", "objectId": id, "xmlData": "<metadata/>"});
    assert_eq!(play.one("metadata_metadata", "add", metadata.clone()).await["objectId"], id);
    assert_eq!(play.one("metadata_metadata", "add", metadata).await["code"], "METADATA_ALREADY_EXISTS");
}

/// SRV `api_v3/services/UploadTokenService.php`; the real name, where a link would end in `aspx`.
#[tokio::test]
async fn an_upload_keeps_the_name_of_its_file() {
    let play = play().await;
    let token =
        json!({"uploadToken": {"objectType": "KalturaUploadToken", "fileName": "Notes.pdf", "fileSize": 9}});
    let token = play.one("uploadToken", "add", token).await["id"].clone();
    let entry = json!({"entry": {"objectType": "KalturaDocumentEntry", "documentType": 13, "name": "Notes"}});
    let id = play.one("baseEntry", "add", entry).await["id"].clone();
    let resource = json!({"objectType": "KalturaUploadedFileTokenResource", "token": token});
    let waiting = play.one("baseEntry", "addContent", json!({"entryId": id, "resource": resource})).await;
    assert_eq!(waiting["status"], 0);
    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"ks\"\r\n\r\n{}\r\n--b\r\nContent-Disposition: form-data; name=\"uploadTokenId\"\r\n\r\n{}\r\n\
         --b\r\nContent-Disposition: form-data; name=\"fileData\"; filename=\"blob\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\n\r\n--b--\r\n",
        play.ks,
        token.as_str().unwrap()
    );
    let request = Request::post("/api_v3/service/uploadToken/action/upload?format=1")
        .header("content-type", "multipart/form-data; boundary=b")
        .body(Body::from(body))
        .unwrap();
    let response = router(Arc::clone(&play.kaltura)).oneshot(request).await.unwrap();
    let answer = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!((&answer["status"], &answer["uploadedFileSize"]), (&json!(2), &json!(9)), "{answer}");
    play.kaltura.clock().idle().await;
    let entry = play.kaltura.entry(id.as_str().unwrap()).unwrap();
    assert_eq!((entry.status, entry.extension.as_deref()), (EntryStatus::Ready, Some("pdf")));
    assert_eq!(entry.source.as_deref(), Some("Notes.pdf"));
}

#[tokio::test]
async fn a_lost_answer_leaves_what_was_carried_out() {
    let play = play().await;
    let lost = FailingCalls { answer: "lost".into(), action: Some("add".into()), ..FailingCalls::default() };
    play.kaltura.change_faults(|faults| faults.calls = vec![lost]);
    let request = Request::post("/api_v3/service/media/action/add?format=1")
        .header("content-type", "application/json")
        .body(Body::from(json!({"ks": play.ks, "entry": {"mediaType": 1}}).to_string()))
        .unwrap();
    let response = router(Arc::clone(&play.kaltura)).oneshot(request).await.unwrap();
    assert!(to_bytes(response.into_body(), usize::MAX).await.is_err());
    assert_eq!(play.kaltura.entries().len(), 1);
}

#[tokio::test]
async fn a_client_that_gives_up_stops_nothing() {
    let play = play().await;
    play.kaltura.switch(|switches| switches.call_ms = 5_000);
    let [first, second] = add_and_content(&format!("{}/film.mp4", play.links), "01FILM");
    let body = json!({"ks": play.ks, "1": first, "2": second});
    let request = Request::post("/api_v3/service/multirequest?format=1")
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    let answer = tokio::spawn(router(Arc::clone(&play.kaltura)).oneshot(request));
    while play.kaltura.requests().1 == 0 {
        tokio::task::yield_now().await;
    }
    answer.abort();
    play.pass(5).await;
    assert_eq!(play.kaltura.entries()[0].status, EntryStatus::NoContent);
    play.pass(5).await;
    assert_eq!(play.kaltura.entries()[0].status, EntryStatus::Import);
    assert_eq!(play.kaltura.requests().1, 0);
}

#[tokio::test]
async fn a_session_may_end_after_so_many_calls() {
    let play = play().await;
    play.kaltura.switch(|switches| switches.session_ends_after_calls = Some(1));
    let gets = vec![json!({"service": "user", "action": "get"}); 2];
    let answer = play.multi(&gets).await;
    assert_eq!((&answer[0]["id"], &answer[1]["code"]), (&json!("noa"), &json!("INVALID_KS")));
}

/// `session.start` and roles, as a server asks for them.
#[tokio::test]
async fn a_server_starts_a_session_with_a_role_that_keeps_references() {
    let play = play().await;
    let admin = of(&play, "server", SessionPreset::Administrator);
    let role = json!({"userRole": {"objectType": "KalturaUserRole", "name": "Import", "permissionNames": "BASE_USER_SESSION_PERMISSION,CONTENT_INGEST_REFERENCE_MODIFY,CAPTION_MODIFY"}});
    let role = call(&play, &admin, "userRole", "add", role).await["id"].clone();
    let start = json!({"secret": ADMIN_SECRET, "userId": "noa", "type": 0, "partnerId": Kaltura::PARTNER_ID, "expiry": 3600,
                       "privileges": format!("setrole:{role},editadmintags:*")});
    let ks = play.one("session", "start", start).await;
    let added =
        add(&play, ks.as_str().unwrap(), json!({"referenceId": "01FILM", "adminTags": "onedrive"})).await;
    assert_eq!((&added["referenceId"], &added["adminTags"]), (&json!("01FILM"), &json!("onedrive")));
    let wrong = json!({"secret": "x", "partnerId": Kaltura::PARTNER_ID});
    assert_eq!(play.one("session", "start", wrong).await["code"], "START_SESSION_ERROR");
}
