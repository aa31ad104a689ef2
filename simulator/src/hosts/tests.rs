//! The pages of other hosts, at both origins that serve them.

use std::path::Path;

use reqwest::Client;

use crate::{Options, Running, Simulator};

async fn start() -> Running {
    let kit = Path::new(env!("CARGO_MANIFEST_DIR")).join("../host-kit/src");
    Simulator::start(Options::for_tests("dist", kit)).await.unwrap()
}

async fn get(address: String) -> (u16, String, String) {
    let response = Client::builder().no_proxy().build().unwrap().get(address).send().await.unwrap();
    let media_type = response.headers().get("content-type").map(|value| value.to_str().unwrap().to_owned());
    (response.status().as_u16(), media_type.unwrap_or_default(), response.text().await.unwrap())
}

#[tokio::test]
async fn both_sites_serve_every_host_page_with_the_pickers_address() {
    let running = start().await;
    let origins = running.origins();
    for origin in [&origins.mediaspace, &origins.lms] {
        for name in ["v8.html", "v72.html", "element.html"] {
            let (status, media_type, page) = get(format!("{origin}/hosts/{name}?quirk=csharp")).await;
            assert_eq!((status, media_type.as_str()), (200, "text/html; charset=utf-8"), "{name}");
            assert!(page.contains(&format!("\"picker\":\"{}\"", origins.mediaspace)), "{name}");
            assert!(!page.contains("{mediaspace}"), "{name}");
        }
        for name in ["", "hosts.css", "v8.js", "v72.js", "element.js", "quirks.js"] {
            assert_eq!(get(format!("{origin}/hosts/{name}")).await.0, 200, "{name}");
        }
        assert_eq!(get(format!("{origin}/hosts/none")).await.0, 404);
        assert_eq!(get(format!("{origin}/host/onedrive-picker.ts")).await.0, 200);
    }
}

#[tokio::test]
async fn the_course_frames_mediaspace_from_another_site() {
    let running = start().await;
    let (status, _, page) = get(format!("{}/", running.origins().lms)).await;
    assert_eq!(status, 200);
    assert!(page.contains(&format!("{{\"mediaspace\":\"{}\"}}", running.origins().mediaspace)));
    for name in ["course.js", "course.css"] {
        assert_eq!(get(format!("{}/site/{name}", running.origins().lms)).await.0, 200, "{name}");
    }
}
