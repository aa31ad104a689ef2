//! The commands of the documentation: each of ours is a job that there is, with flags that it has.

use std::fs;

use super::pages;
use crate::failure::{Attempt, Failure, Outcome};
use crate::paths::Paths;
use crate::{JOBS, Job};

/// Programs of others that the pages tell people to run; a release is unpacked and checked by the tests just so.
const OTHERS: [&str; 6] = ["sha256sum", "tar", "rustup", "npm", "docker", "cargo"];

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
