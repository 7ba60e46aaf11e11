//! Atoms to clusters: phone, address and city, operator and city, what people said.

use super::atoms::Atom;
use crate::agency::compatible;
use plainsight_lens::{Gazetteer, PlaceRef};
use plainsight_model::{DocumentId, Judgements, QuoteId};
use std::collections::{BTreeMap, BTreeSet};

/// The atoms of one post; what is known of it comes from `atoms` alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Cluster {
    pub(super) atoms: BTreeSet<usize>,
    /// Atoms of copies that contradict the post: errors of the copy.
    pub(super) errors: BTreeSet<usize>,
    pub(super) country: Option<PlaceRef>,
    pub(super) city: String,
    pub(super) operators: BTreeSet<String>,
    pub(super) phones: BTreeSet<String>,
    pub(super) addresses: BTreeSet<String>,
    pub(super) names: BTreeSet<String>,
    pub(super) quotes: BTreeSet<QuoteId>,
    /// Frames that speak of the post without making it.
    pub(super) attached: BTreeSet<super::FrameRef>,
}

impl Cluster {
    fn of(at: usize, atom: &Atom) -> Self {
        Self {
            atoms: BTreeSet::from([at]),
            country: atom.country,
            city: atom.city.clone(),
            operators: atom.operators.clone(),
            phones: atom.phones.clone(),
            addresses: atom.addresses.clone(),
            names: atom.names.clone(),
            quotes: BTreeSet::from([atom.quote]),
            ..Self::default()
        }
    }

    fn take(&mut self, other: Cluster) {
        self.atoms.extend(other.atoms);
        self.errors.extend(other.errors);
        self.country = self.country.or(other.country);
        if self.city.is_empty() {
            self.city = other.city;
        }
        self.operators.extend(other.operators);
        self.phones.extend(other.phones);
        self.addresses.extend(other.addresses);
        self.names.extend(other.names);
        self.quotes.extend(other.quotes);
    }
}

pub(super) struct Merge<'a> {
    atoms: &'a [Atom],
    gazetteer: &'a Gazetteer,
    judgements: &'a Judgements,
    copies: &'a BTreeMap<DocumentId, DocumentId>,
    clusters: Vec<Cluster>,
}

impl<'a> Merge<'a> {
    pub(super) fn new(
        atoms: &'a [Atom],
        gazetteer: &'a Gazetteer,
        judgements: &'a Judgements,
        copies: &'a BTreeMap<DocumentId, DocumentId>,
    ) -> Self {
        Self { atoms, gazetteer, judgements, copies, clusters: Vec::new() }
    }

    pub(super) fn run(mut self) -> Vec<Cluster> {
        let strong = |atom: &Atom| !atom.bare() && !atom.city.is_empty();
        let copied = |atom: &Atom| self.copies.contains_key(&atom.document);
        let of = |wanted: &dyn Fn(&Atom) -> bool| -> Vec<usize> {
            (0..self.atoms.len()).filter(|at| wanted(&self.atoms[*at])).collect()
        };
        let first = of(&|a| strong(a) && !copied(a));
        let copies = of(&|a| strong(a) && copied(a));
        let weak = of(&|a| !strong(a));
        self.clusters = first.iter().map(|at| Cluster::of(*at, &self.atoms[*at])).collect();
        self.by_people();
        self.by_rules();
        // Copies come after what they were copied from: an error of theirs makes no post.
        let left: Vec<usize> = copies.into_iter().filter(|at| !self.join_seed(*at)).collect();
        self.clusters.extend(left.iter().map(|at| Cluster::of(*at, &self.atoms[*at])));
        self.by_people();
        self.by_rules();
        self.add_weak(&weak);
        self.by_people();
        self.clusters
    }

