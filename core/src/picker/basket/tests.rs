//! Choosing, counting and refusing.

use super::*;
use crate::picker::testing::{file, file_ref, folder};
use proptest::prelude::*;

fn found(names: &[&str]) -> Option<Vec<Found>> {
    Some(names.iter().map(|name| Found { item: file(name), path: "F".to_owned() }).collect())
}

fn chosen(basket: &Basket) -> Vec<(&str, &str)> {
    basket.files().iter().map(|chosen| (&*chosen.item.name, chosen.path)).collect()
}

#[test]
fn keeps_the_order_of_choosing() {
    let mut basket = Basket::new(10);
    basket.add([file("b.mp4"), file("a.mp4"), file("b.mp4")]).unwrap();
    assert!(basket.remove(&file_ref("b.mp4")));
    assert!(!basket.remove(&file_ref("b.mp4")));
    basket.add([file("b.mp4")]).unwrap();
    assert_eq!(chosen(&basket), [("a.mp4", ""), ("b.mp4", "")]);
    assert!(basket.contains(&file_ref("a.mp4")) && !basket.contains(&file_ref("c.mp4")));
}

#[test]
fn takes_what_fits_and_says_how_many_do_not() {
    let mut basket = Basket::new(2);
    let refusal = basket.add([file("a.mp4"), file("b.mp4"), file("c.mp4"), file("a.mp4")]).unwrap_err();
    assert_eq!(refusal, Refusal::Full { limit: 2, left_out: 1 });
    assert_eq!(basket.totals().files, 2);
    assert_eq!(basket.add_folder(folder("F")), Err(Refusal::Full { limit: 2, left_out: 1 }));
}

#[test]
fn counts_a_folder_before_it_is_taken() {
    let mut basket = Basket::new(10);
    basket.add([file("a.mp4")]).unwrap();
    basket.add_folder(folder("F")).unwrap();
    assert!(basket.count(&file_ref("F"), 3));
    assert_eq!(basket.totals(), Totals { files: 4, bytes: 1000, duration: 0, counting: true });
    basket.counted(&file_ref("F"), found(&["b.mp4", "a.mp4"])).unwrap();
    assert_eq!(basket.totals(), Totals { files: 2, bytes: 2000, duration: 0, counting: false });
    assert_eq!(chosen(&basket), [("a.mp4", ""), ("b.mp4", "F")], "each file once");
    assert!(basket.holds(&file_ref("b.mp4")) && !basket.contains(&file_ref("b.mp4")));
    basket.remove(&file_ref("F"));
    assert_eq!(chosen(&basket), [("a.mp4", "")]);
    assert!(!basket.count(&file_ref("F"), 9), "stop counting what was taken back");
}

#[test]
fn a_refused_folder_leaves_the_rest_alone() {
    for (files, expected) in [
        (None, Refusal::FolderTooLarge { limit: 3 }),
        (found(&[]), Refusal::NothingFits),
        (found(&["1.mp4", "2.mp4", "3.mp4", "4.mp4"]), Refusal::FolderTooLarge { limit: 3 }),
        (found(&["1.mp4", "2.mp4", "3.mp4"]), Refusal::Full { limit: 3, left_out: 1 }),
    ] {
        let mut basket = Basket::new(3);
        basket.add([file("a.mp4")]).unwrap();
        basket.add_folder(folder("F")).unwrap();
        assert_eq!(basket.counted(&file_ref("F"), files), Err(expected));
        assert_eq!(chosen(&basket), [("a.mp4", "")]);
    }
}

#[test]
fn a_file_of_a_chosen_folder_takes_no_further_room() {
    let mut basket = Basket::new(2);
    basket.add_folder(folder("F")).unwrap();
    basket.counted(&file_ref("F"), found(&["a.mp4", "b.mp4"])).unwrap();
    basket.add([file("a.mp4")]).unwrap();
    assert_eq!(basket.totals().files, 2);
}

#[test]
fn takes_a_file_back_out_of_a_chosen_folder() {
    let mut basket = Basket::new(10);
    basket.add_folder(folder("F")).unwrap();
    basket.counted(&file_ref("F"), found(&["a.mp4", "b.mp4"])).unwrap();
    basket.add([file("a.mp4")]).unwrap();
    assert!(basket.remove(&file_ref("a.mp4")));
    assert!(!basket.holds(&file_ref("a.mp4")) && basket.holds(&file_ref("F")));
    assert!(basket.remove(&file_ref("b.mp4")));
    assert!(basket.is_empty(), "a folder without files is no choice");
}

#[test]
fn keeps_only_what_is_still_there() {
    let mut basket = Basket::new(10);
    basket.add([file("a.mp4"), file("b.mp4")]).unwrap();
    basket.add_folder(folder("F")).unwrap();
    basket.counted(&file_ref("F"), found(&["c.mp4", "d.mp4"])).unwrap();
    basket.retain(|file| ["b.mp4", "d.mp4"].contains(&file.item.as_str()));
    assert_eq!(chosen(&basket), [("b.mp4", ""), ("d.mp4", "F")]);
    basket.retain(|file| file.item.as_str() == "b.mp4");
    assert_eq!(basket.choices().len(), 1);
    assert!(basket.contains(&file_ref("b.mp4")));
}

#[derive(Clone, Debug)]
enum Act {
    Add(u8),
    Folder(u8, Vec<u8>),
    Remove(u8),
}

fn acts() -> impl Strategy<Value = Act> {
    prop_oneof![
        (0u8..12).prop_map(Act::Add),
        (20u8..24, prop::collection::vec(0u8..12, 0..6)).prop_map(|(id, files)| Act::Folder(id, files)),
        (0u8..24).prop_map(Act::Remove),
    ]
}

proptest! {
    #[test]
    fn never_exceeds_its_limit_nor_holds_a_file_twice(acts in prop::collection::vec(acts(), 0..40), limit in 0usize..8) {
        let mut basket = Basket::new(limit);
        for act in acts {
            match act {
                Act::Add(id) => {
 let _ = basket.add([file(&format!("{id}.mp4"))]);
}
                Act::Folder(id, mut files) => {
                    files.sort_unstable();
                    files.dedup();
                    let of = folder(&id.to_string());
                    if basket.add_folder(of.clone()).is_ok() {
                        let files = files.iter().map(|id| Found { item: file(&format!("{id}.mp4")), path: String::new() });
                        let _ = basket.counted(&of.file, Some(files.collect()));
                    }
                }
                Act::Remove(id) => {
                    let id = if id < 20 { format!("{id}.mp4") } else { id.to_string() };
                    basket.remove(&file_ref(&id));
                    prop_assert!(!basket.contains(&file_ref(&id)));
                }
            }
            let mut names: Vec<_> = basket.files().iter().map(|chosen| chosen.item.name.clone()).collect();
            prop_assert!(names.len() <= limit);
            prop_assert_eq!(names.len(), basket.totals().files);
            names.sort();
            let count = names.len();
            names.dedup();
            prop_assert_eq!(names.len(), count);
            for choice in basket.choices() {
                prop_assert!(basket.contains(&choice.item.file));
            }
        }
    }
}
