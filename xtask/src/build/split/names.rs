//! Names of functions that stay the same from one compilation to the next.

/// A name as the compiler writes it, without the hashes of crates (`core[54b2a4c8f7e91d06]::fmt`).
pub(super) fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(start) = rest.find('[') {
        let (before, from) = rest.split_at(start);
        plain.push_str(before);
        let hash = from.find(']').and_then(|end| from.get(1..end)).filter(|hash| is_hash(hash));
        let length = hash.map_or(1, |hash| hash.len() + 2);
        if hash.is_none() {
            plain.push('[');
        }
        rest = from.get(length..).unwrap_or_default();
    }
    plain.push_str(rest);
    plain
}

fn is_hash(text: &str) -> bool {
    (10..=16).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_hashes_of_crates_and_keeps_slices() {
        for (name, expected) in [
            ("<core[54b2a4c8f7e91d06]::fmt::Arguments>::new", "<core::fmt::Arguments>::new"),
            ("<[u8] as core[54b2a4c8f7e91d06]::cmp::Ord>::cmp", "<[u8] as core::cmp::Ord>::cmp"),
            ("main", "main"),
            ("open [", "open ["),
        ] {
            assert_eq!(plain(name), expected);
        }
    }
}