    /// A frame of a copy joins the post that its seed has at that place.
    fn join_seed(&mut self, at: usize) -> bool {
        let atom = &self.atoms[at];
        let Some(seed) = self.copies.get(&atom.document) else { return false };
        let of_seed =
            |c: &Cluster| c.city == atom.city && c.atoms.iter().any(|a| self.atoms[*a].document == *seed);
        let there: Vec<usize> = (0..self.clusters.len()).filter(|n| of_seed(&self.clusters[*n])).collect();
        let agrees = |n: &&usize| {
            let cluster = &self.clusters[**n];
            self.operators_agree(&cluster.operators, &atom.operators) && !apart(&cluster.phones, &atom.phones)
        };
        let agreeing: Vec<usize> = there.iter().filter(agrees).copied().collect();
        match (agreeing.as_slice(), there.as_slice()) {
            ([one], _) => self.clusters[*one].take(Cluster::of(at, atom)),
            ([], [one]) => {
                self.clusters[*one].errors.insert(at);
                self.clusters[*one].quotes.insert(atom.quote);
            }
            _ => return false,
        }
        true
    }

    /// `same` of a person joins whatever the rules say; it is undone by another decision, not by us.
    fn by_people(&mut self) {
        for (a, b) in &self.judgements.same {
            let with = |quote: &QuoteId| -> Vec<usize> {
                (0..self.clusters.len()).filter(|n| self.clusters[*n].quotes.contains(quote)).collect()
            };
            let (of_a, of_b) = (with(a), with(b));
            // One sentence may speak of two posts: the pair in one city is meant.
            let pairs: Vec<(usize, usize)> =
                of_a.iter().flat_map(|x| of_b.iter().map(move |y| (*x, *y))).collect();
            let one_city = |p: &&(usize, usize)| self.same_city(p.0, p.1);
            let chosen = pairs.iter().find(one_city).or_else(|| pairs.first()).copied();
            if let Some((x, y)) = chosen.filter(|(x, y)| x != y) {
                self.join(x, y);
            }
        }
    }

    fn by_rules(&mut self) {
        self.while_pairs(|m, a, b| {
            let (x, y) = (&m.clusters[a], &m.clusters[b]);
            shared(&x.phones, &y.phones) && m.near(a, b)
        });
        self.while_pairs(|m, a, b| {
            let (x, y) = (&m.clusters[a], &m.clusters[b]);
            let address = shared(&x.addresses, &y.addresses) && x.city == y.city;
            address && m.operators_agree(&x.operators, &y.operators) && !apart(&x.phones, &y.phones)
        });
        self.while_pairs(|m, a, b| {
            let (x, y) = (&m.clusters[a], &m.clusters[b]);
            x.city == y.city && shared(&x.operators, &y.operators) && !apart(&x.phones, &y.phones)
        });
        // A prefecture's name fits each of its counties: it joins only where one alone fits.
        self.while_pairs(|m, a, b| m.fits(a, b) && m.fitting(a) == 1 && m.fitting(b) == 1);
    }

