//! The simulator as a program, for demos by hand.

use std::path::PathBuf;
use std::process::ExitCode;

use onedrive_simulator::{Options, Simulator};

const HELP: &str = "Plays Microsoft, Kaltura and MediaSpace on this machine.

  --dist FOLDER      the built pages (default: dist)
  --host FOLDER      the host kit (default: dist/host)
  --port-base PORT   the first of six ports (default: 4180)
  --for-tests        free ports, a clock that is moved by hand, addresses as JSON on standard output; ends with standard input
";

const FOR_TESTS: &str = "--for-tests";

#[tokio::main]
#[allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its terminal")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        print!("{HELP}");
        return ExitCode::SUCCESS;
    }
    let for_tests = arguments.iter().any(|argument| argument == FOR_TESTS);
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
    if for_tests {
        println!("{}", simulator.addresses());
        // Ends with whoever started it, so that no test leaves one behind.
        let _ =
            tokio::task::spawn_blocking(|| std::io::copy(&mut std::io::stdin(), &mut std::io::sink())).await;
        return ExitCode::SUCCESS;
    }
    println!("Open {}", simulator.my_media());
    println!("Ctrl+C stops the simulator.");
    let _ = tokio::signal::ctrl_c().await;
    ExitCode::SUCCESS
}

/// The options, or nothing if an argument is unknown, misses its value or is no number.
fn read(arguments: &[String]) -> Option<Options> {
    let (mut dist, mut host, mut port_base) = (PathBuf::from("dist"), PathBuf::from("dist/host"), 4180);
    let (mut rest, mut for_tests) = (arguments.iter(), false);
    while let Some(name) = rest.next() {
        if name == FOR_TESTS {
            for_tests = true;
            continue;
        }
        let value = rest.next()?;
        match name.as_str() {
            "--dist" => dist = value.into(),
            "--host" => host = value.into(),
            "--port-base" => port_base = value.parse().ok().filter(|port| (1..=65530).contains(port))?,
            _ => return None,
        }
    }
    Some(if for_tests {
        Options::with_manual_time(dist, host)
    } else {
        Options::for_people(dist, host, port_base)
    })
}
