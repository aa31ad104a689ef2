//! The simulator as a program, for demos by hand.

use std::path::PathBuf;
use std::process::ExitCode;

use onedrive_simulator::{Options, Simulator};

const HELP: &str = "Plays Microsoft, Kaltura and MediaSpace on this machine.

  --dist FOLDER      the built pages (default: dist)
  --host FOLDER      the host kit (default: host)
  --port-base PORT   the first of six ports (default: 4180)
";

#[tokio::main]
#[allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its terminal")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        print!("{HELP}");
        return ExitCode::SUCCESS;
    }
    let Some(options) = read(&arguments) else {
        eprint!("{HELP}");
        return ExitCode::from(2);
    };
    let simulator = match Simulator::start(options).await {
        Ok(simulator) => simulator,
        Err(error) => {
            eprintln!("The simulator did not start: {error}. Another --port-base may help.");
            return ExitCode::FAILURE;
        }
    };
    println!("Open {}", simulator.my_media());
    println!("Ctrl+C stops the simulator.");
    let _ = tokio::signal::ctrl_c().await;
    ExitCode::SUCCESS
}

/// The options, or nothing if an argument is unknown, misses its value or is no number.
fn read(arguments: &[String]) -> Option<Options> {
    let (mut dist, mut host, mut port_base) = (PathBuf::from("dist"), PathBuf::from("host"), 4180);
    let mut rest = arguments.iter();
    while let Some(name) = rest.next() {
        let value = rest.next()?;
        match name.as_str() {
            "--dist" => dist = value.into(),
            "--host" => host = value.into(),
            "--port-base" => port_base = value.parse().ok().filter(|port| (1..=65530).contains(port))?,
            _ => return None,
        }
    }
    Some(Options::for_people(dist, host, port_base))
}