    fn fits(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.clusters[a], &self.clusters[b]);
        let operators = !x.operators.is_empty() && !y.operators.is_empty();
        let alone = x.operators.is_empty() != y.operators.is_empty();
        let agree = operators && self.operators_agree(&x.operators, &y.operators);
        x.city == y.city && (agree || alone) && !apart(&x.phones, &y.phones)
    }

    fn fitting(&self, a: usize) -> usize {
        (0..self.clusters.len()).filter(|b| *b != a && self.fits(a, *b)).count()
    }

    /// Joins the first pair that `rule` names until it names none.
    fn while_pairs(&mut self, rule: impl Fn(&Self, usize, usize) -> bool) {
        let mut a = 0;
        while a < self.clusters.len() {
            let found = (a + 1..self.clusters.len()).find(|b| !self.different(a, *b) && rule(self, a, *b));
            match found {
                Some(b) => self.join(a, b),
                None => a += 1,
            }
        }
    }

    fn join(&mut self, a: usize, b: usize) {
        let (low, high) = (a.min(b), a.max(b));
        let other = self.clusters.remove(high);
        self.clusters[low].take(other);
    }

    /// A person said that a quote of the one and a quote of the other speak of different posts.
    fn different(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.clusters[a].quotes, &self.clusters[b].quotes);
        let between = |p: &QuoteId, q: &QuoteId| x.contains(p) && y.contains(q);
        self.judgements.different.iter().any(|(p, q)| between(p, q) || between(q, p))
    }

    /// Atoms that name no city, or nothing but a place: they join where one post alone fits.
    fn add_weak(&mut self, weak: &[usize]) {
        // The more exact ones first, so that a country's only post is known before its country is met.
        let mut order: Vec<usize> = weak.to_vec();
        order.sort_by_key(|at| (self.atoms[*at].city.is_empty(), self.atoms[*at].bare(), *at));
        for at in order {
            let atom = &self.atoms[at];
            let own = Cluster::of(at, atom);
            let fits: Vec<usize> =
                (0..self.clusters.len()).filter(|n| self.weak_fits(atom, &own, *n)).collect();
            match self.narrow(atom, fits) {
                Some(Ok(one)) => self.clusters[one].take(own),
                Some(Err(())) => {}
                None => self.clusters.push(own),
            }
        }
    }

    /// The one cluster that is meant; `Err` where the atom stays loose, `None` where it makes a post.
    fn narrow(&self, atom: &Atom, mut fits: Vec<usize>) -> Option<Result<usize, ()>> {
        if fits.len() > 1 {
            let own =
                |n: &usize| self.clusters[*n].atoms.iter().any(|a| self.atoms[*a].document == atom.document);
            let named = |n: &usize| shared(&self.clusters[*n].names, &atom.names);
            let housed = |n: &usize| shared(&self.clusters[*n].addresses, &atom.addresses);
            for narrower in [&housed as &dyn Fn(&usize) -> bool, &named, &own] {
                let kept: Vec<usize> = fits.iter().copied().filter(narrower).collect();
                if !kept.is_empty() {
                    fits = kept;
                }
            }
        }
        match fits.as_slice() {
            [one] => Some(Ok(*one)),
            // Nothing known but a name, or one of several posts of a country: no post of its own.
            [] if atom.country.is_none() && atom.city.is_empty() => Some(Err(())),
            [_, ..] if atom.city.is_empty() => Some(Err(())),
            _ => None,
        }
    }

    fn weak_fits(&self, atom: &Atom, own: &Cluster, n: usize) -> bool {
        let cluster = &self.clusters[n];
        let judged = |p: &QuoteId, q: &QuoteId| *p == atom.quote && cluster.quotes.contains(q);
        if self.judgements.different.iter().any(|(p, q)| judged(p, q) || judged(q, p)) {
            return false;
        }
        let known = !atom.city.is_empty() || atom.country.is_some();
        let place = if atom.city.is_empty() {
            atom.country.is_none() || cluster.country == atom.country
        } else {
            cluster.city == atom.city
        };
        let operators = self.operators_agree(&cluster.operators, &atom.operators);
        // Without any place the name, telephone or operator itself must agree.
        let tie = known
            || shared(&cluster.phones, &atom.phones)
            || shared(&cluster.addresses, &atom.addresses)
            || shared(&cluster.names, &atom.names)
            || (!atom.operators.is_empty() && !cluster.operators.is_empty() && operators);
        // An address without a town joins the post of that address, and no other.
        let elsewhere =
            atom.city.is_empty() && !atom.addresses.is_empty() && apart(&cluster.addresses, &atom.addresses);
        place && operators && tie && !elsewhere && !apart(&cluster.phones, &own.phones)
    }

    fn operators_agree(&self, a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
        a.is_empty() || b.is_empty() || a.iter().any(|x| b.iter().any(|y| compatible(x, y, self.gazetteer)))
    }

    fn same_city(&self, a: usize, b: usize) -> bool {
        self.clusters[a].city == self.clusters[b].city
    }

    /// One city, or one of the two knows only the country or nothing.
    fn near(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.clusters[a], &self.clusters[b]);
        let country = x.country.is_none() || y.country.is_none() || x.country == y.country;
        x.city == y.city || ((x.city.is_empty() || y.city.is_empty()) && country)
    }
}

pub(super) fn shared(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    !a.is_disjoint(b)
}

/// Both say something, and nothing of it is the same.
pub(super) fn apart(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    !a.is_empty() && !b.is_empty() && a.is_disjoint(b)
}
