//! A server in front of MediaSpace that takes an address of any length, as some do, and passes it on without its query.

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// The server, until it is dropped.
pub(crate) struct Lenient {
    task: JoinHandle<()>,
    /// `http://localhost:…`
    pub(crate) origin: String,
}

impl Drop for Lenient {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Lenient {
    /// Starts one in front of an origin (`http://localhost:…`).
    pub(crate) async fn before(origin: &str) -> Self {
        let behind = origin.replace("http://localhost", "127.0.0.1");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("a port").port();
        let task = tokio::spawn(async move {
            while let Ok((visitor, _)) = listener.accept().await {
                tokio::spawn(pass_on(visitor, behind.clone()));
            }
        });
        Self { task, origin: format!("http://localhost:{port}") }
    }
}

/// Passes one request on. Whoever goes away ends it.
async fn pass_on(mut visitor: TcpStream, behind: String) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        if visitor.read_buf(&mut head).await? == 0 {
            return Ok(());
        }
    }
    let line = head.iter().position(|byte| *byte == b'\r').unwrap_or(head.len());
    let query = head[..line].iter().position(|byte| *byte == b'?').unwrap_or(line);
    let version = head[..line].iter().rposition(|byte| *byte == b' ').unwrap_or(line);
    let mut server = TcpStream::connect(behind).await?;
    server.write_all(&head[..query.min(version)]).await?;
    // One request for each connection: the next may be long, too.
    server.write_all(b" HTTP/1.1\r\nConnection: close").await?;
    let rest = String::from_utf8_lossy(&head[line..]).replace("Connection: keep-alive\r\n", "");
    server.write_all(rest.as_bytes()).await?;
    copy_bidirectional(&mut visitor, &mut server).await.map(drop)
}
