//! Things kept to be shown again at once, the least used forgotten first: listings of folders opened before.

/// A bounded store, the last used first.
#[derive(Clone, Debug)]
pub struct Cache<K, V> {
    entries: Vec<Entry<K, V>>,
    most_entries: usize,
    most_weight: usize,
}

#[derive(Clone, Debug)]
struct Entry<K, V> {
    key: K,
    value: V,
    weight: usize,
}

impl<K: PartialEq, V> Cache<K, V> {
    /// An empty store for so many entries and so much weight in all. Weights are the caller's, such as rows.
    pub fn new(most_entries: usize, most_weight: usize) -> Self {
        Self { entries: Vec::new(), most_entries, most_weight }
    }

    /// Keeps a value, in place of one of the same key. One that alone is too heavy is not kept.
    pub fn put(&mut self, key: K, value: V, weight: usize) {
        self.entries.retain(|entry| entry.key != key);
        if weight > self.most_weight || self.most_entries == 0 {
            return;
        }
        self.entries.insert(0, Entry { key, value, weight });
        while self.entries.len() > self.most_entries || self.weight() > self.most_weight {
            self.entries.pop();
        }
    }

    /// Takes a value out; the caller puts it back when it has changed or moved on.
    pub fn take(&mut self, key: &K) -> Option<V> {
        let index = self.entries.iter().position(|entry| entry.key == *key)?;
        Some(self.entries.remove(index).value)
    }

    /// Looks at a value without taking it.
    pub fn get(&self, key: &K) -> Option<&V> {
        self.entries.iter().find(|entry| entry.key == *key).map(|entry| &entry.value)
    }

    /// Forgets everything, as for another account.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    fn weight(&self) -> usize {
        self.entries.iter().map(|entry| entry.weight).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forgets_the_least_used() {
        let mut cache = Cache::new(2, 100);
        cache.put("a", 1, 1);
        cache.put("b", 2, 1);
        let again = cache.take(&"a").unwrap();
        cache.put("a", again, 1);
        cache.put("c", 3, 1);
        assert_eq!((cache.get(&"a"), cache.get(&"b"), cache.get(&"c")), (Some(&1), None, Some(&3)));
        cache.clear();
        assert_eq!(cache.get(&"a"), None);
    }

    #[test]
    fn keeps_nothing_that_is_too_heavy() {
        let mut cache = Cache::new(10, 100);
        cache.put("a", 1, 60);
        cache.put("b", 2, 60);
        assert_eq!((cache.get(&"a"), cache.get(&"b")), (None, Some(&2)));
        cache.put("b", 3, 101);
        assert_eq!(cache.get(&"b"), None, "an older value of the same key is not kept either");
    }

    proptest! {
        #[test]
        fn stays_within_its_bounds(puts in prop::collection::vec((0u8..20, 0usize..50), 0..60), entries in 0usize..6, weight in 0usize..100) {
            let mut cache = Cache::new(entries, weight);
            for (key, heavy) in puts {
                cache.put(key, heavy, heavy);
                prop_assert!(cache.entries.len() <= entries && cache.weight() <= weight);
                if let Some(value) = cache.get(&key) {
                    prop_assert_eq!(*value, heavy);
                }
            }
        }
    }
}
