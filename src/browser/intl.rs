//! Numbers, dates, sizes, plurals and the order of names by the browser's `Intl`, in the picker's locale.

use js_sys::{Array, Date, Function, Object, Reflect};
use std::cmp::Ordering;
use wasm_bindgen::JsValue;

/// The formatters of one locale, made once.
#[derive(Debug)]
pub struct Formats {
    locales: Array,
    number: Function,
    day: Function,
    day_and_year: Function,
    plural: js_sys::Intl::PluralRules,
    collate: Function,
    sizes: Vec<Function>,
    this_year: u32,
}

const SIZE_UNITS: [&str; 5] = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];

impl Formats {
    /// The formatters of a BCP 47 locale; one that the browser does not know gives the browser's own.
    pub fn new(locale: &str) -> Self {
        let mut locales = Array::of1(&locale.into());
        if js_sys::Intl::get_canonical_locales(&locales).length() == 0 {
            locales = Array::new();
        }
        let number = |members: &[(&str, JsValue)]| {
            js_sys::Intl::NumberFormat::new(&locales, &options(members)).format()
        };
        let date = |members: &[(&str, JsValue)]| {
            js_sys::Intl::DateTimeFormat::new(&locales, &options(members)).format()
        };
        let sizes = SIZE_UNITS
            .iter()
            .map(|unit| {
                number(&[
                    ("style", "unit".into()),
                    ("unit", (*unit).into()),
                    ("unitDisplay", if *unit == "byte" { "long" } else { "short" }.into()),
                    ("maximumSignificantDigits", 3.into()),
                ])
            })
            .collect();
        Self {
            number: number(&[]),
            day: date(&[("day", "numeric".into()), ("month", "short".into())]),
            day_and_year: date(&[
                ("day", "numeric".into()),
                ("month", "short".into()),
                ("year", "numeric".into()),
            ]),
            plural: js_sys::Intl::PluralRules::new(&locales, &Object::new()),
            collate: js_sys::Intl::Collator::new(
                &locales,
                &options(&[("numeric", true.into()), ("sensitivity", "base".into())]),
            )
            .compare(),
            sizes,
            this_year: Date::new_0().get_full_year(),
            locales,
        }
    }

    /// A whole number with the locale's digits and groups.
    pub fn number(&self, value: u64) -> String {
        call(&self.number, value as f64)
    }

    /// A size in bytes in the unit that fits, such as "611 MB". Decimal units, as OneDrive and macOS show them.
    pub fn size(&self, bytes: u64) -> String {
        let mut value = bytes as f64;
        let mut units = self.sizes.iter();
        let mut unit = units.next();
        while value >= 999.5
            && let Some(next) = units.next()
        {
            value /= 1000.0;
            unit = Some(next);
        }
        unit.map(|format| call(format, value)).unwrap_or_default()
    }

    /// A day such as "28 Oct", with the year if it is not this one. `milliseconds` since 1970 UTC.
    pub fn day(&self, milliseconds: i64) -> String {
        let date = Date::new(&JsValue::from_f64(milliseconds as f64));
        let format = if date.get_full_year() == self.this_year { &self.day } else { &self.day_and_year };
        format.call1(&JsValue::UNDEFINED, &date).ok().and_then(|text| text.as_string()).unwrap_or_default()
    }

    /// A day with its year.
    pub fn full_day(&self, milliseconds: i64) -> String {
        call(&self.day_and_year, milliseconds as f64)
    }

    /// The plural category (CLDR) of a count: `zero`, `one`, `two`, `few`, `many` or `other`.
    pub fn plural(&self, count: u64) -> String {
        self.plural.select(count as f64).as_string().unwrap_or_default()
    }

    /// The locale's order of two names, digits by their value.
    pub fn compare(&self, left: &str, right: &str) -> Ordering {
        let order = self.collate.call2(&JsValue::UNDEFINED, &left.into(), &right.into());
        order
            .ok()
            .and_then(|order| order.as_f64())
            .and_then(|order| order.partial_cmp(&0.0))
            .unwrap_or(Ordering::Equal)
    }

    /// Names of languages or units are not needed so far; the locales in use, for further formatters.
    pub fn locales(&self) -> &Array {
        &self.locales
    }
}

fn call(format: &Function, value: f64) -> String {
    format
        .call1(&JsValue::UNDEFINED, &value.into())
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

fn options(members: &[(&str, JsValue)]) -> Object {
    let options = Object::new();
    for (name, value) in members {
        let _ = Reflect::set(&options, &(*name).into(), value);
    }
    options
}
