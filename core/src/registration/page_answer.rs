//! What the address of the redirect URI answers, and what that means for the picker.

use super::{CheckName, CheckState, Diagnosis, Directive, Mend, Policy};

/// How a request without credentials to the redirect URI went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reached {
    /// No answer.
    Nothing,
    /// The server sends visitors elsewhere, most often to a login.
    Redirected,
    /// An answer.
    Answered(PageAnswer),
}

/// The answer of the redirect URI's address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageAnswer {
    /// The HTTP status.
    pub status: u16,
    /// `Cross-Origin-Opener-Policy`
    pub opener_policy: Option<String>,
    /// `Content-Security-Policy`
    pub content_policy: Option<String>,
    /// The document.
    pub body: String,
}

impl PageAnswer {
    /// Whether the document is the picker's page and not a login or an error page with the status 200.
    pub(crate) fn is_picker(&self) -> bool {
        self.body.contains("filePicker") && self.body.contains("BroadcastChannel")
    }
}

impl Diagnosis {
    /// Notes what the page's address answered. `needed` are the origins that the page must be able to reach and by
    /// which directive; `own_origin` is the page's.
    pub fn note_page(&mut self, reached: &Reached, needed: &[(Directive, &str)], own_origin: &str) {
        let failed = |mend, code: &str| CheckState::Failed { mend, code: code.to_owned() };
        let answer = match reached {
            Reached::Answered(answer) if answer.status == 200 && answer.is_picker() => answer,
            Reached::Answered(answer) => {
                let status = answer.status.to_string();
                let state = match answer.status {
                    200 => failed(Mend::ServePage, "other_page"),
                    401 | 403 => failed(Mend::AllowAnonymous, &status),
                    _ => failed(Mend::ServePage, &status),
                };
                return self.note_no_page(state);
            }
            Reached::Redirected => return self.note_no_page(failed(Mend::AllowAnonymous, "redirected")),
            Reached::Nothing => return self.note_no_page(failed(Mend::CheckNetwork, "unreachable")),
        };
        self.set(CheckName::Page, CheckState::Passed);
        let severs = answer.opener_policy.as_deref().is_some_and(|policy| {
            let value = policy.split(';').next().unwrap_or_default().trim();
            !(value.is_empty() || value.eq_ignore_ascii_case("unsafe-none"))
        });
        let coop = if severs { failed(Mend::RemoveCoop, "coop") } else { CheckState::Passed };
        self.set(CheckName::Coop, coop);
        let policy = Policy::parse(answer.content_policy.as_deref().unwrap_or_default());
        let blocked =
            needed.iter().find(|(directive, origin)| !policy.allows(*directive, origin, own_origin));
        let state = match blocked {
            _ if !policy.allows_web_assembly() => failed(Mend::RelaxPolicy, "script-src 'wasm-unsafe-eval'"),
            Some((directive, origin)) => failed(Mend::RelaxPolicy, &[directive.name(), " ", origin].concat()),
            None => CheckState::Passed,
        };
        self.set(CheckName::ContentSecurityPolicy, state);
    }

    /// Notes that the page cannot be looked at from here, since the assistant runs on another site.
    pub fn note_foreign_site(&mut self) {
        let state = CheckState::Failed { mend: Mend::OpenOnSite, code: "other_origin".to_owned() };
        self.note_no_page(state);
    }

    fn note_no_page(&mut self, state: CheckState) {
        self.set(CheckName::Page, state);
        self.set(CheckName::ContentSecurityPolicy, CheckState::NotReachable);
        self.set(CheckName::Coop, CheckState::NotReachable);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "https://media.example";
    const NEEDED: [(Directive, &str); 1] = [(Directive::Connect, "https://graph.microsoft.com")];

    fn page() -> PageAnswer {
        let body = "<script>query.has(\"filePicker\"); new BroadcastChannel(state)</script>".to_owned();
        PageAnswer { status: 200, body, ..PageAnswer::default() }
    }

    fn judged(reached: &Reached) -> [CheckState; 3] {
        let mut diagnosis = Diagnosis::default();
        diagnosis.note_page(reached, &NEEDED, OWN);
        CheckName::PAGE.map(|name| diagnosis.state(name).clone())
    }

    fn failed(mend: Mend, code: &str) -> CheckState {
        CheckState::Failed { mend, code: code.to_owned() }
    }

    #[test]
    fn passes_a_page_that_answers_without_a_login() {
        let reached = Reached::Answered(PageAnswer {
            opener_policy: Some("unsafe-none".into()),
            content_policy: Some("default-src 'self' 'wasm-unsafe-eval' https://graph.microsoft.com".into()),
            ..page()
        });
        assert_eq!(judged(&reached), [CheckState::Passed, CheckState::Passed, CheckState::Passed]);
    }

    #[test]
    fn names_what_is_in_the_way() {
        for (reached, mend, code) in [
            (Reached::Nothing, Mend::CheckNetwork, "unreachable"),
            (Reached::Redirected, Mend::AllowAnonymous, "redirected"),
            (Reached::Answered(PageAnswer { status: 404, ..page() }), Mend::ServePage, "404"),
            (Reached::Answered(PageAnswer { status: 403, ..page() }), Mend::AllowAnonymous, "403"),
            (
                Reached::Answered(PageAnswer { body: "<form>Log in".into(), ..page() }),
                Mend::ServePage,
                "other_page",
            ),
        ] {
            let [page, policy, coop] = judged(&reached);
            assert_eq!(page, failed(mend, code));
            assert_eq!((policy, coop), (CheckState::NotReachable, CheckState::NotReachable));
        }
    }

    #[test]
    fn finds_policies_that_break_the_picker() {
        for (opener, content, expected) in [
            (Some("same-origin"), None, [CheckState::Passed, failed(Mend::RemoveCoop, "coop")]),
            (
                None,
                Some("connect-src 'self'"),
                [failed(Mend::RelaxPolicy, "connect-src https://graph.microsoft.com"), CheckState::Passed],
            ),
            (
                None,
                Some("script-src 'self'"),
                [failed(Mend::RelaxPolicy, "script-src 'wasm-unsafe-eval'"), CheckState::Passed],
            ),
        ] {
            let [_, policy, coop] = judged(&Reached::Answered(PageAnswer {
                opener_policy: opener.map(str::to_owned),
                content_policy: content.map(str::to_owned),
                ..page()
            }));
            assert_eq!([policy, coop], expected);
        }
    }
}
