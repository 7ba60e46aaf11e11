//! The door for others: whoever needs octets from outside is handed this.

use crate::dialer::Deadline;
use crate::{Address, Collector, Cut, Failure, Refusal, without_secrets};
use plainsight_model::{Wire, WireError};
use std::time::Duration;

impl Wire for Collector {
    /// Sends a whole HTTP/1.1 request through the guard and gives the whole
    /// answer. It must ask for the connection to be closed. Robots.txt is not
    /// asked (the caller speaks to a service, it does not copy pages), and no
    /// redirect is followed: a letter goes where it was addressed to or nowhere.
    fn exchange(&self, address: &str, request: &[u8]) -> Result<Vec<u8>, WireError> {
        let shown = without_secrets(address);
        let failed = |why: String| WireError::Failed { address: shown.clone(), why };
        let told = |failure: Failure| match failure {
            Failure::Refused(
                Refusal::NotPublicAddress { .. } | Refusal::NotPublicName { .. } | Refusal::Onion { .. },
            ) => WireError::Refused { address: shown.clone() },
            other => failed(other.to_string()),
        };
        let address = Address::typed(address).map_err(|refusal| told(refusal.into()))?;
        self.dialer.guard.asked(&address);
        let deadline = Deadline::after(self.settings.limits.total);
        let exchange = self
            .hosts
            .one_at_a_time(address.host(), Duration::ZERO, || {
                self.counter().exchange(&address, request, deadline)
            })
            .map_err(|(failure, _)| told(failure))?;
        match exchange.cut {
            None => Ok(exchange.response),
            // What came behind the announced end is no part of the answer, and the caller counts.
            Some(Cut::Unspecified) if exchange.head.is_some() => Ok(exchange.response),
            Some(_) => Err(failed(exchange.complaints.join("; "))),
        }
    }
}
