//! The commands of the documentation: each of ours is a job that there is, with flags that it has.

use std::fs;

use super::pages;
use crate::failure::{Attempt, Failure, Outcome};
use crate::paths::Paths;
use crate::{JOBS, Job};

/// Programs of others that the pages tell people to run; a release is unpacked and checked by the tests just so.
const OTHERS: [&str; 6] = ["sha256sum", "tar", "rustup", "npm", "docker", "cargo"];

/// Who runs a command of the pages.
#[cfg(test)]
enum Run {
    /// That step of `cargo xtask test` does, or does what the command does.
    Step(&'static str),
    /// No test does, for that reason.
    Not(&'static str),
}

/// Every command of the pages by its beginning; of several the longest counts.
#[cfg(test)]
const RUN: [(&str, Run); 17] = [
    ("cargo xtask", Run::Step("native")),
    ("cargo xtask help", Run::Step("native")),
    ("cargo xtask build", Run::Step("build")),
    (
        "cargo xtask build --debug",
        Run::Not("the release is what is tested; this one has panic messages besides"),
    ),
    ("cargo xtask check", Run::Step("lints")),
    ("cargo xtask check-site", Run::Step("journeys")),
    ("cargo xtask demo", Run::Not("it goes on until it is stopped; the journeys build and start the same")),
    ("cargo xtask dist", Run::Step("dist")),
    (
        "cargo xtask dist --twice",
        Run::Not("it compiles every library twice; the step dist does so with this project"),
    ),
    ("cargo xtask docs", Run::Not("mdBook is no part of the tests")),
    ("cargo xtask docs --check", Run::Step("native")),
    ("cargo xtask screenshots", Run::Not("pictures are looked at by people")),
    ("cargo xtask size", Run::Step("size")),
    ("cargo xtask why NAME", Run::Not("it reads the linked picker that the step build leaves, for people")),
    ("cargo xtask test", Run::Step("native")),
    ("sha256sum", Run::Step("dist")),
    ("tar", Run::Step("dist")),
];

/// Looks at every command in the blocks marked `sh`, and at ours in the text.
///
/// Fails with everything that is wrong, a line for each.
pub(super) fn check(paths: &Paths) -> Outcome {
    let mut wrong = Vec::new();
    for page in pages::all(paths)? {
        let text = fs::read_to_string(&page).attempting(page.display())?;
        let name = page.strip_prefix(&paths.root).unwrap_or(&page).display().to_string();
        let reasons = commands(&text).filter_map(|command| Some((command, reason(command)?)));
        wrong.extend(reasons.map(|(command, reason)| format!("{name}: `{command}`: {reason}")));
    }
    if wrong.is_empty() { Ok(()) } else { Err(Failure::new(wrong.join("\n"))) }
}

/// The lines of blocks marked `sh`, and the inline code that calls one of our jobs.
fn commands(text: &str) -> impl Iterator<Item = &str> {
    let blocks = text.split("```sh\n").skip(1).filter_map(|block| block.split("```").next());
    let inline = text.split('`').skip(1).step_by(2).filter(|code| code.starts_with("cargo xtask"));
    blocks
        .flat_map(str::lines)
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .chain(inline)
}

/// What is wrong with a command.
fn reason(command: &str) -> Option<String> {
    let mut words = command.split_whitespace();
    let program = words.next()?;
    if !OTHERS.contains(&program) {
        return Some(format!("{program} is no program that these pages use"));
    }
    if (program, words.next()) != ("cargo", Some("xtask")) {
        return None;
    }
    let name = words.next().unwrap_or("help");
    if name == "help" {
        let known =
            words.next().is_none_or(|job| job.starts_with('<') || JOBS.iter().any(|one| one.name == job));
        return (!known).then(|| "there is no such job".to_owned());
    }
    let Some(job) = JOBS.iter().find(|job| job.name == name) else {
        return (!name.starts_with('<')).then(|| format!("there is no job {name}"));
    };
    words.find_map(|word| unknown(job, word))
}

/// A flag that the job does not have, or a step that it does not know.
fn unknown(job: &Job, word: &str) -> Option<String> {
    let flag = word.split('=').next().unwrap_or_default();
    let is_known = |word: &str| {
        job.usage
            .split(|letter: char| !(letter.is_alphanumeric() || letter == '-'))
            .any(|known| known == word)
    };
    if flag.starts_with("--") && !is_known(flag) {
        return Some(format!("{} has no {flag}", job.name));
    }
    let is_step = job.name == "test" && !word.starts_with('-') && !is_known(word);
    is_step.then(|| format!("test has no step {word}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_in_the_pages_is_one_that_there_is() {
        check(&Paths::find().unwrap()).unwrap();
    }

    #[test]
    fn each_command_is_run_by_a_test_or_has_a_reason_not_to_be() {
        let mut used = [false; RUN.len()];
        for page in pages::all(&Paths::find().unwrap()).unwrap() {
            let text = fs::read_to_string(&page).unwrap();
            for command in commands(&text) {
                let command = command.split_whitespace().collect::<Vec<_>>().join(" ");
                let begins = |(_, (beginning, _)): &(usize, &(&str, Run))| {
                    command
                        .strip_prefix(*beginning)
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
                };
                let found =
                    RUN.iter().enumerate().filter(begins).max_by_key(|(_, (beginning, _))| beginning.len());
                let (index, (_, run)) = found.unwrap_or_else(|| panic!("{}: {command}", page.display()));
                used[index] = true;
                match run {
                    Run::Step(step) => assert!(crate::test::STEPS.contains(step), "{step}"),
                    Run::Not(reason) => assert!(!reason.is_empty(), "{command}"),
                }
            }
        }
        for (index, (beginning, _)) in RUN.iter().enumerate() {
            assert!(used[index], "no page names `{beginning}` any more");
        }
    }

    #[test]
    fn tells_right_commands_from_wrong_ones() {
        for (command, is_right) in [
            ("cargo xtask build --debug --base /a/", true),
            ("cargo xtask build --base=/a/", true),
            ("cargo xtask test native journeys", true),
            ("cargo xtask help setup", true),
            ("cargo xtask", true),
            ("cargo update -p idna_adapter --precise 1.0.0", true),
            ("cargo xtask build --fast", false),
            ("cargo xtask deploy", false),
            ("cargo xtask test everything", false),
            ("cargo xtask help deploy", false),
            ("make", false),
        ] {
            assert_eq!(reason(command).is_none(), is_right, "{command}");
        }
        let text = "a `cargo xtask size` b `c`\n```sh\n# why\nmake all\n```\n```js\nx\n```";
        assert_eq!(commands(text).collect::<Vec<_>>(), ["make all", "cargo xtask size"]);
    }
}
