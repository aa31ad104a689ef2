//! Who calls: judges the access token.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::call::Caller;
use super::error::GraphError;
use crate::drive::World;

/// Five minutes, in which an account has 3,000 calls (microsoft-graph.md section 9).
const PERIOD: u64 = 300;

/// Judges an `Authorization` header.
pub(super) fn authenticate(world: &World, header: Option<&str>) -> Result<Caller, GraphError> {
    let header = header.ok_or_else(|| GraphError::unauthenticated("Access token is empty."))?;
    let token = header.strip_prefix("Bearer ").or_else(|| header.strip_prefix("bearer "));
    let token = token.ok_or_else(|| GraphError::unauthenticated("Access token is empty."))?;
    let found = world.directory().access_token(token).ok_or_else(|| {
        GraphError::unauthenticated("IDX14100: JWT is not well formed, there are no dots (.).")
            .header("WWW-Authenticate", challenge(world, None))
    })?;
    let now = world.now();
    if found.expires <= now {
        return Err(GraphError::unauthenticated("Lifetime validation failed, the token is expired.")
            .header("WWW-Authenticate", challenge(world, None)));
    }
    if found.revoked {
        return Err(claims_challenge(world));
    }
    let limit = world.switches().calls_per_five_minutes;
    let calls = world.directory().change_token(token, |token| {
        token.revoked = token.revoked_by_use;
        if now.0 >= token.calls.1.0 + PERIOD {
            token.calls = (0, now);
        }
        token.calls.0 += 1;
        token.calls
    });
    if let Some((count, since)) = calls
        && count > limit
    {
        let left = since.0 + PERIOD - now.0;
        return Err(GraphError::throttled(429, u32::try_from(left).unwrap_or(1).max(1)));
    }
    let account = world.account(&found.username);
    let account =
        account.ok_or_else(|| GraphError::unauthenticated("The user or administrator is unknown."))?;
    Ok(Caller { account, scopes: found.scopes })
}

/// 401 of Conditional Access or continuous access evaluation: sign in again with these claims.
pub(super) fn claims_challenge(world: &World) -> GraphError {
    let claims = format!(r#"{{"access_token":{{"nbf":{{"essential":true,"value":"{}"}}}}}}"#, world.now().0);
    GraphError::unauthenticated(
        "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp",
    )
    .header("WWW-Authenticate", challenge(world, Some(&claims)))
}

fn challenge(world: &World, claims: Option<&str>) -> String {
    let login = &world.origins.identity;
    let mut challenge = format!(
        "Bearer realm=\"\", authorization_uri=\"{login}/common/oauth2/authorize\", \
         client_id=\"00000003-0000-0000-c000-000000000000\""
    );
    if let Some(claims) = claims {
        let claims = STANDARD.encode(claims);
        challenge.push_str(&format!(", error=\"insufficient_claims\", claims=\"{claims}\""));
    }
    challenge
}
