//! Answers, and bodies that are streamed.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use http_body::{Frame, SizeHint};

static ZEROS: [u8; 1 << 20] = [0; 1 << 20];

/// An answer. A header that HTTP forbids is left out.
pub(crate) fn reply(status: u16, headers: &[(&str, &str)], body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(*name), HeaderValue::try_from(*value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

/// Some bytes, then zeros, then perhaps a broken connection.
#[derive(Debug)]
pub(crate) struct ByteStream {
    head: Bytes,
    zeros: u64,
    breaks: bool,
    /// Whether what is there is to be sent before the connection breaks.
    pauses: bool,
}

impl ByteStream {
    /// The bytes from `start`, `length` of them, of a file that begins with `head` and goes on with zeros.
    pub(crate) fn part(head: Vec<u8>, start: u64, length: u64) -> Self {
        let head = Bytes::from(head);
        let from = usize::try_from(start).unwrap_or(usize::MAX).min(head.len());
        let to = usize::try_from(start + length).unwrap_or(usize::MAX).min(head.len());
        let head = head.slice(from..to);
        Self { zeros: length - head.len() as u64, head, breaks: false, pauses: false }
    }

    /// The bytes, then an end of the connection although `missing` more were promised.
    pub(crate) fn broken(head: Vec<u8>, missing: u64) -> Self {
        Self { head: Bytes::from(head), zeros: missing, breaks: true, pauses: false }
    }

    /// The same, but the bytes arrive before the connection ends.
    pub(crate) fn interrupted(head: Vec<u8>, missing: u64) -> Self {
        Self { pauses: true, ..Self::broken(head, missing) }
    }

    /// An answer with these bytes.
    pub(crate) fn respond(self, status: u16, content_type: &str) -> Response {
        let length = (self.head.len() as u64 + self.zeros).to_string();
        reply(status, &[("content-type", content_type), ("content-length", &length)], Body::new(self))
    }
}

/// The connection is meant to break here.
#[derive(Debug)]
pub(crate) struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("broken on purpose")
    }
}

impl std::error::Error for Broken {}

impl HttpBody for ByteStream {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        if !self.head.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut self.head)))));
        }
        if self.pauses {
            // The server sends what it has when it has to wait.
            self.pauses = false;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if self.breaks {
            return Poll::Ready(Some(Err(Broken)));
        }
        let count = usize::try_from(self.zeros).unwrap_or(usize::MAX).min(ZEROS.len());
        self.zeros -= count as u64;
        match ZEROS.get(..count) {
            None | Some([]) => Poll::Ready(None),
            Some(zeros) => Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(zeros))))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.head.is_empty() && self.zeros == 0 && !self.breaks
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.head.len() as u64 + self.zeros)
    }
}
