//! Plain calls to the browser's driver, without a runtime: for what has to happen while a test is being taken apart.

use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// How long one call may take.
const LIMIT: Duration = Duration::from_secs(25);

/// One session of a driver on this machine.
#[derive(Clone, Debug)]
pub(crate) struct Driver {
    pub(crate) port: u16,
    pub(crate) session: String,
}

impl Driver {
    /// `DELETE` of a path below the session.
    pub(crate) fn delete(&self, path: &str) -> std::io::Result<Value> {
        self.exchange("DELETE", path, "").map(|body| value(&body))
    }

    /// `GET` of a path below the session.
    pub(crate) fn get(&self, path: &str) -> std::io::Result<Value> {
        self.exchange("GET", path, "").map(|body| value(&body))
    }

    /// `POST` to a path below the session.
    pub(crate) fn post(&self, path: &str, body: &Value) -> std::io::Result<Value> {
        self.exchange("POST", path, &body.to_string()).map(|body| value(&body))
    }

    /// The same for a command that gives nothing back.
    ///
    /// Fails if it gives something, for that is an error.
    pub(crate) fn done(&self, path: &str, body: &Value) -> std::io::Result<()> {
        let answer = self.post(path, body)?;
        if answer.is_null() { Ok(()) } else { Err(std::io::Error::other(answer.to_string())) }
    }

    fn exchange(&self, method: &str, path: &str, body: &str) -> std::io::Result<String> {
        let Self { port, session } = self;
        let mut stream = TcpStream::connect(("127.0.0.1", *port))?;
        stream.set_read_timeout(Some(LIMIT))?;
        write!(
            stream,
            "{method} /session/{session}{path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
        read_answer(&mut stream)
    }
}

/// The body of an answer. The connection stays open after it, whatever was asked for.
fn read_answer(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    let mut part = [0; 16 * 1024];
    loop {
        if let Some((head, body)) = split(&bytes) {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
            });
            if body.len() >= length.unwrap_or(0) {
                return Ok(String::from_utf8_lossy(body).into_owned());
            }
        }
        match stream.read(&mut part)? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            count => bytes.extend_from_slice(&part[..count]),
        }
    }
}

fn split(bytes: &[u8]) -> Option<(String, &[u8])> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    Some((String::from_utf8_lossy(&bytes[..end]).into_owned(), &bytes[end + 4..]))
}

fn value(body: &str) -> Value {
    let answer: Value = serde_json::from_str(body).unwrap_or_default();
    answer.get("value").cloned().unwrap_or_default()
}
