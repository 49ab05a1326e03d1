//! Requests that wait, and which of them is next.

use super::caller::Caller;
use std::collections::{HashMap, VecDeque};
use tokio::sync::oneshot;

/// Requests that wait for room, oldest first.
#[derive(Debug)]
pub struct Queue<P> {
    waiting: VecDeque<Waiting<P>>,
}

impl<P> Default for Queue<P> {
    fn default() -> Self {
        Self { waiting: VecDeque::new() }
    }
}

#[derive(Debug)]
struct Waiting<P> {
    caller: Caller,
    tell: oneshot::Sender<P>,
}

impl<P> Queue<P> {
    /// Whether nobody waits.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Lets `caller` wait among at most `max`. When there are as many, the last one of whoever has most of them has to give
    /// up; `None` when that is `caller`.
    pub fn push(&mut self, caller: Caller, max: usize) -> Option<oneshot::Receiver<P>> {
        self.waiting.retain(|waiting| !waiting.tell.is_closed());
        if self.waiting.len() >= max {
            let (greediest, most) = self.greediest()?;
            let own = self.waiting.iter().filter(|waiting| waiting.caller == caller).count();
            if own + 1 >= most {
                return None;
            }
            let last = self.waiting.iter().rposition(|waiting| waiting.caller == greediest)?;
            self.waiting.remove(last);
        }
        let (tell, told) = oneshot::channel();
        self.waiting.push_back(Waiting { caller, tell });
        Some(told)
    }

    /// Takes out the next one: of those that `fit`, the oldest of the callers with the fewest `running`.
    pub fn pop(
        &mut self,
        running: impl Fn(Caller) -> usize,
        fits: impl Fn(Caller) -> bool,
    ) -> Option<(Caller, oneshot::Sender<P>)> {
        self.waiting.retain(|waiting| !waiting.tell.is_closed());
        let candidates = self.waiting.iter().enumerate().filter(|(_, waiting)| fits(waiting.caller));
        let (place, _) = candidates.min_by_key(|(_, waiting)| running(waiting.caller))?;
        self.waiting.remove(place).map(|waiting| (waiting.caller, waiting.tell))
    }

    fn greediest(&self) -> Option<(Caller, usize)> {
        let mut number: HashMap<Caller, usize> = HashMap::new();
        for waiting in &self.waiting {
            *number.entry(waiting.caller).or_default() += 1;
        }
        number.into_iter().max_by_key(|(_, number)| *number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderMap;

    fn caller(number: u8) -> Caller {
        Caller::identify(&HeaderMap::new(), Some([10, 0, 0, number].into()))
    }

    #[test]
    fn whoever_has_least_in_progress_is_next() {
        let mut queue = Queue::<()>::default();
        let _told: Vec<_> = [1, 1, 2].map(|number| queue.push(caller(number), 9).unwrap()).into();
        let next = |queue: &mut Queue<()>| {
            queue.pop(|other| if other == caller(1) { 3 } else { 0 }, |_| true).map(|(caller, _)| caller)
        };
        assert_eq!(next(&mut queue), Some(caller(2)));
        assert_eq!(next(&mut queue), Some(caller(1)));
        assert_eq!(queue.pop(|_| 0, |other| other != caller(1)).map(|(caller, _)| caller), None);
        assert_eq!(next(&mut queue), Some(caller(1)));
        assert!(queue.is_empty());
    }

    #[test]
    fn a_full_queue_takes_a_newcomer_in_place_of_the_last_of_the_greediest() {
        let mut queue = Queue::<()>::default();
        let mut own: Vec<_> = (0..3).map(|_| queue.push(caller(1), 3).unwrap()).collect();
        assert!(queue.push(caller(1), 3).is_none());
        let _newcomer = queue.push(caller(2), 3).unwrap();
        assert!(own[2].try_recv().is_err_and(|error| error == oneshot::error::TryRecvError::Closed));
        assert!(own[0].try_recv().is_err_and(|error| error == oneshot::error::TryRecvError::Empty));
    }

    #[test]
    fn who_has_gone_is_not_waited_for() {
        let mut queue = Queue::<()>::default();
        drop(queue.push(caller(1), 1).unwrap());
        let _second = queue.push(caller(2), 1).unwrap();
        assert_eq!(queue.pop(|_| 0, |_| true).map(|(caller, _)| caller), Some(caller(2)));
    }
}
