//! Choosing by touch: a finger that rests begins a range, and drags it on; one that moves at once scrolls.

/// How long a finger rests before it begins to choose, in milliseconds.
pub const HOLD: u32 = 450;
/// How far it may tremble meanwhile, in pixels.
const SLOP: i32 = 10;
/// How near the edge of the list it scrolls the list, in pixels.
const EDGE: i32 = 56;
/// The most that it scrolls in one frame, in pixels.
const FASTEST: i32 = 14;

/// Whether a finger that came down at one point is still there.
pub fn rests(from: (i32, i32), now: (i32, i32)) -> bool {
    (now.0 - from.0).abs() <= SLOP && (now.1 - from.1).abs() <= SLOP
}

/// How far the list scrolls in one frame while the finger is `y` pixels below the top of a list of that height: faster
/// nearer the edge, up if negative.
pub fn speed(y: i32, height: i32) -> i32 {
    let edge = EDGE.min(height / 4).max(1);
    let into = |depth: i32| (depth.clamp(0, edge) * FASTEST + edge - 1) / edge;
    into(y - (height - edge)) - into(edge - y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tells_resting_from_scrolling() {
        for (now, expected) in
            [((100, 200), true), ((108, 195), true), ((100, 211), false), ((80, 200), false)]
        {
            assert_eq!(rests((100, 200), now), expected, "{now:?}");
        }
    }

    #[test]
    fn scrolls_near_the_edges_only() {
        for (y, expected) in
            [(300, 0), (57, 0), (55, -1), (0, -14), (-40, -14), (544, 0), (545, 1), (600, 14), (900, 14)]
        {
            assert_eq!(speed(y, 600), expected, "{y}");
        }
    }

    proptest! {
        #[test]
        fn is_never_too_fast(y in -2000i32..4000, height in 0i32..3000) {
            prop_assert!(speed(y, height).abs() <= FASTEST);
        }
    }
}
