//! A request that is under way while something else is waited for.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};

use super::{GraphClient, TokenSource};
use crate::graph::GraphError;
use crate::picker::ports::{Clock, Entropy, Http};
use crate::web::{Request, Response};

type Answer = Result<Response, GraphError>;

/// A request under way. Dropping it aborts it.
pub(super) struct Pending {
    future: Pin<Box<dyn Future<Output = Answer>>>,
    answer: Option<Answer>,
}

impl fmt::Debug for Pending {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Pending(..)")
    }
}

impl Pending {
    /// Lets it go on, and keeps its answer until it is asked for.
    pub(super) fn advance(&mut self, context: &mut Context<'_>) {
        if self.answer.is_none()
            && let Poll::Ready(answer) = self.future.as_mut().poll(context)
        {
            self.answer = Some(answer);
        }
    }

    /// The answer.
    pub(super) async fn answer(mut self) -> Answer {
        poll_fn(|context| {
            self.advance(context);
            self.answer.take().map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }
}

impl<P: Http + Clock + Entropy + 'static, T: TokenSource + 'static> GraphClient<P, T> {
    /// A request as [`send`](Self::send) makes it, to be under way beside others. It is sent when it is first
    /// [advanced](Pending::advance).
    pub(super) fn start(&self, request: Request) -> Pending {
        let client = self.clone();
        Pending { future: Box::pin(async move { client.send(&request).await }), answer: None }
    }
}
