#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| zendesk_oauth_hostile::targets::store_file::run(data));
