//! How much is looked at while a file is read, counted by the tests alone: a file that is twice as long may cost twice as
//! much, whatever stands in it.

/// So many letters or lines were looked at to find where something ends.
#[inline]
pub(super) fn looked(at: usize) {
    #[cfg(test)]
    counted::LOOKED.set(counted::LOOKED.get() + at as u64);
    #[cfg(not(test))]
    let _ = at;
}

/// How much is looked at while this is done, by this thread.
#[cfg(test)]
pub(super) fn while_<T>(done: impl FnOnce() -> T) -> (T, u64) {
    let before = counted::LOOKED.get();
    let out = done();
    (out, counted::LOOKED.get() - before)
}

#[cfg(test)]
mod counted {
    use std::cell::Cell;

    thread_local! {
        pub(super) static LOOKED: Cell<u64> = const { Cell::new(0) };
    }
}
