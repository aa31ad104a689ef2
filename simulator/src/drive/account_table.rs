//! All the accounts (listed for people in `simulator/README.md`).

use super::account::{Account, DrivePlan, SignIn};
use super::faults::{Fault, FaultKind};
use super::tenant::{CONSUMERS, FAULTS, OPENU, PARTNER, STRICT, Tenant, UNLICENSED};
use crate::identity::TokenFault;

type Row = (&'static str, &'static str, &'static Tenant, DrivePlan, SignIn, &'static str);

static PEOPLE: [Row; 13] = [
    (
        "noa",
        "Noa Bar-Lev",
        &OPENU,
        DrivePlan::Showcase,
        SignIn::AsksConsent,
        "The showcase; asked for consent once",
    ),
    (
        "tomas",
        "Tomás Rivera",
        &OPENU,
        DrivePlan::Colleague,
        SignIn::Consented,
        "A colleague who shares a folder",
    ),
    (
        "lena",
        "Lena Fischer",
        &OPENU,
        DrivePlan::Colleague,
        SignIn::Consented,
        "A colleague who shares a file",
    ),
    (
        "admin",
        "Avi Administrator",
        &OPENU,
        DrivePlan::Empty,
        SignIn::Consented,
        "Administrator; an empty drive",
    ),
    ("nodrive", "Nora No-Drive", &OPENU, DrivePlan::NotProvisioned, SignIn::Consented, "No OneDrive set up"),
    ("student", "Sam Student", &STRICT, DrivePlan::Colleague, SignIn::AsksConsent, "Needs admin approval"),
    ("admin", "Ada Admin", &STRICT, DrivePlan::Colleague, SignIn::AsksConsent, "Can give admin approval"),
    ("guest", "Gil Guest", &PARTNER, DrivePlan::Colleague, SignIn::Consented, "Guest of openu.example"),
    ("stranger", "Stella Stranger", &PARTNER, DrivePlan::Colleague, SignIn::Consented, "Guest of nobody"),
    (
        "teacher",
        "Theo Teacher",
        &UNLICENSED,
        DrivePlan::Unlicensed,
        SignIn::Consented,
        "Tenant without SharePoint",
    ),
    ("ruth", "Ruth Personal", &CONSUMERS, DrivePlan::Personal, SignIn::AsksConsent, "Personal account"),
    (
        "own",
        "Olga Own-Files",
        &OPENU,
        DrivePlan::Colleague,
        SignIn::OwnFilesOnly,
        "Is granted Files.Read only",
    ),
    ("odd", "Odette Odd", &OPENU, DrivePlan::Odd, SignIn::Consented, "Odd names and items in the root"),
];

