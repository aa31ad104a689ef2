#![no_main]

libfuzzer_sys::fuzz_target!(|input: &str| onedrive_picker_fuzz::host_options(input));
