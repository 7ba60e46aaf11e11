//! The words of public roles, as the finder of persons looks for them.

use plainsight_text::is_han;
use std::collections::BTreeSet;

/// Roles as patterns: folded words and whether they head a post.
pub(crate) struct RoleWords {
    pub han: Vec<(Vec<char>, bool)>,
    /// The characters with which they begin: few, and most letters are none of them.
    pub han_first: BTreeSet<char>,
    pub latin: Vec<(String, bool)>,
    pub latin_first: BTreeSet<char>,
    /// “Head of the”, before a word for an office.
    pub leads: Vec<String>,
    /// Words for an office, folded.
    offices: BTreeSet<String>,
}

impl RoleWords {
    /// Takes the roles of a lens with the forms of its terms.
    pub fn new(lens: &plainsight_lens::Lens) -> Self {
        let roles = &lens.settings.roles;
        let mut words = RoleWords {
            han: Vec::new(),
            han_first: BTreeSet::new(),
            latin: Vec::new(),
            latin_first: BTreeSet::new(),
            leads: roles.leads.iter().map(|lead| lead.to_lowercase()).collect(),
            offices: BTreeSet::new(),
        };
        let offices = &lens.settings.offices;
        words.offices =
            offices.beside.iter().chain(&offices.named).map(|noun| plainsight_text::fold(noun)).collect();

        for (list, heads) in [(&roles.head, true), (&roles.president, false)] {
            for role in list {
                let term = lens.terms.iter().find(|term| &term.term == role);
                let forms = term.map_or(&[][..], |term| &term.forms);
                for form in std::iter::once(role).chain(forms) {
                    if form.starts_with(is_han) {
                        words.han.push((plainsight_text::fold(form).chars().collect(), heads));
                    } else {
                        words.latin.push((form.to_lowercase(), heads));
                    }
                }
            }
        }
        words.han_first = words.han.iter().filter_map(|(word, _)| word.first().copied()).collect();
        words.han.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        let first = words.latin.iter().map(|(word, _)| word).chain(&words.leads);
        words.latin_first = first.filter_map(|word| word.chars().next()).collect();
        words.leads.sort_by_key(|lead| std::cmp::Reverse(lead.len()));
        words.latin.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        words
    }

    /// Where the office ends that a lead heads: “head of the” + “Havenrode contact point”.
    pub fn office_after(&self, lower: &[char], from: usize) -> Option<usize> {
        const WORDS: usize = 4;
        let mut at = from;
        let mut end = None;
        for _ in 0..WORDS {
            at += lower[at..].iter().take(2).take_while(|c| **c == ' ').count();
            let length = lower[at..].iter().take_while(|c| c.is_alphanumeric() || **c == '-').count();
            let word: String = lower[at..at + length].iter().collect();
            let office = self.offices.contains(&plainsight_text::fold(&word));
            // “The contact point of the station”: the words after the office are its owner's.
            if length == 0 || end.is_some() && !office {
                break;
            }
            at += length;
            if office {
                end = Some(at);
            }
        }
        end
    }
}
