//! The errors of the sign-in: their numbers, OAuth names, words, and where they are shown (entra-sign-in.md 3 and 4).

use serde_json::{Value, json};

use crate::drive::{Moment, guid};

/// Number, OAuth error, whether it stays on Microsoft's own page, and the words; `{}` is what it is about.
type Row = (u32, &'static str, bool, &'static str);

static TABLE: [Row; 66] = [
    (
        16_000,
        "interaction_required",
        false,
        "Either multiple user identities are available for the current request or selected account is not supported for the scenario.",
    ),
    (
        28_000,
        "invalid_request",
        false,
        "Provided value for the input parameter scope is not valid because it contains more than one resource. Scope {} is not valid.",
    ),
    (
        28_002,
        "invalid_request",
        false,
        "Provided value for the input parameter scope '{}' is not valid when requesting an access token.",
    ),
    (
        50_000,
        "server_error",
        false,
        "There was an error issuing a token or an issue with our sign-in service.",
    ),
    (
        50_011,
        "invalid_request",
        true,
        "The redirect URI '{}' specified in the request does not match the redirect URIs configured for the application. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal.",
    ),
    (
        50_020,
        "interaction_required",
        true,
        "User account '{}' from identity provider does not exist in tenant and cannot access the application in that tenant. The account needs to be added as an external user in the tenant first.",
    ),
    (
        50_034,
        "invalid_grant",
        true,
        "The user account {} does not exist in the directory. To sign into this application, the account must be added to the directory.",
    ),
    (
        50_053,
        "invalid_grant",
        true,
        "The account is locked, you've tried to sign in too many times with an incorrect user ID or password.",
    ),
    (50_055, "invalid_grant", true, "The password is expired."),
    (50_057, "invalid_grant", true, "The user account is disabled."),
    (50_058, "login_required", false, "A silent sign-in request was sent but no user is signed in."),
    (
        50_072,
        "interaction_required",
        false,
        "Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication.",
    ),
    (50_074, "interaction_required", false, "Strong Authentication is required."),
    (
        50_076,
        "interaction_required",
        false,
        "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication.",
    ),
    (
        50_079,
        "interaction_required",
        false,
        "Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication.",
    ),
    (
        50_105,
        "access_denied",
        true,
        "Your administrator has configured the application to block users unless they are specifically granted ('assigned') access to the application. The signed in user '{}' is blocked because they are not a direct member of a group with access, nor had access directly assigned by an administrator.",
    ),
    (
        50_194,
        "invalid_request",
        true,
        "Application '{}' is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.",
    ),
    (
        50_196,
        "server_error",
        true,
        "The server terminated an operation because it encountered a client request loop.",
    ),
    (
        53_000,
        "interaction_required",
        true,
        "Device is not in required device state: compliant. Conditional Access policy requires a compliant device, and the device is not compliant.",
    ),
    (53_001, "interaction_required", true, "Device is not in required device state: domain_joined."),
    (
        53_003,
        "interaction_required",
        true,
        "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
    ),
    (
        54_005,
        "invalid_grant",
        false,
        "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.",
    ),
    (
        65_001,
        "consent_required",
        false,
        "The user or administrator has not consented to use the application with ID '{}'. Send an interactive authorization request for this user and resource.",
    ),
    (65_004, "access_denied", false, "User declined to consent to access the app."),
    (
        65_005,
        "invalid_client",
        true,
        "The application '{}' asked for scope that doesn't exist or is not configured in its required resource access.",
    ),
    (70_000, "invalid_grant", false, "Provided grant is invalid or malformed."),
    (70_003, "unsupported_grant_type", false, "The app requested an unsupported grant type '{}'."),
    (
        70_005,
        "unsupported_response_type",
        false,
        "The response_type '{}' is not supported for the application.",
    ),
    (
        70_007,
        "invalid_request",
        false,
        "'{}' is not a supported value of 'response_mode' when requesting a token.",
    ),
    (
        70_008,
        "invalid_grant",
        false,
        "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.",
    ),
    (
        70_011,
        "invalid_scope",
        false,
        "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {} is not valid.",
    ),
    (
        90_002,
        "invalid_request",
        true,
        "Tenant '{}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.",
    ),
    (
        90_008,
        "invalid_request",
        true,
        "The user or administrator has not consented to use the application. This happened because application is misconfigured: it must require access to Windows Azure Active Directory by specifying at least 'Sign in and read user profile' permission.",
    ),
    (
        90_014,
        "invalid_request",
        false,
        "The required field '{}' is missing from the credential. Ensure that you have all the necessary parameters for the login request.",
    ),
    (90_023, "invalid_request", false, "Invalid STS request. The value of '{}' is not supported."),
    (90_033, "temporarily_unavailable", false, "A transient error has occurred. Please try again."),
    (
        90_038,
        "invalid_request",
        true,
        "The tenant '{}' is from another national cloud. Use the endpoint of that cloud.",
    ),
    (
        90_072,
        "interaction_required",
        true,
        "User account '{}' from identity provider does not exist in tenant and cannot access the application in that tenant. The account needs to be added as an external user in the tenant first.",
    ),
    (
        90_094,
        "consent_required",
        true,
        "Administrator consent is required: '{}' needs permission to access resources in your organization that only an admin can grant.",
    ),
    (
        90_095,
        "consent_required",
        true,
        "Administrator consent is required. A request was sent to your administrator.",
    ),
    (
        500_011,
        "invalid_resource",
        false,
        "The resource principal named {} was not found in the tenant. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.",
    ),
    (500_021, "access_denied", true, "Access to '{}' tenant is denied. Tenant restrictions apply."),
    (500_022, "access_denied", true, "Access to '{}' tenant is denied. Tenant restrictions apply."),
    (
        500_208,
        "invalid_request",
        true,
        "The domain is not a valid login domain for the account type: '{}' is a personal account. Use a work or school account instead.",
    ),
    (
        500_212,
        "access_denied",
        true,
        "The user's administrator has set an outbound access policy that does not allow access to the resource tenant.",
    ),
    (
        500_213,
        "access_denied",
        true,
        "The resource tenant's cross-tenant access policy does not allow this user to access this tenant.",
    ),
    (
        501_481,
        "invalid_grant",
        false,
        "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
    ),
    (530_032, "interaction_required", true, "Access has been blocked by security policy."),
    (
        650_052,
        "access_denied",
        true,
        "The app is trying to access a service '{}' that your organization lacks a service principal for.",
    ),
    (
        650_056,
        "invalid_client",
        true,
        "Misconfigured application. The client has not listed any permissions for '{}' in the requested permissions in the client's application registration.",
    ),
    (
        650_057,
        "invalid_resource",
        true,
        "Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client's application registration: {}.",
    ),
    (
        700_016,
        "unauthorized_client",
        true,
        "Application with identifier '{}' was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.",
    ),
    (
        700_022,
        "invalid_request",
        false,
        "The provided value for the input parameter 'scope' is not valid because it contains more than one resource. {}",
    ),
    (
        700_051,
        "unsupported_response_type",
        false,
        "response_type 'token' is not enabled for the application.",
    ),
    (
        700_054,
        "unsupported_response_type",
        false,
        "response_type 'id_token' is not enabled for the application.",
    ),
    (900_144, "invalid_request", true, "The request body must contain the following parameter: '{}'."),
    (900_971, "invalid_request", true, "No reply address is registered for the application."),
    (
        1_000_031,
        "access_denied",
        true,
        "Application {} can't be accessed at this time. Contact your administrator.",
    ),
    (7_000_112, "unauthorized_client", true, "Application '{}' is disabled."),
    (
        7_000_218,
        "invalid_client",
        false,
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    ),
    (9_002_313, "invalid_request", false, "Invalid request. Request is malformed or invalid."),
    (
        9_002_325,
        "invalid_request",
        false,
        "Proof Key for Code Exchange is required for cross-origin authorization code redemption.",
    ),
    (
        9_002_326,
        "invalid_request",
        false,
        "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '{}'.",
    ),
    (
        9_002_332,
        "invalid_request",
        true,
        "Application '{}' is configured for use by Azure Active Directory users only. Please do not use the /consumers endpoint to serve this request.",
    ),
    (
        9_002_331,
        "invalid_request",
        true,
        "Application '{}' is configured for use by Microsoft Account users only. Please use the /consumers endpoint to serve this request.",
    ),
    (0, "server_error", false, "Something went wrong."),
];

