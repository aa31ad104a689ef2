//! `import-progress`: the host tells how the import of each picked file stands.

use super::json;
use super::refresh::ItemReference;
use serde_json::Value;

/// At most so many items of one notification are read.
const MOST_ITEMS: usize = 1_000;

/// How one picked file stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportItem {
    /// Which file.
    pub(crate) item: ItemReference,
    /// How far it is.
    pub(crate) state: ImportState,
    /// The Kaltura entry made for it, once known.
    pub(crate) entry_id: Option<String>,
    /// Whether Kaltura has the file, so that it needs neither page any longer; `None` if the host does not tell.
    pub(crate) handed_over: Option<bool>,
    /// Whether the host waits for something that it will try again by itself.
    pub(crate) is_held_up: bool,
    /// Whether somebody has to approve it before others see it.
    pub moderation: Moderation,
}

/// Whether somebody has to approve an entry (`KalturaEntryModerationStatus`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Moderation {
    /// Nobody has to, or it is approved.
    #[default]
    None,
    /// It waits to be approved.
    Pending,
    /// It was not approved.
    Rejected,
}

/// The states of an import. `Ready` and `Failed` are final, but a retry may begin again with `Queued`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ImportState {
    /// Waiting its turn.
    Queued,
    /// Under way.
    Importing {
        /// 0 to 100; `None` while unknown.
        percent: Option<u8>,
    },
    /// In Kaltura and playable.
    Ready,
    /// Not imported.
    Failed {
        /// A stable code of the host or of Kaltura.
        code: String,
        /// A sentence of the host, cleaned and cut to 300 characters.
        message: String,
    },
}

impl ImportState {}

/// Reads the `items` of a notification. Items that name no file or no known state are left out; of several for one
/// file the last counts.
pub(super) fn read_items(notification: &Value) -> Vec<ImportItem> {
    let mut items: Vec<ImportItem> = Vec::new();
    for item in json::elements(notification, "items").iter().take(MOST_ITEMS).filter_map(read) {
        match items.iter_mut().find(|known| known.item == item.item) {
            Some(known) => *known = item,
            None => items.push(item),
        }
    }
    items
}

fn read(item: &Value) -> Option<ImportItem> {
    let state = match json::text(item, "state")? {
        "queued" => ImportState::Queued,
        "importing" => ImportState::Importing { percent: percent(item) },
        "ready" => ImportState::Ready,
        "failed" => {
            let error = item.get("error").unwrap_or(&Value::Null);
            let (code, message) = super::message::error_parts(error);
            ImportState::Failed { code, message }
        }
        _ => return None,
    };
    let entry_id = json::plain(item, "entryId", 256).map(str::to_owned);
    let moderation = match json::text(item, "moderation") {
        Some("pending") => Moderation::Pending,
        Some("rejected") => Moderation::Rejected,
        _ => Moderation::None,
    };
    Some(ImportItem {
        item: ItemReference::read(item)?,
        state,
        entry_id,
        handed_over: item.get("handedOver").and_then(Value::as_bool),
        is_held_up: json::text(item, "waitingFor").is_some_and(|code| !code.is_empty()),
        moderation,
    })
}

/// Rounds down, so that 100 is only said when it is true; outside 0 to 100, or with an exponent, it is unknown.
fn percent(item: &Value) -> Option<u8> {
    let number = item.get("percent")?.as_number()?.to_string();
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
    let is_plain = fraction.bytes().all(|digit| digit.is_ascii_digit());
    let is_more = fraction.bytes().any(|digit| digit != b'0');
    let whole: u8 = whole.parse().ok()?;
    (is_plain && (whole < 100 || whole == 100 && !is_more)).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &str) -> Vec<ImportItem> {
        read_items(&json::parse(text).unwrap())
    }

    #[test]
    fn reads_each_state() {
        let items = items(
            r#"{"items":[{"id":"1","driveId":"d","state":"queued"},
                {"id":"2","driveId":"d","state":"importing","percent":41.9},
                {"id":"3","driveId":"d","state":"ready","entryId":"0_abc"},
                {"id":"4","driveId":"d","state":"failed","error":{"code":"EXPIRED","message":"the link expired"}}]}"#,
        );
        let states: Vec<_> = items.iter().map(|item| item.state.clone()).collect();
        assert_eq!(
            states,
            [
                ImportState::Queued,
                ImportState::Importing { percent: Some(41) },
                ImportState::Ready,
                ImportState::Failed { code: "EXPIRED".into(), message: "the link expired".into() },
            ]
        );
        assert_eq!(items[2].entry_id.as_deref(), Some("0_abc"));
    }

    #[test]
    fn reads_what_the_host_adds_about_waiting_and_approval() {
        let items = items(
            r#"{"items":[{"id":"1","driveId":"d","state":"queued","handedOver":false,"waitingFor":"ACTION_BLOCKED"},
                {"id":"2","driveId":"d","state":"ready","handedOver":true,"moderation":"pending"},
                {"id":"3","driveId":"d","state":"ready","moderation":"rejected","waitingFor":""},
                {"id":"4","driveId":"d","state":"ready","moderation":7,"handedOver":"yes"}]}"#,
        );
        let told: Vec<_> =
            items.iter().map(|item| (item.handed_over, item.is_held_up, item.moderation)).collect();
        assert_eq!(
            told,
            [
                (Some(false), true, Moderation::None),
                (Some(true), false, Moderation::Pending),
                (None, false, Moderation::Rejected),
                (None, false, Moderation::None),
            ]
        );
    }

    #[test]
    fn a_percentage_outside_its_range_is_unknown() {
        for (text, expected) in [
            ("0", Some(0)),
            ("100", Some(100)),
            ("99.9", Some(99)),
            ("-1", None),
            ("-0.5", None),
            ("101", None),
            ("100.0", Some(100)),
            ("100.1", None),
            ("1e300", None),
            ("1.5e1", None),
            ("256", None),
            ("\"50\"", None),
            ("null", None),
        ] {
            let text =
                [r#"{"items":[{"id":"1","driveId":"d","state":"importing","percent":"#, text, "}]}"].concat();
            assert_eq!(items(&text)[0].state, ImportState::Importing { percent: expected }, "{text}");
        }
    }

    #[test]
    fn leaves_out_what_it_cannot_place() {
        for text in [
            "{}",
            r#"{"items":null}"#,
            r#"{"items":{"0":{}}}"#,
            r#"{"items":[null,1,"x",[],{}]}"#,
            r#"{"items":[{"id":"1","driveId":"d"}]}"#,
            r#"{"items":[{"id":"1","driveId":"d","state":"exploded"}]}"#,
            r#"{"items":[{"id":"1","state":"ready"}]}"#,
        ] {
            assert_eq!(items(text), [], "{text}");
        }
    }

    #[test]
    fn the_last_of_two_for_one_file_counts() {
        let items = items(
            r#"{"items":[{"id":"1","driveId":"d","state":"ready"},{"id":"1","driveId":"d","state":"failed","error":"gone"}]}"#,
        );
        assert_eq!(items.len(), 1);
        assert_eq!(items[0].state, ImportState::Failed { code: "unknown".into(), message: "gone".into() });
    }
}
