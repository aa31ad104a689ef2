//! The browser that tests run in, and its driver.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::apt;
use crate::command::{is_program, on_path};
use crate::failure::{Failure, Outcome};

const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// A Chromium or Chrome with the ChromeDriver that belongs to it.
#[derive(Debug)]
pub(crate) struct Browser {
    /// The browser itself.
    pub(crate) chrome: PathBuf,
    /// What lets a test drive it.
    pub(crate) driver: PathBuf,
}

impl Browser {
    /// Makes sure that both are there.
    ///
    /// Fails if they cannot be installed, or if what the environment names is not there.
    pub(super) fn prepare() -> Outcome {
        if Self::find()?.is_some() {
            return Ok(());
        }
        let packages = ["chromium", "chromium-driver"];
        if is_debian() {
            apt::install(&packages, "about 2 minutes, 300 MB")?;
        }
        Self::find()?.map(|_| ()).ok_or_else(|| {
            Failure::new(
                "no Chromium with ChromeDriver found; install both (Ubuntu's are a snap: `snap install chromium`) \
                 and name them in CHROME and CHROMEDRIVER",
            )
        })
    }

    /// The browser and driver that the environment names, or those on `PATH`.
    ///
    /// Fails if the environment names something that cannot be run.
    pub(crate) fn find() -> Outcome<Option<Self>> {
        let chrome = named("CHROME")?.or_else(|| NAMES.iter().find_map(|name| on_path(name)));
        let driver = named("CHROMEDRIVER")?
            .or_else(|| on_path("chromedriver"))
            .or_else(|| on_path("chromium.chromedriver"));
        Ok(chrome.zip(driver).map(|(chrome, driver)| Self { chrome, driver }))
    }

    /// Tells a test run where they are.
    pub(crate) fn apply(&self, command: &mut Command) {
        command.env("CHROME", &self.chrome).env("CHROMEDRIVER", &self.driver);
    }
}

fn named(variable: &str) -> Outcome<Option<PathBuf>> {
    let Some(file) = env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from) else {
        return Ok(None);
    };
    if is_program(&file) {
        return Ok(Some(file));
    }
    Err(Failure::new(format!("{variable} names {}, which cannot be run", file.display())))
}

fn is_debian() -> bool {
    fs::read_to_string("/etc/os-release").is_ok_and(|text| text.lines().any(|line| line == "ID=debian"))
}