/// One error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    /// The number after `AADSTS`.
    pub(super) code: u32,
    /// The OAuth error.
    pub(super) error: &'static str,
    /// Whether it is shown on Microsoft's own page and never reaches the redirect URI.
    pub(super) on_page: bool,
    subject: String,
    words: &'static str,
}

impl Trouble {
    /// The error with that number.
    pub(super) fn of(code: u32) -> Self {
        let row = TABLE.iter().find(|row| row.0 == code).or(TABLE.last());
        let &(_, error, on_page, words) = row.unwrap_or(&(0, "server_error", false, ""));
        Self { code, error, on_page, subject: String::new(), words }
    }

    /// What it is about: a parameter, an application, an account.
    pub(super) fn about(mut self, subject: &str) -> Self {
        subject.clone_into(&mut self.subject);
        self
    }

    /// Shown on Microsoft's page although it could be sent back.
    pub(super) const fn on_page(mut self) -> Self {
        self.on_page = true;
        self
    }

    /// Sent back although it would be shown; a silent request can show nothing.
    pub(super) const fn sent_back(mut self) -> Self {
        self.on_page = false;
        self
    }

    /// `AADSTS65004: User declined …` without the trailing ids.
    pub(super) fn sentence(&self) -> String {
        format!("AADSTS{}: {}", self.code, self.words.replace("{}", &self.subject))
    }

    /// The whole `error_description`.
    pub(super) fn description(&self, now: Moment) -> String {
        let (trace, correlation) = trace(now, self.code);
        let time = now.to_string().replace('T', " ");
        format!("{} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {time}", self.sentence())
    }

    /// As the token endpoint and discovery write it.
    pub(super) fn as_json(&self, error: &str, now: Moment) -> Value {
        let (trace, correlation) = trace(now, self.code);
        json!({
            "error": error,
            "error_description": self.description(now),
            "error_codes": [self.code],
            "timestamp": now.to_string().replace('T', " "),
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": "https://login.microsoftonline.com/error?code=".to_owned() + &self.code.to_string(),
        })
    }
}

/// The trace id and correlation id that an error shows.
pub(super) fn trace(now: Moment, code: u32) -> (String, String) {
    (guid(&format!("trace {now} {code}")), guid(&format!("correlation {now} {code}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_number_words_and_ids() {
        let text = Trouble::of(50_011).about("https://a/b").description(Moment::at(2026, 11, 1, 8, 0));
        assert!(text.starts_with("AADSTS50011: The redirect URI 'https://a/b' specified"), "{text}");
        for part in [" Trace ID: ", " Correlation ID: ", " Timestamp: 2026-11-01 08:00:00Z"] {
            assert!(text.contains(part), "{text}");
        }
    }

    #[test]
    fn an_unknown_number_is_a_server_error() {
        assert_eq!(Trouble::of(12).error, "server_error");
        assert_eq!(Trouble::of(12).code, 12);
    }
}
