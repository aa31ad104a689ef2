//! All parties, started.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, PoisonError};

use axum::Router;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

use crate::clock::Clock;
use crate::drive::{self, World};
use crate::kaltura::{self, Kaltura, ListedFile, OneDrive};
use crate::mediaspace::{self, Site};
use crate::options::Options;
use crate::{Origins, graph, identity, lms};

/// Why a simulator could not be started.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// A port cannot be listened on: its number (0 for any), and why.
    Port(u16, io::Error),
    /// Kaltura's downloader cannot be made.
    Client(reqwest::Error),
}

impl std::fmt::Display for StartError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Port(port, error) => write!(formatter, "port {port} cannot be used: {error}"),
            Self::Client(error) => write!(formatter, "no HTTP client: {error}"),
        }
    }
}

impl std::error::Error for StartError {}

/// Starts simulators.
#[derive(Debug)]
pub struct Simulator;

impl Simulator {
    /// Starts every party on an origin of its own. Has to be called within a Tokio runtime, which carries the
    /// servers until the answer is dropped.
    ///
    /// # Errors
    /// [`StartError`] if a port is taken.
    pub async fn start(options: Options) -> Result<Running, StartError> {
        let ports = options.ports;
        let (media_v4, media_v6) = bind_localhost(ports.at(0)).await?;
        let mut listeners = Vec::new();
        for place in 1..6 {
            listeners.push(bind(ports.at(place)).await?);
        }
        let port = |listener: &TcpListener| {
            listener.local_addr().map(|address| address.port()).map_err(|error| StartError::Port(0, error))
        };
        let mut numbers = Vec::new();
        for listener in &listeners {
            numbers.push(port(listener)?);
        }
        let numeric =
            |place: usize| format!("http://127.0.0.1:{}", numbers.get(place).copied().unwrap_or_default());
        let listening = Origins {
            mediaspace: format!("http://localhost:{}", port(&media_v4)?),
            identity: numeric(0),
            graph: numeric(1),
            kaltura: numeric(2),
            downloads: numeric(3),
            lms: numeric(4),
        };
        let origins = options.addresses.clone().unwrap_or_else(|| listening.clone());

        let clock = Clock::new(options.time);
        let world = World::with_clock(origins.clone(), options.application_id.clone(), Arc::clone(&clock));
        let world = Arc::new(world);
        let kaltura = Kaltura::new(origins.kaltura.clone(), options.pace, clock, onedrive(&world))
            .map_err(StartError::Client)?;
        let site = Arc::new(Site::new(&options, origins.clone(), Arc::clone(&world), Arc::clone(&kaltura)));

        let mediaspace = mediaspace::router(Arc::clone(&site));
        let routers = [
            identity::router(Arc::clone(&world)),
            graph::router(Arc::clone(&world)),
            kaltura::router(Arc::clone(&kaltura)),
            drive::downloads_router(Arc::clone(&world)),
            lms::router(&site),
        ];
        let mut servers = vec![serve(media_v4, mediaspace.clone())];
        servers.extend(media_v6.map(|listener| serve(listener, mediaspace)));
        servers.extend(listeners.into_iter().zip(routers).map(|(listener, router)| serve(listener, router)));
        Ok(Running { origins, listening, world, kaltura, site, servers })
    }
}

/// A simulator that runs until this is dropped.
#[derive(Debug)]
pub struct Running {
    origins: Origins,
    listening: Origins,
    world: Arc<World>,
    kaltura: Arc<Kaltura>,
    site: Arc<Site>,
    servers: Vec<AbortHandle>,
}

impl Running {
    /// Where each party lives.
    pub fn origins(&self) -> &Origins {
        &self.origins
    }

    /// Where each party listens on this machine.
    pub fn listening(&self) -> &Origins {
        &self.listening
    }

    /// Microsoft's accounts and files, and its faults.
    pub fn world(&self) -> &Arc<World> {
        &self.world
    }

    /// Kaltura's entries and calls, and its faults.
    pub fn kaltura(&self) -> &Arc<Kaltura> {
        &self.kaltura
    }

    /// The MediaSpace site: the settings that it hands to the picker.
    pub fn site(&self) -> &Arc<Site> {
        &self.site
    }

    /// Where everything is, as JSON on one line, for tests in other languages.
    pub fn addresses(&self) -> String {
        let Origins { mediaspace, identity, graph, downloads, kaltura, lms } = &self.origins;
        // Node.js may try the wrong one of localhost's two addresses first, and takes its time then.
        let control = format!("{}/control/api", mediaspace.replace("://localhost:", "://127.0.0.1:"));
        let addresses = json!({
            "control": control, "kaltura": kaltura, "mediaspace": mediaspace, "identity": identity, "graph": graph,
            "downloads": downloads, "lms": lms, "partnerId": Kaltura::PARTNER_ID, "now": self.kaltura.clock().now(),
            "adminSecret": kaltura::ADMIN_SECRET,
        });
        addresses.to_string()
    }

    /// The address to open: My Media.
    pub fn my_media(&self) -> String {
        format!("{}/my-media", self.origins.mediaspace)
    }

    /// The address of the picker, which is also the redirect URI.
    pub fn picker(&self) -> String {
        format!("{}/onedrive/index/blank-page", self.origins.mediaspace)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        for server in &self.servers {
            server.abort();
        }
    }
}

fn serve(listener: TcpListener, router: Router) -> AbortHandle {
    tokio::spawn(async move {
        // Only accepting can fail, and that ends with the listener.
        let _ = axum::serve(listener, router).await;
    })
    .abort_handle()
}

async fn bind(port: u16) -> Result<TcpListener, StartError> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| StartError::Port(port, error))
}

/// `localhost` is two addresses; a browser may try either first, so both have to be ours if there are two.
async fn bind_localhost(port: u16) -> Result<(TcpListener, Option<TcpListener>), StartError> {
    let mut attempts = 0;
    loop {
        attempts += 1;
        let v4 = bind(port).await?;
        let number = v4.local_addr().map_err(|error| StartError::Port(port, error))?.port();
        match TcpListener::bind((Ipv6Addr::LOCALHOST, number)).await {
            Ok(v6) => return Ok((v4, Some(v6))),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && port == 0 && attempts < 20 => {}
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                return Err(StartError::Port(number, error));
            }
            Err(_) => return Ok((v4, None)),
        }
    }
}

/// What is known of OneDrive's files, in any drive.
fn onedrive(world: &Arc<World>) -> OneDrive {
    let (known, linked) = (Arc::clone(world), Arc::clone(world));
    OneDrive {
        listed: Box::new(move |id| listed(&known, id)),
        linked: Box::new(move |url| linked.linked_item(url)),
    }
}

/// What OneDrive lists, in any drive, under a driveItem's id.
fn listed(world: &World, id: &str) -> Option<ListedFile> {
    world.drive_ids().find_map(|drive| {
        let drive = world.drive(drive)?.read().unwrap_or_else(PoisonError::into_inner);
        let item = drive.item(id)?;
        let drive::Body::File(file) = &item.body else { return None };
        Some(ListedFile {
            size: item.size(),
            quick_xor_hash: Some(file.content.quick_xor_hash().to_owned()),
            duration: file.content.duration(),
            thumbnail: file.thumbnail.map(|_| world.thumbnail_url(&drive, item, 320, 180)),
        })
    })
}
