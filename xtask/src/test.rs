//! The job `test`: everything that must hold before a change is taken.

mod counts;
mod native;
mod pages;
mod report;
pub(crate) mod targets;

use crate::build::{self, Options};
use crate::check;
use crate::dist;
use crate::failure::{Failure, Outcome};
use crate::flags::Flags;
use crate::paths::Paths;
use crate::setup::{self, Browser, Purpose};
use crate::size;
use counts::Counts;
use report::Report;

/// What the job does, in one line.
pub(crate) const SUMMARY: &str = "run every check and test; what CI runs";

/// How the job is used.
pub(crate) const USAGE: &str = "\
cargo xtask test [STEP…] [--std stock|tuned]

Runs all steps, or those named:
  formatting  lints  browser-lints      rustfmt; clippy for this machine and for the browser
  borders                               the dependencies of core/: none needs a browser
  native  examples                      tests that run on this machine; examples in the documentation
  browser                               tests of tests/browser*.rs, in a headless Chromium
  host-kit  types                       the host kit under Node.js; its types under tsc --strict
  build  size                           the release build; what it weighs against the budgets
  dist                                  the release, built and packed twice to the same bytes
  bench                                 the built picker on bench/'s Graph: requests, repeated files, bytes
  journeys                              tests/journeys*.rs: a person's way through the built pages

Goes on after a failed step where that makes sense. The last line counts tests, and a check as one.";

/// Every step, in order.
pub(crate) const STEPS: &[&str] = &[
    "formatting",
    "borders",
    "lints",
    "browser-lints",
    "native",
    "examples",
    "browser",
    "host-kit",
    "types",
    "build",
    "size",
    "dist",
    "bench",
    "journeys",
];

/// Runs the job.
///
/// Fails if anything did.
pub(crate) fn run(paths: &Paths, mut flags: Flags) -> Outcome {
    let options = Options::take(&mut flags)?;
    let only = flags.words();
    flags.finish()?;
    if let Some(unknown) = only.iter().find(|name| !STEPS.contains(&name.as_str())) {
        return Err(Failure::new(format!(
            "there is no step called {unknown:?}; there are: {}",
            STEPS.join(", ")
        )));
    }
    let mut report = Report::new(only);
    let mut toolchain = None;
    report.always("setup", || {
        toolchain = Some(setup::prepare(paths, Purpose::Tests)?);
        Ok(Counts::one())
    });
    let Some((toolchain, browser)) = toolchain.zip(Browser::find()?) else {
        return report.finish();
    };
    let checked = |outcome: Outcome| outcome.map(|()| Counts::one());
    report.step("formatting", || checked(check::formatting(paths)));
    report.step("borders", || checked(check::borders(paths)));
    report.step("lints", || checked(check::lints(paths)));
    report.step("browser-lints", || checked(check::browser_lints(paths, &toolchain)));
    report.step("native", || native::tests(paths));
    report.step("examples", || native::examples(paths));
    report.step("browser", || pages::in_browser(paths, &toolchain, &browser));
    report.step("host-kit", || pages::host_kit(paths));
    report.step("types", || pages::types(paths));
    if report.step("build", || checked(build::build(paths, &toolchain, &options))) {
        report.step("size", || checked(size::check(paths)));
        report.step("dist", || checked(dist::check(paths, &toolchain, &options)));
        report.step("bench", || pages::bench(paths, &browser));
        report.step("journeys", || native::journeys(paths, &browser));
    } else {
        report.skip("size");
        report.skip("dist");
        report.skip("bench");
        report.skip("journeys");
    }
    report.finish()
}
