//! Bodies that pass at a limited rate, as on a slow line.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::response::Response;
use http_body::{Frame, SizeHint};
use tokio::time::{Sleep, sleep};

/// How often a part of the body passes, in milliseconds.
const STEP_MS: u64 = 20;

/// The same answer, its body at so many bytes in a second.
pub(crate) async fn slow_down(response: Response, bytes_per_second: u64) -> Response {
    let (parts, body) = response.into_parts();
    let rest = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let step = usize::try_from(bytes_per_second * STEP_MS / 1_000).unwrap_or(usize::MAX).max(1);
    Response::from_parts(parts, Body::new(Slow { rest, step, wait: Box::pin(pause()) }))
}

fn pause() -> Sleep {
    sleep(Duration::from_millis(STEP_MS))
}

#[derive(Debug)]
struct Slow {
    rest: Bytes,
    /// Bytes that pass together.
    step: usize,
    wait: Pin<Box<Sleep>>,
}

impl HttpBody for Slow {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        ready!(self.wait.as_mut().poll(context));
        self.wait.set(pause());
        let step = self.step.min(self.rest.len());
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(step)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::Instant;

    #[tokio::test(start_paused = true)]
    async fn passes_as_many_bytes_in_a_second_as_it_should() {
        for (length, rate, milliseconds) in
            [(10_000, 1_000, 10_000), (500, 1_000, 500), (3, 1, 60), (0, 1, 0)]
        {
            let begun = Instant::now();
            let response = slow_down(Response::new(Body::from(vec![7; length])), rate).await;
            assert_eq!(to_bytes(response.into_body(), usize::MAX).await.unwrap().len(), length);
            assert_eq!(begun.elapsed().as_millis(), milliseconds, "{length} bytes at {rate} in a second");
        }
    }
}
