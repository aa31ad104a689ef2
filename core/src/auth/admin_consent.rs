//! The address at which an administrator consents for a whole tenant (reference `entra-sign-in`, section 8).

use super::request::Query;
use super::{Authority, ClientId, Scopes, State};

/// The link to send to an administrator. `state` is left out of a link that is copied and sent around: nothing
/// waits for its answer. The redirect URI must be a registered one.
pub(crate) fn build_admin_consent_url(
    authority: &Authority,
    client_id: &ClientId,
    scopes: &Scopes,
    redirect_uri: &str,
    state: Option<&State>,
) -> String {
    let mut query = Query::new(authority.admin_consent_url());
    query.add("client_id", client_id.as_str());
    query.add("scope", &scopes.of_graph().join(" "));
    query.add("redirect_uri", redirect_uri);
    if let Some(state) = state {
        query.add("state", state.secret());
    }
    query.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::{FilesAccess, Tenant};

    #[test]
    fn writes_the_link_of_the_reference() {
        let authority = Authority::new("https://login.microsoftonline.com", Tenant::Common);
        let client_id = ClientId::parse("3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046").unwrap();
        let scopes = Scopes::new("https://graph.microsoft.com", FilesAccess::All);
        let url =
            build_admin_consent_url(&authority, &client_id, &scopes, "https://media.example/back", None);
        assert_eq!(
            url,
            "https://login.microsoftonline.com/organizations/v2.0/adminconsent\
             ?client_id=3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046\
             &scope=https%3A%2F%2Fgraph.microsoft.com%2FFiles.Read.All%20https%3A%2F%2Fgraph.microsoft.com%2FUser.Read\
             &redirect_uri=https%3A%2F%2Fmedia.example%2Fback"
        );
    }
}
