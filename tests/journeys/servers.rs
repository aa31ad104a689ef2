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
    /// What the container of the release runs, laid out as its recipe says, but on this machine's Caddy.
    Container,
}

impl Kind {
    pub(crate) const ALL: [Self; 4] = [Self::Nginx, Self::Apache, Self::Caddy, Self::Container];
}

/// A server that runs until this is dropped.
pub(crate) struct Server {
    process: Child,
    /// Where its site and its logs lie.
    folder: PathBuf,
    /// Where it listens.
    pub(crate) port: u16,
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
        let command = match kind {
            Kind::Nginx => nginx(&folder, port, &shipped),
            Kind::Apache => apache(&folder, port, &shipped),
            Kind::Caddy => caddy(&folder, port, &shipped),
            Kind::Container => container(&folder, port, &shipped),
        };
        Self::spawn(command, folder, port)
    }

    /// Starts a Caddy that passes on what comes to these addresses, each to its own. Its certificates are its own.
    pub(crate) fn before(addresses: &[(&str, &str)]) -> Self {
        let folder = temporary("server");
        fs::create_dir_all(folder.join("logs")).expect("a folder");
        let port = free_port();
        let here = folder.display();
        let sites: String = addresses
            .iter()
            .map(|(address, target)| format!("{address} {{\n reverse_proxy {target}\n}}\n"))
            .collect();
        let main = format!(
            "{{\n admin off\n local_certs\n skip_install_trust\n auto_https disable_redirects\n https_port {port}\n \
             default_bind 127.0.0.1\n storage file_system {here}\n servers {{\n  protocols h1 h2\n }}\n}}\n{sites}"
        );
        let command = run_caddy(&folder, &write(&folder, "Caddyfile", &main));
        Self::spawn(command, folder, port)
    }

    fn spawn(mut command: Command, folder: PathBuf, port: u16) -> Self {
        let log = fs::File::create(folder.join("logs/output.log")).expect("a log");
        let errors = log.try_clone().expect("a log");
        let process = command.stdin(Stdio::null()).stdout(log).stderr(errors).spawn();
        let process = process.expect("the server starts; `cargo xtask setup --for-tests` unpacks it");
        let mut server = Self { process, folder, port, origin: format!("http://localhost:{port}") };
        server.wait();
        server
    }

    /// The folder that it serves.
    pub(crate) fn site(&self) -> PathBuf {
        self.folder.join("site")
    }

    /// Sends a form as a host would, and gives the whole answer.
    pub(crate) fn post(&self, path: &str, body: &str) -> String {
        self.send("POST", path, body)
    }

    /// Sends a request with a referrer, and gives the whole answer.
    pub(crate) fn send(&self, method: &str, path: &str, body: &str) -> String {
        let host = self.origin.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host.replace("localhost", "127.0.0.1")).expect("a connection");
        // At once, so that no server answers before it has all.
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nReferer: http://secret.example/secret\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        // A server that refuses a request may close before it has all of it.
        let _ = stream.write_all(request.as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Everything in its logs.
    pub(crate) fn logs(&self) -> String {
        let files = fs::read_dir(self.folder.join("logs")).expect("logs").flatten();
        files.map(|file| fs::read_to_string(file.path()).unwrap_or_default()).collect()
    }

    fn wait(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
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
    // As the comment of the snippet says: the filter of errors is the container's.
    let recipe = shipped("container/Caddyfile");
    let (options, _) = recipe.split_once("\n}\n").expect("global options");
    let main = format!(
        "{options}\n}}\nimport {snippet}\nhttp://localhost:{port} {{\n log {{\n  output file {here}/logs/access.log\n  \
         format filter {{\n   wrap json\n   fields {{\n    request>uri query {{\n     delete filePicker\n    }}\n    request>headers>Referer delete\n   }}\n  }}\n }}\n \
         header X-Frame-Options DENY\n header Cross-Origin-Opener-Policy same-origin\n import onedrive_picker\n respond 404\n}}\n"
    );
    run_caddy(folder, &write(folder, "Caddyfile", &main))
}

fn run_caddy(folder: &Path, configuration: &str) -> Command {
    let mut command = Command::new(server_programs().join("usr/bin/caddy"));
    command.args(["run", "--adapter", "caddyfile", "--config", configuration]);
    command.env("HOME", folder).env("XDG_DATA_HOME", folder).env("XDG_CONFIG_HOME", folder);
    command
}

/// Does on this machine what the recipe does in a container, below the folder: copies, variables and the command.
fn container(folder: &Path, port: u16, shipped: Shipped<'_>) -> Command {
    let recipe = release().join("deploy/container/Containerfile");
    let recipe = fs::read_to_string(recipe).expect("a recipe");
    let top = folder.join("container");
    let inside = |path: &str| top.join(path.trim_start_matches('/'));
    let mut command = Command::new(server_programs().join("usr/bin/caddy"));
    for line in recipe.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (instruction, rest) = line.split_once(' ').expect("an instruction and what it is about");
        match instruction {
            "COPY" => {
                let words: Vec<&str> = rest.split(' ').collect();
                let (to, sources) = words.split_last().expect("a target");
                for source in sources {
                    copy_into(&inside(to), source, folder, shipped);
                }
            }
            "ENV" => {
                for (name, path) in rest.split(' ').filter_map(|word| word.split_once('=')) {
                    command.env(name, inside(path));
                }
            }
            "CMD" => {
                let words: Vec<String> = serde_json::from_str(rest).expect("words");
                let (program, words) = words.split_first().expect("a program");
                assert_eq!(program, "caddy");
                let words = words.iter().map(|word| match word.starts_with('/') {
                    true => inside(word).display().to_string(),
                    false => word.clone(),
                });
                command.args(words);
            }
            // What needs an engine: the image below, rights, the port, the engine's own question.
            "FROM" | "RUN" | "USER" | "EXPOSE" | "HEALTHCHECK" => {}
            other => panic!("{other} is not known here"),
        }
    }
    // Inside, these are absolute; outside, another port is free.
    let file = inside("/etc/caddy/Caddyfile");
    let text =
        fs::read_to_string(&file).expect("the recipe copies the Caddyfile to where its command reads it");
    let text = text.replace("import /etc", &format!("import {}", inside("/etc").display()));
    fs::write(&file, text.replace(":8080", &format!(":{port}"))).expect("a file");
    command.env("ONEDRIVE_ROOT", inside("/srv/onedrive-picker/site"));
    command
}

/// One source of a `COPY`: the site, which lies in the folder with its settings, or a shipped file.
fn copy_into(to: &Path, source: &str, folder: &Path, shipped: Shipped<'_>) {
    if source == "site" {
        // One and the same folder, so that what is changed later is served.
        fs::create_dir_all(to.parent().expect("a folder above")).expect("a folder");
        std::os::unix::fs::symlink(folder.join("site"), to).expect("the site");
        return;
    }
    let name = Path::new(source).file_name().expect("a file");
    fs::create_dir_all(to).expect("a folder");
    let text = shipped(source.strip_prefix("deploy/").expect("a file of the release's deploy/"));
    fs::write(to.join(name), text).expect("a file");
}
