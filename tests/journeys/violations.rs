//! What a page did against its policy: the reports that the browser kept, and what any window wrote to its console.

use serde_json::Value;

use crate::browser::Browser;

impl Browser {
    /// The violations of the page in this window since it was opened (`securitypolicyviolation`, as reports).
    pub(crate) async fn reported_violations(&self) -> Vec<String> {
        let script = "const done = arguments[arguments.length - 1]; const seen = []; \
            const observer = new ReportingObserver((reports) => seen.push(...reports), { types: ['csp-violation'], buffered: true }); \
            observer.observe(); \
            requestAnimationFrame(() => setTimeout(() => done([...seen, ...observer.takeRecords()].map(({ body }) => \
            `${body.effectiveDirective}: ${body.blockedURL} at ${body.sourceFile}:${body.lineNumber} ${body.sample}`))))";
        let found = self.driver.execute_async(script, Vec::new()).await.expect("the observer runs");
        found.convert().expect("texts")
    }

    /// The lines about policies in the console of all windows so far.
    pub(crate) fn logged_violations(&self) -> Vec<String> {
        let console = self.console();
        let is_violation =
            |line: &&str| line.contains("Content Security Policy") || line.contains("requires 'Trusted");
        console
            .lines()
            .filter(|line| line.contains("CONSOLE"))
            .filter(is_violation)
            .map(str::to_owned)
            .collect()
    }

    /// Sees that no page did anything against its policy; and that it would have been seen.
    pub(crate) async fn see_no_violation(&self) {
        assert_eq!(self.reported_violations().await, [""; 0]);
        assert_eq!(self.logged_violations(), [""; 0]);
        self.act("try { document.createElement('p').innerHTML = '<b>markup</b>'; } catch {}").await;
        let reported = self.reported_violations().await;
        assert_eq!(reported.len(), 1, "{reported:?}");
        assert!(reported[0].starts_with("require-trusted-types-for"), "{reported:?}");
        self.eventually("the line in the console", async || {
            (!self.logged_violations().is_empty()).then_some(())
        })
        .await;
    }

    /// How many requests of the page in this window went to each origin, and how many bytes came back.
    pub(crate) async fn traffic(&self) -> Value {
        self.ask(
            "const sums = {}; for (const { name, transferSize } of performance.getEntriesByType('resource')) { \
             const { origin } = new URL(name); const sum = (sums[origin] ??= { requests: 0, bytes: 0 }); \
             sum.requests += 1; sum.bytes += transferSize; } return sums",
        )
        .await
    }
}
