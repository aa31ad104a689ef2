//! Every job around the code.
fn main() {}
