//! nginx, Apache and Caddy with the configurations of a release, on this machine alone.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::files::{copy_folder, free_port, release, server_programs, temporary};

/// How long a server may take to listen.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where a release says that its site lies.
const INSTALLED: &str = "/srv/onedrive-picker/site";

/// Which one.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Nginx,
    Apache,
    Caddy,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Nginx, Self::Apache, Self::Caddy];
}

/// A server that runs until this is dropped.
pub(crate) struct Server {
    process: Child,
    /// Where its site and its logs lie.
    folder: PathBuf,
    /// `http://localhost:…`
    pub(crate) origin: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Server {
    /// Starts it with the release's site and these settings; texts of the configuration are replaced first.
    pub(crate) fn start(kind: Kind, settings: &str, replaced: &[(&str, &str)]) -> Self {
        let folder = temporary("server");
        let site = folder.join("site");
        copy_folder(&release().join("site"), &site);
        fs::create_dir_all(folder.join("logs")).expect("a folder");
        fs::write(site.join("onedrive-settings.json"), settings).expect("settings");
        let port = free_port();
        let shipped = |name: &str| {
            let text = fs::read_to_string(release().join("deploy").join(name)).expect("a configuration");
            let text = text.replace(INSTALLED, &site.display().to_string());
            replaced.iter().fold(text, |text, (from, to)| text.replace(from, to))
        };
        let log = fs::File::create(folder.join("logs/output.log")).expect("a log");
        let mut command = match kind {
            Kind::Nginx => nginx(&folder, port, &shipped),
            Kind::Apache => apache(&folder, port, &shipped),
            Kind::Caddy => caddy(&folder, port, &shipped),
        };
        let errors = log.try_clone().expect("a log");
        let process = command.stdin(Stdio::null()).stdout(log).stderr(errors).spawn();
        let process = process.expect("the server starts; `cargo xtask setup --for-tests` unpacks it");
        let mut server = Self { process, folder, origin: format!("http://localhost:{port}") };
        server.wait(port);
        server
    }

    /// The folder that it serves.
    pub(crate) fn site(&self) -> PathBuf {
        self.folder.join("site")
    }

    /// Sends a form as a host would, and gives the whole answer.
    pub(crate) fn post(&self, path: &str, body: &str) -> String {
        let host = self.origin.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host.replace("localhost", "127.0.0.1")).expect("a connection");
        // At once, so that no server answers before it has all.
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nReferer: http://secret.example/secret\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    /// Everything in its logs.
    pub(crate) fn logs(&self) -> String {
        let files = fs::read_dir(self.folder.join("logs")).expect("logs").flatten();
        files.map(|file| fs::read_to_string(file.path()).unwrap_or_default()).collect()
    }

    fn wait(&mut self, port: u16) {
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = self.process.try_wait().expect("a process");
            assert!(ended.is_none(), "the server ended ({ended:?}):\n{}", self.logs());
            assert!(Instant::now() < deadline, "the server does not listen:\n{}", self.logs());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

type Shipped<'a> = &'a dyn Fn(&str) -> String;

fn write(folder: &Path, name: &str, text: &str) -> String {
    let file = folder.join(name);
    fs::write(&file, text).expect("a file");
    file.display().to_string()
}

/// The site sets headers of its own for everything, as many do; those of the picker must not suffer.
fn nginx(folder: &Path, port: u16, shipped: Shipped<'_>) -> Command {
    let logs = folder.join("logs").display().to_string();
    let of_http = write(folder, "http.conf", &shipped("nginx/onedrive-picker-http.conf"));
    let of_server = shipped("nginx/onedrive-picker.conf").replace("/var/log/nginx", &logs);
    let of_server = write(folder, "server.conf", &of_server);
    let programs = server_programs();
    let here = folder.display();
    let main = format!(
        "load_module {}/usr/lib/nginx/modules/ngx_http_brotli_static_module.so;\n\
         daemon off; master_process off; pid {here}/pid; error_log {logs}/error.log;\n\
         events {{ }}\nhttp {{\n client_body_temp_path {here}/a; proxy_temp_path {here}/b; fastcgi_temp_path {here}/c;\n \
         uwsgi_temp_path {here}/d; scgi_temp_path {here}/e; access_log {logs}/access.log;\n include {of_http};\n server {{\n  \
         listen 127.0.0.1:{port};\n  add_header X-Frame-Options DENY; add_header Cross-Origin-Opener-Policy same-origin;\n  \
         include {of_server};\n  location / {{ return 404; }}\n }}\n}}\n",
        programs.display()
    );
    let main = write(folder, "nginx.conf", &main);
    let mut command = Command::new(programs.join("usr/sbin/nginx"));
    command.args(["-p", &here.to_string(), "-e", &format!("{logs}/error.log"), "-c", &main]);
    command
}

fn apache(folder: &Path, port: u16, shipped: Shipped<'_>) -> Command {
    let of_site = write(folder, "site.conf", &shipped("apache/onedrive-picker.conf"));
    let programs = server_programs();
    let here = folder.display();
    let modules = ["mpm_event", "authz_core", "alias", "headers", "mime", "rewrite", "setenvif", "deflate"];
    let modules: String =
        modules.iter().map(|name| format!("LoadModule {name}_module modules/mod_{name}.so\n")).collect();
    let main = format!(
        "ServerRoot {}/usr/lib/apache2\nPidFile {here}/pid\nErrorLog {here}/logs/error.log\n{modules}\
         Define APACHE_LOG_DIR {here}/logs\nServerName localhost\nListen 127.0.0.1:{port}\nTypesConfig /dev/null\n\
         <VirtualHost *:{port}>\n DocumentRoot {here}/logs\n Header always set X-Frame-Options DENY\n \
         Header always set Cross-Origin-Opener-Policy same-origin\n Include {of_site}\n</VirtualHost>\n",
        programs.display()
    );
    let main = write(folder, "apache.conf", &main);
    let mut command = Command::new(programs.join("usr/sbin/apache2"));
    let libraries = fs::read_dir(programs.join("usr/lib")).expect("libraries").flatten();
    let libraries: Vec<String> = libraries
        .map(|one| one.path().display().to_string())
        .filter(|path| path.ends_with("-linux-gnu"))
        .collect();
    command.args(["-X", "-f", &main]).env("LD_LIBRARY_PATH", libraries.join(":"));
    command
}

fn caddy(folder: &Path, port: u16, shipped: Shipped<'_>) -> Command {
    let snippet = write(folder, "onedrive-picker.caddy", &shipped("caddy/onedrive-picker.caddy"));
    let here = folder.display();
    let main = format!(
        "{{\n admin off\n auto_https off\n}}\nimport {snippet}\nhttp://localhost:{port} {{\n log {{\n  output file {here}/logs/access.log\n  \
         format filter {{\n   wrap json\n   fields {{\n    request>uri query {{\n     delete filePicker\n    }}\n    request>headers>Referer delete\n   }}\n  }}\n }}\n \
         header X-Frame-Options DENY\n header Cross-Origin-Opener-Policy same-origin\n import onedrive_picker\n respond 404\n}}\n"
    );
    let main = write(folder, "Caddyfile", &main);
    let mut command = Command::new(server_programs().join("usr/bin/caddy"));
    command.args(["run", "--adapter", "caddyfile", "--config", &main]);
    command.env("HOME", folder).env("XDG_DATA_HOME", folder).env("XDG_CONFIG_HOME", folder);
    command
}
