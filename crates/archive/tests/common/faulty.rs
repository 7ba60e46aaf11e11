//! A store whose steps can be made to fail, and which remembers every step, so
//! that a fall of the machine between any two of them can be played afterwards.

use plainsight_archive::FolderStore;
use plainsight_model::{Output, Store};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

/// Pseudo-random numbers (SplitMix64): the same seed gives the same falls.
pub struct Dice(pub u64);

impl Dice {
    /// A number below the bound; 0 for the bound 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound.max(1) as u64) as usize
    }
}

/// Which steps fail, counted from 1.
#[derive(Clone, Copy, Debug)]
pub enum Fails {
    Never,
    /// This one.
    Once(usize),
    /// This one and all later ones, also those that would take it back; then the process ends.
    From(usize),
    /// The same, but the process goes on once the disk is well again.
    While(usize),
}

/// What was done to the disk. Files go by a number, as a file system's inodes do.
#[derive(Clone, Debug)]
enum Step {
    Folder(PathBuf),
    Link(PathBuf, usize),
    Rename(PathBuf, PathBuf, usize),
    Unlink(PathBuf),
    Write(usize, u64, Vec<u8>),
    Cut(usize, u64),
    Sync(usize),
    SyncFolder(PathBuf),
}

struct State {
    fails: Fails,
    count: usize,
    steps: Vec<Step>,
    names: BTreeMap<PathBuf, usize>,
    files: usize,
}

#[derive(Clone)]
pub struct FaultyStore(Arc<Mutex<State>>);