static FAULTY: [(&str, SignIn, &str); 46] = [
    ("unassigned", SignIn::Fails(50_105), "Not assigned to the application"),
    ("policy", SignIn::Fails(53_003), "Refused by Conditional Access"),
    ("declined", SignIn::Fails(65_004), "Declines the consent"),
    ("unconsented", SignIn::Fails(65_001), "Nobody consented"),
    ("approval", SignIn::Fails(90_094), "Needs admin approval"),
    ("foreign", SignIn::Fails(90_072), "Not in the tenant"),
    ("multifactor", SignIn::Fails(50_076), "Must use a second factor"),
    ("disabled", SignIn::Fails(50_057), "Account is disabled"),
    ("server-error", SignIn::Fails(90_033), "Microsoft has a transient error"),
    ("internal-error", SignIn::Fails(50_000), "Microsoft has an internal error"),
    ("slow", SignIn::Slow(15), "The sign-in answers after 15 s"),
    ("short", SignIn::ShortLived(60), "Token of 60 s"),
    ("revoked", SignIn::Revoked, "Token revoked after its first use"),
    ("wrong-nonce", SignIn::Faulty(TokenFault::WrongNonce), "ID token with another nonce"),
    ("no-nonce", SignIn::Faulty(TokenFault::NoNonce), "ID token without a nonce"),
    ("wrong-audience", SignIn::Faulty(TokenFault::WrongAudience), "ID token for another application"),
    ("wrong-issuer", SignIn::Faulty(TokenFault::WrongIssuer), "ID token of another issuer"),
    ("wrong-tenant", SignIn::Faulty(TokenFault::WrongTenant), "Tenant id and issuer do not fit"),
    ("wrong-hash", SignIn::Faulty(TokenFault::WrongHash), "at_hash of another token"),
    ("no-hash", SignIn::Faulty(TokenFault::NoHash), "ID token without at_hash"),
    ("alg-none", SignIn::Faulty(TokenFault::AlgorithmNone), "Unsigned ID token"),
    ("hs256", SignIn::Faulty(TokenFault::SymmetricAlgorithm), "HS256 with the public key"),
    ("unknown-key", SignIn::Faulty(TokenFault::UnknownKey), "Key id that nobody knows"),
    ("foreign-key", SignIn::Faulty(TokenFault::ForeignKey), "Signed with the key of another issuer"),
    ("wrong-key", SignIn::Faulty(TokenFault::WrongKey), "Signed with another key than it names"),
    ("tampered", SignIn::Faulty(TokenFault::Tampered), "Claims changed after signing"),
    ("expired", SignIn::Faulty(TokenFault::Expired), "ID token expired"),
    ("not-yet", SignIn::Faulty(TokenFault::NotYetValid), "ID token not yet valid"),
    ("not-a-token", SignIn::Faulty(TokenFault::Garbage), "ID token is no token"),
    ("no-id-token", SignIn::Faulty(TokenFault::NoIdToken), "Access token alone"),
    ("no-access-token", SignIn::Faulty(TokenFault::NoAccessToken), "ID token alone"),
    ("wrong-state", SignIn::Faulty(TokenFault::WrongState), "Another state"),
    ("no-state", SignIn::Faulty(TokenFault::NoState), "No state"),
    ("duplicate", SignIn::Faulty(TokenFault::Duplicate), "Every parameter twice"),
    ("script", SignIn::Faulty(TokenFault::Script), "Markup in the error description"),
    ("huge", SignIn::Faulty(TokenFault::Huge), "A fragment of 2 MB"),
    ("less-scope", SignIn::Faulty(TokenFault::LessScope), "Files were not granted"),
    ("no-lifetime", SignIn::Faulty(TokenFault::NoLifetime), "No expires_in"),
    ("throttled", SignIn::Consented, "Every second Graph call is throttled"),
    ("unavailable", SignIn::Consented, "Graph is unavailable for a while"),
    ("broken", SignIn::Consented, "Graph answers 500"),
    ("garbled", SignIn::Consented, "Graph's listings are cut short"),
    ("captive", SignIn::Consented, "A page answers instead of Graph"),
    ("forbidden", SignIn::Consented, "Graph answers 403"),
    ("sluggish", SignIn::Consented, "Graph takes 3 s for every call"),
    ("looping", SignIn::Consented, "The next page is always the same"),
];

/// All the accounts, those for demos first.
pub(super) fn accounts() -> Vec<Account> {
    let people = PEOPLE.iter().map(|&(local, name, tenant, drive, sign_in, purpose)| Account {
        username: format!("{local}@{}", tenant.domain),
        name: name.to_owned(),
        tenant,
        administrator: local == "admin",
        sign_in,
        drive,
        purpose,
    });
    people.chain(FAULTY.iter().map(|&(local, sign_in, purpose)| faulty(local, sign_in, purpose))).collect()
}

/// `aadsts-50076@faults.example`: any error, without an account of its own in the table.
pub(super) fn by_error(username: &str) -> Option<Account> {
    let local = username.strip_suffix(FAULTS.domain)?.strip_suffix('@')?;
    let code = local.strip_prefix("aadsts-")?.parse().ok()?;
    Some(faulty(local, SignIn::Fails(code), "Fails with that AADSTS code"))
}

/// `guest_partner.example#EXT#@openu.example`: what a guest is called in the tenant that invited it. It has no
/// OneDrive there.
pub(super) fn guest(username: &str) -> Option<Account> {
    let (local, domain) = username.split_once("#EXT#@")?;
    let (tenant, home) = (Tenant::find(domain)?, local.replacen('_', "@", 1));
    let account = accounts().into_iter().find(|account| account.username == home)?;
    Some(Account { username: username.to_owned(), tenant, drive: DrivePlan::NotProvisioned, ..account })
}

fn faulty(local: &str, sign_in: SignIn, purpose: &'static str) -> Account {
    Account {
        username: format!("{local}@{}", FAULTS.domain),
        name: format!("Fault {local}"),
        tenant: &FAULTS,
        administrator: false,
        sign_in,
        drive: DrivePlan::Colleague,
        purpose,
    }
}

/// The faults that come with accounts of `faults.example`.
pub(super) fn faults() -> Vec<Fault> {
    let of = |local: &str, kind| Fault::new(kind).account(&format!("{local}@{}", FAULTS.domain));
    vec![
        of("throttled", FaultKind::Throttled { retry_after: 2 }).every(2),
        of("unavailable", FaultKind::Unavailable { retry_after: 2 }).times(4),
        of("broken", FaultKind::ServerError),
        of("garbled", FaultKind::Truncated).path("/children"),
        of("captive", FaultKind::HtmlPage),
        of("forbidden", FaultKind::Forbidden).path("/children"),
        of("sluggish", FaultKind::Delay { milliseconds: 3_000 }),
        of("looping", FaultKind::RepeatedNextLink).path("/children"),
    ]
}
