//! What belongs to an entry: captions, thumbnails, custom metadata.

use serde_json::{Value, json};

use super::error::ApiError;
use super::kaltura::Kaltura;
use super::request::Call;
use super::session::{CAPTION_MODIFY, Session};

/// The custom metadata profile by which MediaSpace knows its entries (SRV
/// `deployment/updates/scripts/xml/2022_02_16_addUniqueKmsEntryReadyEmailNotification.template.xml`).
const PROFILE: (u32, &str) = (8_801, "EntryAdditionalInfo");

/// Refuses who may not write captions (SRV `deployment/permissions/service.caption.captionasset.ini`, items 1 and 10).
fn need_captions(session: &Session, call: &Call) -> Result<(), ApiError> {
    if session.is_permitted(CAPTION_MODIFY) {
        return Ok(());
    }
    let service = format!("{}->{}", call.service, call.action);
    Err(ApiError::new("SERVICE_FORBIDDEN", &[&service]))
}

/// `captionAsset.add`: a caption without text.
pub(super) fn add_caption(kaltura: &Kaltura, session: &Session, call: &Call) -> Result<Value, ApiError> {
    need_captions(session, call)?;
    let entry = kaltura.editable(session, &call.needed("entryId")?)?;
    let language = call.object("captionAsset")?.text("language").unwrap_or_else(|| "English".to_owned());
    kaltura.change(&entry.id, |entry| entry.captions.push(language.clone()));
    let id = format!("{}_c{}", entry.id, entry.captions.len());
    Ok(
        json!({"objectType": "KalturaCaptionAsset", "id": id, "entryId": entry.id, "language": language, "status": 0}),
    )
}

/// `captionAsset.setContent`.
pub(super) fn set_caption(kaltura: &Kaltura, session: &Session, call: &Call) -> Result<Value, ApiError> {
    need_captions(session, call)?;
    let id = call.needed("id")?;
    let entry = id.rsplit_once("_c").and_then(|(entry, _)| kaltura.entry(entry));
    let entry = entry.ok_or_else(|| ApiError::new("CAPTION_ASSET_ID_NOT_FOUND", &[&id]))?;
    call.object("contentResource")?;
    Ok(json!({"objectType": "KalturaCaptionAsset", "id": id, "entryId": entry.id, "status": 2}))
}

/// `thumbAsset.addFromUrl`: free for a plain user, on an entry of one's own.
pub(super) fn add_thumbnail(kaltura: &Kaltura, session: &Session, call: &Call) -> Result<Value, ApiError> {
    let entry = kaltura.editable(session, &call.needed("entryId")?)?;
    let url = call.needed("url")?;
    kaltura.change(&entry.id, |entry| entry.thumbnail = Some(url));
    Ok(
        json!({"objectType": "KalturaThumbAsset", "id": format!("{}_t", entry.id), "entryId": entry.id, "status": 2}),
    )
}

/// `metadata_metadataProfile.list`, by `systemNameEqual` or all.
pub(super) fn list_profiles(call: &Call) -> Value {
    let wanted = call.parameters.get("filter").and_then(|filter| filter.get("systemNameEqual")?.as_str());
    let objects: Vec<Value> = [PROFILE]
        .iter()
        .filter(|(_, name)| wanted.is_none_or(|wanted| wanted == *name))
        .map(|(id, name)| json!({"objectType": "KalturaMetadataProfile", "id": id, "systemName": name, "metadataObjectType": "1"}))
        .collect();
    json!({"objectType": "KalturaMetadataProfileListResponse", "totalCount": objects.len(), "objects": objects})
}

/// `metadata_metadata.add`.
pub(super) fn add_metadata(kaltura: &Kaltura, session: &Session, call: &Call) -> Result<Value, ApiError> {
    let profile = call.needed("metadataProfileId")?;
    if profile != PROFILE.0.to_string() {
        return Err(ApiError::new("METADATA_PROFILE_NOT_FOUND", &[&profile]));
    }
    let entry = kaltura.editable(session, &call.needed("objectId")?)?;
    let xml = call.needed("xmlData")?;
    let id = format!("{}9", PROFILE.0);
    if entry.metadata.iter().any(|(known, _)| *known == PROFILE.0) {
        return Err(ApiError::new("METADATA_ALREADY_EXISTS", &[&id]));
    }
    kaltura.change(&entry.id, |entry| entry.metadata.push((PROFILE.0, xml.clone())));
    Ok(
        json!({"objectType": "KalturaMetadata", "id": id, "metadataProfileId": PROFILE.0, "objectId": entry.id,
              "metadataObjectType": "1", "xml": xml, "status": 1}),
    )
}