impl FaultyStore {
    pub fn new(fails: Fails) -> Self {
        let (names, steps) = (BTreeMap::new(), Vec::new());
        Self(Arc::new(Mutex::new(State { fails, count: 0, steps, names, files: 0 })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("no test panics with it")
    }

    /// From now on nothing fails.
    pub fn heal(&self) {
        self.state().fails = Fails::Never;
    }

    /// Steps that were tried.
    pub fn count(&self) -> usize {
        self.state().count
    }

    /// Steps that are remembered: a moment at which the machine may fall.
    pub fn moment(&self) -> usize {
        self.state().steps.len()
    }

    fn step(&self) -> io::Result<()> {
        let mut state = self.state();
        state.count += 1;
        match state.fails {
            Fails::Once(number) if state.count == number => Err(io::Error::other("the disk said no")),
            Fails::From(number) | Fails::While(number) if state.count >= number => {
                Err(io::Error::other("the disk said no"))
            }
            _ => Ok(()),
        }
    }

    fn note(&self, step: Step) {
        self.state().steps.push(step);
    }

    /// Writes to `to` what may lie on the disk if the machine falls after so
    /// many steps. What was synced is there. Of all else each name and each
    /// write may have come through, in any order; a write also in part, or as zeros.
    pub fn fall(&self, moment: usize, from: &Path, to: &Path, dice: &mut Dice) {
        let state = self.state();
        let mut names = BTreeMap::new();
        let mut folders = BTreeSet::from([from.to_owned()]);
        let mut waiting: Vec<&Step> = Vec::new();
        let mut files: BTreeMap<usize, (Vec<u8>, Vec<&Step>)> = BTreeMap::new();
        for step in &state.steps[..moment] {
            match step {
                Step::Write(file, ..) | Step::Cut(file, _) => files.entry(*file).or_default().1.push(step),
                Step::Sync(file) => {
                    let (bytes, open) = files.entry(*file).or_default();
                    open.drain(..).for_each(|step| apply(bytes, step));
                }
                Step::SyncFolder(folder) => {
                    let (here, rest): (Vec<&Step>, _) =
                        waiting.into_iter().partition(|step| place(step) == Some(folder.as_path()));
                    waiting = rest;
                    here.iter().for_each(|step| name(&mut names, &mut folders, step));
                }
                _ => waiting.push(step),
            }
        }
        // All, none, or some of the names; the rest of the dice decides which.
        let chance = dice.below(3);
        for step in waiting {
            if chance == 0 || (chance == 1 && dice.below(2) == 0) {
                name(&mut names, &mut folders, step);
            }
        }
        for (bytes, open) in files.values_mut() {
            while !open.is_empty() {
                let step = open.remove(dice.below(open.len()));
                match (dice.below(4), step) {
                    (0, _) => {}
                    (1, Step::Write(file, at, new)) => {
                        let torn = new[..dice.below(new.len())].to_vec();
                        apply(bytes, &Step::Write(*file, *at, torn));
                    }
                    (2, Step::Write(file, at, new)) => {
                        let mut torn = new[..dice.below(new.len())].to_vec();
                        torn.resize(new.len(), 0);
                        apply(bytes, &Step::Write(*file, *at, torn));
                    }
                    _ => apply(bytes, step),
                }
            }
        }
        let goal = |path: &Path| to.join(path.strip_prefix(from).expect("under the root"));
        let stands =
            |path: &Path| path.ancestors().take_while(|it| *it != from).all(|it| folders.contains(it));
        for folder in folders.iter().filter(|folder| stands(folder)) {
            std::fs::create_dir_all(goal(folder)).expect("a folder");
        }
        let empty = (Vec::new(), Vec::new());
        for (path, file) in names.iter().filter(|(path, _)| path.parent().is_some_and(stands)) {
            std::fs::write(goal(path), &files.get(file).unwrap_or(&empty).0).expect("a file");
        }
    }
}

/// The folder whose names a step changes.
fn place(step: &Step) -> Option<&Path> {
    match step {
        Step::Folder(path) | Step::Link(path, _) | Step::Rename(_, path, _) | Step::Unlink(path) => {
            path.parent()
        }
        _ => None,
    }
}

fn name(names: &mut BTreeMap<PathBuf, usize>, folders: &mut BTreeSet<PathBuf>, step: &Step) {
    match step {
        Step::Folder(path) => drop(folders.insert(path.clone())),
        Step::Link(path, file) => drop(names.insert(path.clone(), *file)),
        Step::Unlink(path) => drop(names.remove(path)),
        Step::Rename(from, to, file) => {
            names.remove(from);
            names.insert(to.clone(), *file);
        }
        _ => {}
    }
}

fn apply(bytes: &mut Vec<u8>, step: &Step) {
    match step {
        Step::Write(_, at, new) => {
            let (at, end) = (*at as usize, *at as usize + new.len());
            bytes.resize(bytes.len().max(end), 0);
            bytes[at..end].copy_from_slice(new);
        }
        Step::Cut(_, length) => bytes.resize(*length as usize, 0),
        _ => {}
    }
}

impl Store for FaultyStore {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        let mut new: Vec<&Path> = path.ancestors().take_while(|it| !it.exists()).collect();
        FolderStore.make_folder(path)?;
        new.reverse();
        new.into_iter().for_each(|it| self.note(Step::Folder(it.to_owned())));
        Ok(())
    }

    fn output(&self, path: &Path, empty: bool) -> io::Result<Box<dyn Output>> {
        self.step()?;
        let output = FolderStore.output(path, empty)?;
        let known = self.state().names.get(path).copied();
        let file = known.unwrap_or_else(|| {
            let mut state = self.state();
            state.files += 1;
            let file = state.files;
            state.names.insert(path.to_owned(), file);
            state.steps.push(Step::Link(path.to_owned(), file));
            file
        });
        if empty && known.is_some() {
            self.note(Step::Cut(file, 0));
        }
        Ok(Box::new(FaultyOutput { store: self.clone(), output, file }))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        self.note(Step::SyncFolder(folder.to_owned()));
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        FolderStore.rename(from, to)?;
        let mut state = self.state();
        let file = state.names.remove(from).expect("it was made here");
        state.names.insert(to.to_owned(), file);
        state.steps.push(Step::Rename(from.to_owned(), to.to_owned(), file));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        FolderStore.remove(path)?;
        self.state().names.remove(path);
        self.note(Step::Unlink(path.to_owned()));
        Ok(())
    }
}

struct FaultyOutput {
    store: FaultyStore,
    output: Box<dyn Output>,
    file: usize,
}

impl Write for FaultyOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let done = self.store.step();
        // What fails has come half way.
        let bytes = if done.is_ok() { bytes } else { &bytes[..bytes.len() / 2] };
        let at = self.output.stream_position()?;
        self.output.write_all(bytes)?;
        self.store.note(Step::Write(self.file, at, bytes.to_vec()));
        done.map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for FaultyOutput {
    fn seek(&mut self, place: SeekFrom) -> io::Result<u64> {
        self.output.seek(place)
    }
}

impl Output for FaultyOutput {
    fn sync(&mut self) -> io::Result<()> {
        self.store.step()?;
        self.store.note(Step::Sync(self.file));
        Ok(())
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.store.step()?;
        self.output.cut(length)?;
        self.store.note(Step::Cut(self.file, length));
        Ok(())
    }
}
