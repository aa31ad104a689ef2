//! `uploadToken.add` and `upload` (SRV `api_v3/services/UploadTokenService.php`).

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use serde_json::{Value, json};

use super::content::{is_allowed_extension, path_extension};
use super::download::Downloaded;
use super::entry::Entry;
use super::error::ApiError;
use super::import;
use super::jobs::Job;
use super::kaltura::Kaltura;
use super::kept::Kept;
use super::request::Call;
use super::resource::UrlResource;
use super::session::Session;
use crate::drive::QuickXorHash;

/// A file that came with a request.
#[derive(Clone, Debug)]
pub(super) struct UploadedFile {
    pub(super) name: String,
    pub(super) bytes: Bytes,
}

/// `KalturaUploadTokenStatus`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TokenStatus {
    Pending = 0,
    Partial = 1,
    Full = 2,
    Closed = 3,
}

#[derive(Clone, Debug)]
struct UploadToken {
    user_id: String,
    file_name: String,
    file_size: Option<u64>,
    bytes: Vec<u8>,
    status: TokenStatus,
    /// The entry that was given this token before the file was there.
    entry: Option<String>,
}

/// All tokens, by their ids.
#[derive(Default)]
pub(super) struct UploadTokens(HashMap<String, UploadToken>);

impl UploadToken {
    fn to_value(&self, id: &str, partner_id: u32) -> Value {
        json!({"id": id, "partnerId": partner_id, "userId": self.user_id, "status": self.status as i64,
               "fileName": self.file_name, "fileSize": self.file_size, "uploadedFileSize": self.bytes.len(),
               "objectType": "KalturaUploadToken"})
    }
}

/// `uploadToken.add`.
pub(super) fn add(kaltura: &Kaltura, session: &Session, call: &Call) -> Value {
    let given = call.object("uploadToken").ok();
    let text = |name: &str| given.and_then(|given| given.text(name));
    let token = UploadToken {
        user_id: session.user_id.clone(),
        file_name: text("fileName").unwrap_or_default(),
        file_size: text("fileSize").and_then(|size| size.parse().ok()),
        bytes: Vec::new(),
        status: TokenStatus::Pending,
        entry: None,
    };
    let mut state = kaltura.state();
    let id = format!("1_{}", state.new_id().replace('_', ""));
    let value = token.to_value(&id, kaltura.partner_id());
    state.tokens.0.insert(id, token);
    value
}

/// `uploadToken.upload`, whole or in chunks (`resume`, `resumeAt`, `finalChunk`).
pub(super) fn upload(
    kaltura: &Arc<Kaltura>,
    session: &Session,
    call: &Call,
    file: Option<&UploadedFile>,
) -> Result<Value, ApiError> {
    let id = call.needed("uploadTokenId")?;
    let file = file.ok_or_else(|| ApiError::new("MISSING_MANDATORY_PARAMETER", &["fileData"]))?;
    let flag = |name: &str| call.text(name).map(|text| matches!(text.as_str(), "1" | "true"));
    let (value, entry_id) = {
        let state = &mut *kaltura.state();
        let token = state.tokens.0.get_mut(&id).filter(|token| session.may_edit(&token.user_id));
        let token = token.ok_or_else(|| ApiError::new("UPLOAD_TOKEN_NOT_FOUND", &[]))?;
        if !matches!(token.status, TokenStatus::Pending | TokenStatus::Partial) {
            return Err(ApiError::new("UPLOAD_TOKEN_INVALID_STATUS_FOR_UPLOAD", &[]));
        }
        if token.file_name.is_empty() {
            token.file_name.clone_from(&file.name);
        }
        if state.switches.restrict_file_types && !is_allowed_extension(path_extension(&token.file_name)) {
            return Err(ApiError::new("UPLOAD_TOKEN_FILE_TYPE_RESTRICTED_FOR_UPLOAD", &[]));
        }
        if flag("resume") != Some(true) {
            token.bytes.clear();
        }
        if let Some(place) = call.text("resumeAt").and_then(|text| text.parse::<usize>().ok()) {
            token.bytes.resize(place, 0);
        }
        token.bytes.extend_from_slice(&file.bytes);
        let last = flag("finalChunk") != Some(false);
        token.status = if last { TokenStatus::Full } else { TokenStatus::Partial };
        let entry = if last { token.entry.take() } else { None };
        (token.to_value(&id, kaltura.partner_id()), entry)
    };
    if let Some(entry_id) = entry_id {
        use_token(kaltura, &entry_id, &id);
    }
    Ok(value)
}

/// Gives an entry the content of a token, or lets it wait for it.
///
/// # Errors
/// `UPLOAD_TOKEN_NOT_FOUND` for an unknown one or another's, `UPLOAD_TOKEN_INVALID_STATUS_FOR_ADD_ENTRY` for a used one.
pub(super) fn attach(
    kaltura: &Arc<Kaltura>,
    session: &Session,
    entry: &Entry,
    id: &str,
) -> Result<(), ApiError> {
    let complete = {
        let tokens = &mut kaltura.state().tokens;
        let token = tokens.0.get_mut(id).filter(|token| session.may_edit(&token.user_id));
        let token = token.ok_or_else(|| ApiError::new("UPLOAD_TOKEN_NOT_FOUND", &[]))?;
        if token.status == TokenStatus::Closed || token.entry.is_some() {
            return Err(ApiError::new("UPLOAD_TOKEN_INVALID_STATUS_FOR_ADD_ENTRY", &[]));
        }
        let complete = token.status == TokenStatus::Full;
        if !complete {
            token.entry = Some(entry.id.clone());
        }
        complete
    };
    if complete {
        use_token(kaltura, &entry.id, id);
    }
    Ok(())
}

/// Closes a token and converts what it holds.
fn use_token(kaltura: &Arc<Kaltura>, entry_id: &str, id: &str) {
    let (name, bytes, drawn) = {
        let state = &mut *kaltura.state();
        let Some(token) = state.tokens.0.get_mut(id) else { return };
        token.status = TokenStatus::Closed;
        (token.file_name.clone(), std::mem::take(&mut token.bytes), state.faults.draw_import())
    };
    let (mut hash, mut kept) = (QuickXorHash::default(), Kept::default());
    hash.update(&bytes);
    kept.update(&bytes);
    let downloaded = Downloaded {
        media_type: "application/octet-stream".to_owned(),
        bytes: bytes.len() as u64,
        hash,
        kept,
    };
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_owned());
    kaltura.change(entry_id, |entry| entry.source = Some(name));
    let resource = UrlResource {
        url: String::new(),
        force_async_download: false,
        should_redirect: false,
        headers: Vec::new(),
    };
    let mut job = Job::new(entry_id.to_owned(), resource, drawn);
    job.report.url = String::new();
    job.report.bytes = bytes.len() as u64;
    let (task, clock) = (Arc::clone(kaltura), Arc::clone(kaltura.clock()));
    clock.spawn(async move { import::convert(&task, job, downloaded, extension).await });
}
