//! Categories, and `categoryEntry.add`, which publishes (SRV `api_v3/services/CategoryEntryService.php`).

use serde_json::{Value, json};

use super::error::ApiError;
use super::kaltura::Kaltura;
use super::request::Call;
use super::session::Session;

/// A category of the account.
#[derive(Clone, Copy, Debug)]
pub(super) struct Category {
    pub(super) id: u32,
    pub(super) full_name: &'static str,
    /// Whether everybody at the site may see it.
    pub(super) open: bool,
    /// Whether everybody who sees it may add to it.
    pub(super) anybody_adds: bool,
}

/// The categories that there are.
const CATEGORIES: [Category; 4] = [
    Category { id: 101, full_name: "Media", open: true, anybody_adds: true },
    Category { id: 102, full_name: "MediaSpace>site>channels>Signals", open: true, anybody_adds: true },
    Category {
        id: 103,
        full_name: "MediaSpace>site>channels>Announcements",
        open: true,
        anybody_adds: false,
    },
    Category { id: 104, full_name: "MediaSpace>site>channels>Board", open: false, anybody_adds: false },
];

/// The category with that full name.
pub(super) fn by_name(full_name: &str) -> Option<Category> {
    CATEGORIES.iter().find(|category| category.full_name == full_name).copied()
}

/// Whether everybody at the site may see a category.
pub(super) fn is_open(id: u32) -> bool {
    CATEGORIES.iter().any(|category| category.id == id && category.open)
}

/// `categoryEntry.add`.
pub(super) fn add_entry(kaltura: &Kaltura, session: &Session, call: &Call) -> Result<Value, ApiError> {
    let given = call.object("categoryEntry")?;
    let (Some(entry_id), Some(category_id)) = (given.text("entryId"), given.text("categoryId")) else {
        let missing = if given.text("entryId").is_none() { "entryId" } else { "categoryId" };
        let name = format!("KalturaCategoryEntry::{missing}");
        return Err(ApiError::new("PROPERTY_VALIDATION_CANNOT_BE_NULL", &[&name]));
    };
    let found = CATEGORIES.iter().find(|category| category.id.to_string() == category_id);
    let category = found
        .filter(|category| category.open || session.is_admin())
        .ok_or_else(|| ApiError::new("CATEGORY_NOT_FOUND", &[&category_id]))?;
    let entry = kaltura.existing(&entry_id)?;
    let may_add = session.is_admin() || (category.anybody_adds && session.may_edit(&entry.user_id));
    if !may_add {
        return Err(ApiError::new("CANNOT_ASSIGN_ENTRY_TO_CATEGORY", &[]));
    }
    if entry.categories.contains(&category.id) {
        return Err(ApiError::new("CATEGORY_ENTRY_ALREADY_EXISTS", &[]));
    }
    kaltura.change(&entry_id, |entry| entry.categories.push(category.id));
    Ok(
        json!({"objectType": "KalturaCategoryEntry", "categoryId": category.id, "entryId": entry_id, "status": 2,
              "categoryFullIds": category.id.to_string(), "createdAt": kaltura.now() / 1_000}),
    )
}

/// `category.list`, by `fullNameEqual` or `fullNameIn`, or all that the session sees.
pub(super) fn list(session: &Session, call: &Call) -> Value {
    let wanted = call.parameters.get("filter").and_then(|filter| {
        ["fullNameEqual", "fullNameIn"].iter().find_map(|name| filter.get(name)?.as_str())
    });
    let objects: Vec<Value> = CATEGORIES
        .iter()
        .filter(|category| category.open || session.is_admin())
        .filter(|category| wanted.is_none_or(|names| names.split(',').any(|name| name == category.full_name)))
        .map(|category| {
            let name = category.full_name.rsplit('>').next();
            json!({"objectType": "KalturaCategory", "id": category.id, "fullName": category.full_name, "name": name})
        })
        .collect();
    json!({"objectType": "KalturaCategoryListResponse", "totalCount": objects.len(), "objects": objects})
}
