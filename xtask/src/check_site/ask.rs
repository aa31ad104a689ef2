//! Requests, and what comes back. Node.js carries them: it has TLS and both decompressors.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::{Value, json};

use crate::command::read;
use crate::failure::{Attempt, Failure, Outcome};
use crate::setup::node_program;

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ask {
    pub(super) url: String,
    pub(super) method: &'static str,
    /// The value of `Accept-Encoding`.
    pub(super) encoding: &'static str,
}

impl Ask {
    /// A GET for the plain content.
    pub(super) fn get(url: &str) -> Self {
        Self::encoded(url, "identity")
    }

    /// A GET that takes an encoding.
    pub(super) fn encoded(url: &str, encoding: &'static str) -> Self {
        Self { url: url.to_owned(), method: "GET", encoding }
    }

    /// A POST such as a host of Microsoft's picker sends, without a token in it.
    pub(super) fn post(url: &str) -> Self {
        Self { url: url.to_owned(), method: "POST", encoding: "identity" }
    }
}

/// What came back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Answer {
    /// The HTTP status; 0 if nothing came back.
    pub(super) status: u16,
    /// By names in lower case.
    pub(super) headers: BTreeMap<String, String>,
    /// The body if it is text.
    pub(super) text: String,
    /// SHA-256 of the body after its encoding was taken off.
    pub(super) sum: String,
    /// Why nothing came back.
    pub(super) error: String,
}

impl Answer {
    /// The value of a header; empty if it is not there.
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The media type without its parameters.
    pub(super) fn media_type(&self) -> String {
        self.header("content-type").split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }
}

/// Answers JSON by JSON. Bodies come back as text only where they are text.
const CARRY: &str = "
const zlib = require('node:zlib');
const { createHash } = require('node:crypto');
const asks = JSON.parse(process.argv[1]);
const decoded = (body, encoding) => encoding === 'br' ? zlib.brotliDecompressSync(body) : encoding === 'gzip' ? zlib.gunzipSync(body) : body;
const carry = (ask) => new Promise((resolve) => {
  const failed = (error) => resolve({ status: 0, headers: {}, text: '', sum: '', error: error.message || error.code });
  const url = new URL(ask.url);
  const headers = { accept: '*/*', 'accept-encoding': ask.encoding, 'user-agent': 'onedrive-picker check-site' };
  const body = ask.method === 'POST' ? 'access_token=none' : '';
  if (body) Object.assign(headers, { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length });
  const client = require(url.protocol === 'https:' ? 'node:https' : 'node:http');
  const request = client.request(url, { method: ask.method, headers, timeout: 20000 }, (response) => {
    const parts = [];
    response.on('data', (part) => parts.push(part)).on('error', failed).on('end', () => {
      try {
        const body = decoded(Buffer.concat(parts), response.headers['content-encoding']);
        const isText = /^(text|application\\/(json|javascript))/.test(response.headers['content-type'] || '');
        const entries = Object.entries(response.headers).map(([name, value]) => [name, [].concat(value).join(', ')]);
        const sum = createHash('sha256').update(body).digest('hex');
        resolve({ status: response.statusCode, headers: Object.fromEntries(entries), text: isText ? body.toString() : '', sum, error: '' });
      } catch (error) { failed(error); }
    });
  });
  request.on('timeout', () => request.destroy(new Error('no answer in 20 s'))).on('error', failed).end(body);
});
(async () => {
  const answers = [];
  for (let at = 0; at < asks.length; at += 6) answers.push(...await Promise.all(asks.slice(at, at + 6).map(carry)));
  console.log(JSON.stringify(answers));
})();";

/// Sends the requests, a few at a time, and says in their order what came back.
///
/// Fails only if Node.js does.
pub(super) fn answers(asks: &[Ask]) -> Outcome<Vec<Answer>> {
    let asked: Vec<Value> = asks
        .iter()
        .map(|ask| json!({"url": ask.url, "method": ask.method, "encoding": ask.encoding}))
        .collect();
    let said = read(Command::new(node_program()).args(["-e", CARRY, "--", &Value::from(asked).to_string()]))?;
    let said: Vec<Value> = serde_json::from_str(&said).attempting("node")?;
    if said.len() != asks.len() {
        return Err(Failure::new("node lost an answer"));
    }
    Ok(said.iter().map(answer).collect())
}

fn answer(said: &Value) -> Answer {
    let text = |key: &str| said.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let headers = said.get("headers").and_then(Value::as_object);
    let headers = headers
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.as_str().unwrap_or_default().to_owned()));
    Answer {
        status: said
            .get("status")
            .and_then(Value::as_u64)
            .and_then(|status| status.try_into().ok())
            .unwrap_or(0),
        headers: headers.collect(),
        text: text("text"),
        sum: text("sum"),
        error: text("error"),
    }
}
