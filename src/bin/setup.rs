//! The set-up assistant's entry: mounts it on the page that `setup.html` prepared.

fn main() {}
