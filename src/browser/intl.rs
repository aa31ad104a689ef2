//! Numbers, dates, sizes, plurals and the order of names by the browser's `Intl`, in the picker's locale.

use js_sys::{Array, Date, Function, Object, Reflect};
use std::cell::{OnceCell, RefCell};
use std::cmp::Ordering;
use wasm_bindgen::{JsCast, JsValue};

/// The formatters of one locale, each made when it is first used: the first of each kind costs Chromium some 20 ms.
#[derive(Debug)]
pub struct Formats {
    locales: Array,
    number: OnceCell<Function>,
    day: OnceCell<Function>,
    day_and_year: OnceCell<Function>,
    plural: OnceCell<js_sys::Intl::PluralRules>,
    collate: OnceCell<Function>,
    units: RefCell<Vec<(&'static str, Function)>>,
    this_year: u32,
    /// Whether the locale is written from right to left, where "96 MB" would be shown as "MB 96".
    isolates: bool,
}

impl Formats {
    /// The formatters of a BCP 47 locale; one that the browser does not know gives the browser's own.
    pub fn new(locale: &str) -> Self {
        Self {
            locales: canonical(locale).unwrap_or_default(),
            number: OnceCell::new(),
            day: OnceCell::new(),
            day_and_year: OnceCell::new(),
            plural: OnceCell::new(),
            collate: OnceCell::new(),
            units: RefCell::default(),
            this_year: Date::new_0().get_full_year(),
            isolates: matches!(locale.get(..2), Some("he" | "ar")),
        }
    }

    /// Makes what dates and sizes in rows need.
    pub fn warm_up(&self) {
        self.number(0);
        self.day(0);
    }

    /// A whole number with the locale's digits and groups.
    pub fn number(&self, value: u64) -> String {
        call(self.number.get_or_init(|| self.number_format(&[])), value as f64)
    }

    /// A size in bytes in the unit that fits, such as "611 MB", counted as OneDrive counts: 1,024 to the unit.
    pub fn size(&self, bytes: u64) -> String {
        const UNITS: [&str; 5] = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
        let mut value = bytes as f64;
        let mut unit = 0;
        while value >= 1000.0 && unit + 1 < UNITS.len() {
            value /= 1024.0;
            unit += 1;
        }
        // One decimal below ten, from megabytes on.
        let tenths = if value < 10.0 && unit > 1 { (value * 10.0).round() / 10.0 } else { value.round() };
        let text = UNITS.get(unit).map(|unit| self.with_unit(unit, tenths)).unwrap_or_default();
        // FIRST STRONG ISOLATE and its end (UAX #9).
        if self.isolates { ["\u{2068}", &text, "\u{2069}"].concat() } else { text }
    }

    /// A count of a unit of time (`hour`, `minute`, `second`), such as "2 h".
    pub fn unit(&self, unit: &'static str, count: u32) -> String {
        self.with_unit(unit, f64::from(count))
    }

    fn with_unit(&self, unit: &'static str, value: f64) -> String {
        let mut units = self.units.borrow_mut();
        let known = units.iter().position(|(known, _)| *known == unit);
        let index = known.unwrap_or_else(|| {
            let members = [
                ("style", "unit".into()),
                ("unit", unit.into()),
                ("unitDisplay", if unit == "byte" { "long" } else { "short" }.into()),
                ("maximumFractionDigits", 1.into()),
            ];
            units.push((unit, self.number_format(&members)));
            units.len() - 1
        });
        units.get(index).map(|(_, format)| call(format, value)).unwrap_or_default()
    }

    /// A day such as "28 Oct", with the year if it is not this one. `milliseconds` since 1970 UTC.
    pub fn day(&self, milliseconds: u64) -> String {
        let date = Date::new(&JsValue::from_f64(milliseconds as f64));
        let format = if date.get_full_year() == self.this_year { self.short_day() } else { self.long_day() };
        format.call1(&JsValue::UNDEFINED, &date).ok().and_then(|text| text.as_string()).unwrap_or_default()
    }

    /// A day with its year.
    pub fn full_day(&self, milliseconds: u64) -> String {
        call(self.long_day(), milliseconds as f64)
    }

    fn short_day(&self) -> &Function {
        self.day.get_or_init(|| self.date_format(&[("day", "numeric".into()), ("month", "short".into())]))
    }

    fn long_day(&self) -> &Function {
        let members = || [("day", "numeric".into()), ("month", "short".into()), ("year", "numeric".into())];
        self.day_and_year.get_or_init(|| self.date_format(&members()))
    }

    fn date_format(&self, members: &[(&str, JsValue)]) -> Function {
        js_sys::Intl::DateTimeFormat::new(&self.locales, &options(members)).format()
    }

    fn number_format(&self, members: &[(&str, JsValue)]) -> Function {
        js_sys::Intl::NumberFormat::new(&self.locales, &options(members)).format()
    }

    /// The plural category (CLDR) of a count: `zero`, `one`, `two`, `few`, `many` or `other`.
    pub fn plural(&self, count: u64) -> String {
        let plural = || js_sys::Intl::PluralRules::new(&self.locales, &Object::new());
        self.plural.get_or_init(plural).select(count as f64).as_string().unwrap_or_default()
    }

    /// The locale's order of two names, digits by their value.
    pub fn compare(&self, left: &str, right: &str) -> Ordering {
        let collate = || {
            let members = [("numeric", true.into()), ("sensitivity", "base".into())];
            js_sys::Intl::Collator::new(&self.locales, &options(&members)).compare()
        };
        let order = self.collate.get_or_init(collate).call2(&JsValue::UNDEFINED, &left.into(), &right.into());
        order
            .ok()
            .and_then(|order| order.as_f64())
            .and_then(|order| order.partial_cmp(&0.0))
            .unwrap_or(Ordering::Equal)
    }
}

/// The locale as `Intl` takes it. `None` for a tag that is none: `getCanonicalLocales` throws then.
fn canonical(locale: &str) -> Option<Array> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let check: Function = Reflect::get(&intl, &"getCanonicalLocales".into()).ok()?.dyn_into().ok()?;
    check.call1(&intl, &locale.into()).ok()?.dyn_into().ok()
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
