//! The settings as a whole.

use super::address::{base_url, own_url};
use super::object::{Object, wrong};
use super::{
    Allowed, Cloud, GraphBase, MediaType, MediaTypes, Role, SettingsError, Theme, TokenStorage, UserRole,
};
use crate::auth::{ClientId, FilesAccess, Flow, Tenant};
use crate::web::Origin;
use serde_json::Value;

/// The path of the redirect URI on the picker's own origin, unless the settings name another.
const REDIRECT_PATH: &str = "/onedrive/index/blank-page";

/// What the administrator set, every default filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// `enabled`: the module is on.
    pub(crate) enabled: bool,
    /// `allowedRoles`: the lowest role that may import.
    pub(crate) allowed_roles: Role,
    /// `applicationId`: never missing if the module is on. [`Settings::gate`] gives it out.
    pub(crate) application_id: Option<ClientId>,
    /// `userRole`: the role of the person at the screen.
    pub(crate) user_role: Option<UserRole>,
    /// `tenant`: who may sign in.
    pub(crate) tenant: Tenant,
    /// `cloud`: the national cloud; its Graph resource is the prefix of the scopes.
    pub cloud: Cloud,
    /// `loginBaseUrl`: where people sign in, without a trailing slash.
    pub login_base_url: String,
    /// `graphBaseUrl`: the base of every Graph request.
    pub graph_base: GraphBase,
    /// `redirectUri`: where Microsoft sends the answer, letter by letter as registered.
    pub redirect_uri: String,
    /// `hostOrigins`: who may embed the picker and receive a choice. The picker's own origin is always among them.
    pub host_origins: Vec<Origin>,
    /// `mediaTypes`: what may be chosen.
    pub(crate) media_types: MediaTypes,
    /// `maxItems`: how many files one choice may have.
    pub(crate) max_items: u32,
    /// `maxItemBytes`: how many bytes each of them may have.
    pub(crate) max_item_bytes: Option<u64>,
    /// `locale`: a BCP 47 tag; `None` for the browser's.
    pub locale: Option<String>,
    /// `theme`: the look.
    pub theme: Theme,
    /// `flow`: how the sign-in is done.
    pub(crate) flow: Flow,
    /// `tokenStorage`: where the token is kept between two loads of the page.
    pub token_storage: TokenStorage,
    /// `filesAccess`: all files that the person can open, or only their own (the scope `Files.Read`).
    pub files: FilesAccess,
}

/// Reads the settings. Unknown keys are ignored, `null` is the same as leaving a key out.
///
/// # Errors
/// [`SettingsError`] that names the first key whose value is missing or wrong, what the value is and what it
/// may be. `applicationId` may be missing only while the module is off.
pub fn parse(json: &str, own_origin: &Origin) -> Result<Settings, SettingsError> {
    let object = Object::parse(json)?;
    let enabled = object.value("enabled", Allowed::YesOrNo, yes_or_no).unwrap_or(false);
    let application_id = object.text("applicationId", Allowed::Guid, ClientId::parse);
    if enabled && application_id.is_none() {
        object.refuse(SettingsError::Missing { key: "applicationId", allowed: Allowed::Guid });
    }
    let cloud = object.text("cloud", Allowed::OneOf(&Cloud::NAMES), Cloud::parse).unwrap_or_default();
    let login_base_url = object
        .text("loginBaseUrl", Allowed::BaseUrl, |text| base_url(text).map(|(url, _)| url))
        .unwrap_or_else(|| cloud.login_base_url().to_owned());
    let graph_base = object
        .text("graphBaseUrl", Allowed::GraphBaseUrl, GraphBase::parse)
        .or_else(|| GraphBase::of_resource(cloud.graph_resource()))
        .ok_or(SettingsError::Missing { key: "graphBaseUrl", allowed: Allowed::GraphBaseUrl })?;
    let settings = Settings {
        enabled,
        allowed_roles: object
            .text("allowedRoles", Allowed::OneOf(&Role::NAMES), Role::parse)
            .unwrap_or(Role::PrivateOnly),
        application_id,
        user_role: object.text("userRole", Allowed::Text, |name| Some(UserRole::parse(name))),
        tenant: object.text("tenant", Allowed::Tenant, Tenant::parse).unwrap_or_default(),
        cloud,
        login_base_url,
        graph_base,
        redirect_uri: object
            .text("redirectUri", Allowed::OwnUrl, |text| own_url(text, own_origin))
            .unwrap_or_else(|| default_redirect_uri(own_origin)),
        host_origins: host_origins(&object, own_origin),
        media_types: media_types(&object),
        max_items: object.value("maxItems", Allowed::PositiveNumber, positive).unwrap_or(100),
        max_item_bytes: object.value("maxItemBytes", Allowed::PositiveNumber, positive),
        locale: object.text("locale", Allowed::LanguageTag, language_tag),
        theme: object.text("theme", Allowed::OneOf(&Theme::NAMES), Theme::parse).unwrap_or_default(),
        flow: object.text("flow", Allowed::OneOf(&Flow::NAMES), Flow::parse).unwrap_or_default(),
        token_storage: object
            .text("tokenStorage", Allowed::OneOf(&TokenStorage::NAMES), TokenStorage::parse)
            .unwrap_or_default(),
        files: object
            .text("filesAccess", Allowed::OneOf(&FilesAccess::NAMES), FilesAccess::parse)
            .unwrap_or_default(),
    };
    object.finish().map(|()| settings)
}

fn yes_or_no(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(enabled) => Some(*enabled),
        Value::String(text) if text == "Yes" => Some(true),
        Value::String(text) if text == "No" => Some(false),
        Value::Number(number) if number.as_u64() == Some(1) => Some(true),
        Value::Number(number) if number.as_u64() == Some(0) => Some(false),
        _ => None,
    }
}

fn positive<N: TryFrom<u64>>(value: &Value) -> Option<N> {
    value.as_u64().filter(|number| *number > 0).and_then(|number| N::try_from(number).ok())
}

fn default_redirect_uri(own_origin: &Origin) -> String {
    let mut uri = String::from(own_origin.as_str());
    uri.push_str(REDIRECT_PATH);
    uri
}

fn host_origins(object: &Object, own_origin: &Origin) -> Vec<Origin> {
    let mut origins = vec![own_origin.clone()];
    object.each("hostOrigins", Allowed::Origins, &mut |text| {
        let origin = Origin::parse(text).ok()?;
        if !origins.contains(&origin) {
            origins.push(origin);
        }
        Some(())
    });
    origins
}

fn media_types(object: &Object) -> MediaTypes {
    let allowed = Allowed::SomeOf(&MediaType::NAMES);
    let mut set = MediaTypes::NONE;
    let is_said = object.each("mediaTypes", allowed, &mut |text| {
        set = set.with(MediaType::parse(text)?);
        Some(())
    });
    if !is_said {
        return MediaTypes::default();
    }
    if set.is_empty() {
        object.refuse(wrong("mediaTypes", &Value::Array(Vec::new()), allowed));
    }
    set
}

/// Whether the text has the shape of a language tag (RFC 5646 section 2.1, roughly): subtags of one to eight
/// letters or digits, the first of two to eight letters.
fn language_tag(text: &str) -> Option<String> {
    let mut subtags = text.split('-');
    let language = subtags.next()?;
    let is_language =
        (2..=8).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_alphabetic());
    let rest_fits = subtags.all(|subtag| {
        (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    (is_language && rest_fits && text.len() <= 35).then(|| text.to_owned())
}
