//! Several reads in one request (`POST /$batch`; Graph, "Combine multiple HTTP requests using JSON batching").

use serde_json::Value;

use super::base::GraphBase;
use super::error::GraphError;
use super::json;
use crate::web::{Request, Response};

/// The most parts that Graph takes in one request.
pub const BATCH_SIZE: usize = 20;

/// A batch of `GET`s of paths below the base. Their ids are their places, from 1.
///
/// Of more than [`BATCH_SIZE`] paths the rest is left out; [`parse_batch`] reports those as not answered.
pub(crate) fn build_batch(base: &GraphBase, paths: &[String]) -> Request {
    let mut body = String::from("{\"requests\":[");
    for (index, path) in paths.iter().take(BATCH_SIZE).enumerate() {
        if index > 0 {
            body.push(',');
        }
        body.push_str("{\"id\":\"");
        body.push_str(&(index + 1).to_string());
        body.push_str("\",\"method\":\"GET\",\"url\":");
        body.push_str(&Value::from(path.as_str()).to_string());
        body.push('}');
    }
    body.push_str("]}");
    Request::post(base.url("/$batch"), "application/json", body)
}

/// The answers to `count` parts in the order of the request, whatever order Graph gave them in.
///
/// Each part is judged alone: a success outside says nothing about the inside. A part without an answer, or with
/// a success that is not an object, is [`GraphError::Malformed`]. `Retry-After` is readable here, unlike in the
/// headers of a browser's response.
///
/// # Errors
/// What the outer status says, or [`GraphError::Malformed`] if there is no `responses`.
pub fn parse_batch(response: &Response, count: usize) -> Result<Vec<Result<Value, GraphError>>, GraphError> {
    let mut body = json::body(response)?;
    let Some(Value::Array(parts)) = body.get_mut("responses").map(Value::take) else {
        return Err(GraphError::malformed(response));
    };
    let mut answers: Vec<Option<Result<Value, GraphError>>> = vec![None; count];
    for mut part in parts {
        let place = place_of(&part).and_then(|place| answers.get_mut(place));
        if let Some(answer @ None) = place {
            *answer = Some(judge(&mut part));
        }
    }
    let unanswered = || Err(GraphError::malformed(response));
    Ok(answers.into_iter().map(|answer| answer.unwrap_or_else(unanswered)).collect())
}

fn place_of(part: &Value) -> Option<usize> {
    json::text(part, &["id"])?.parse::<usize>().ok()?.checked_sub(1)
}

fn judge(part: &mut Value) -> Result<Value, GraphError> {
    let body = part.get_mut("body").map(Value::take).unwrap_or_default();
    let status = json::number(part, &["status"]).and_then(|status| u16::try_from(status).ok()).unwrap_or(0);
    if (200..300).contains(&status) && body.is_object() {
        return Ok(body);
    }
    let header = |name: &str| {
        let headers = part.get("headers")?.as_object()?;
        headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).and_then(|(_, value)| value.as_str())
    };
    Err(GraphError::of_parts(status, &header, &body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::{answer, any_json, base};
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn names_parts_by_their_place() {
        let request = build_batch(&base(), &["/me".into(), "/drives/b!x/items/01?$select=id".into()]);
        assert_eq!(request.url, "https://graph.microsoft.com/v1.0/$batch");
        let body: Value = serde_json::from_str(&request.body.unwrap()).unwrap();
        assert_eq!(
            body,
            json!({"requests":[{"id":"1","method":"GET","url":"/me"},
                {"id":"2","method":"GET","url":"/drives/b!x/items/01?$select=id"}]})
        );
    }

    #[test]
    fn never_asks_for_more_than_graph_takes() {
        let paths = vec![String::from("/me"); 25];
        let body: Value = serde_json::from_str(&build_batch(&base(), &paths).body.unwrap()).unwrap();
        assert_eq!(body["requests"].as_array().unwrap().len(), BATCH_SIZE);
    }

    #[test]
    fn puts_answers_in_order_and_judges_each_alone() {
        let body = json!({"responses":[
            {"id":"2","status":429,"headers":{"Retry-After":"7"},"body":{"error":{"code":"TooManyRequests"}}},
            {"id":"4","status":424,"body":{"error":{"code":"x"}}},
            {"id":"1","status":200,"body":{"id":"01FILE"}},
            {"id":"1","status":404,"body":{}},
            {"id":"9","status":200,"body":{}},
            {"id":7,"status":200,"body":{}},
            {"id":"5","status":200,"body":"PGh0bWw+"},
        ]});
        let answers = parse_batch(&answer(200, body), 5).unwrap();
        assert_eq!(answers[0].as_ref().unwrap()["id"], "01FILE");
        let throttled = answers[1].as_ref().unwrap_err();
        assert_eq!((throttled.code(), throttled.retry_after()), ("throttled", Some(7)));
        let codes: Vec<&str> =
            answers[2..].iter().map(|answer| answer.as_ref().unwrap_err().code()).collect();
        assert_eq!(codes, ["malformed", "bad_request", "malformed"], "unanswered, dependency, not JSON");
    }

    #[test]
    fn judges_the_outside_first() {
        assert_eq!(parse_batch(&answer(400, "{}"), 1).unwrap_err().code(), "bad_request");
        assert_eq!(parse_batch(&answer(200, "<html>"), 1).unwrap_err().code(), "malformed");
        assert_eq!(parse_batch(&answer(200, "{}"), 1).unwrap_err().code(), "malformed");
    }

    proptest! {
        #[test]
        fn answers_every_part_of_any_body(parts in proptest::collection::vec(any_json(), 0..6), count in 0usize..21) {
            let answers = parse_batch(&answer(200, json!({"responses": parts})), count).unwrap();
            prop_assert_eq!(answers.len(), count);
        }
    }
}
