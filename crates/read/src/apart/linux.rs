//! Landlock (which files) and seccomp (which system calls) on Linux.

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, PathBeneath, PathFd, Ruleset, RulesetAttr,
    RulesetCreatedAttr, RulesetStatus, Scope,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    TargetArch,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The newest rules that are asked for; what the kernel does not know is left out.
const NEWEST: ABI = ABI::V6;

/// Shuts files and system calls of this thread and those it will start.
pub(super) fn inner() -> (bool, bool) {
    let landlock = shut_files(&[]);
    // Order matters: the first filter lets the second be set.
    let seccomp = apply(old_way_to_start_threads()) && apply(only(INNER));
    (landlock, seccomp)
}

/// Shuts files but those that the program needs, and the network.
pub(super) fn tool(program: &Path) {
    let read = AccessFs::from_read(NEWEST) & !AccessFs::Execute;
    let execute = AccessFs::Execute | AccessFs::ReadFile;
    let mut rules: Vec<(PathBuf, landlock::BitFlags<AccessFs>)> = Vec::new();
    let folder = program.parent().and_then(Path::parent).map(Path::to_owned);
    let data = std::env::var_os("TESSDATA_PREFIX").map(PathBuf::from);
    let system = [
        "/usr",
        "/lib",
        "/lib32",
        "/lib64",
        "/etc/ld.so.cache",
        "/etc/fonts",
        "/sys/devices/system/cpu",
        "/proc/cpuinfo",
    ];
    // A program in the root itself would open everything.
    rules.extend(folder.filter(|f| f.parent().is_some()).into_iter().chain(data).map(|path| (path, read)));
    rules.extend(system.map(|path| (PathBuf::from(path), read)));
    rules.push((program.to_owned(), execute));
    rules.extend(loaders().into_iter().map(|path| (path, execute)));
    for device in ["/dev/null", "/dev/urandom"] {
        rules.push((PathBuf::from(device), AccessFs::ReadFile | AccessFs::WriteFile));
    }
    if let Ok(own) = std::env::current_dir() {
        rules.push((own, AccessFs::from_all(NEWEST) & !AccessFs::Execute));
    }
    shut_files(&rules);
    apply(all_but(TOOL_NEVER));
}

/// What loads a program's libraries; the kernel starts it in the program's stead.
fn loaders() -> Vec<PathBuf> {
    let folders = ["/lib64", "/lib", "/usr/lib64", "/usr/lib"];
    let entries = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten();
    let is_loader =
        |name: &str| name.starts_with("ld-linux") || name.starts_with("ld-musl") || name == "ld64.so.1";
    entries.filter(|e| is_loader(&e.file_name().to_string_lossy())).map(|e| e.path()).take(16).collect()
}

/// Whether the kernel now shuts all files but these.
fn shut_files(rules: &[(PathBuf, landlock::BitFlags<AccessFs>)]) -> bool {
    let restrict = || -> Result<RulesetStatus, landlock::RulesetError> {
        let mut ruleset = Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(NEWEST))?
            .handle_access(AccessNet::from_all(NEWEST))?
            .scope(Scope::from_all(NEWEST))?
            .create()?;
        for (path, access) in rules {
            // What is not there cannot be opened anyway. A file has fewer rights than a folder.
            let Ok(fd) = PathFd::new(path) else { continue };
            let access = if path.is_dir() { *access } else { *access & AccessFs::from_file(NEWEST) };
            ruleset = ruleset.add_rule(PathBeneath::new(fd, access))?;
        }
        Ok(ruleset.restrict_self()?.ruleset)
    };
    matches!(restrict(), Ok(RulesetStatus::FullyEnforced | RulesetStatus::PartiallyEnforced))
}

fn apply(filter: Option<BpfProgram>) -> bool {
    filter.is_some_and(|program| seccompiler::apply_filter(&program).is_ok())
}

/// What reading needs: memory, threads, the pipes that are open, time, ending.
const INNER: &[libc::c_long] = &[
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_fstat,
    libc::SYS_lseek,
    libc::SYS_ppoll,
    libc::SYS_mmap,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_mprotect,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_futex,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_gettid,
    libc::SYS_getpid,
    libc::SYS_tgkill,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_getrandom,
    libc::SYS_restart_syscall,
    libc::SYS_exit,
    libc::SYS_exit_group,
    // Refused by the other filter with the answer on which threads are started the old way.
    libc::SYS_clone3,
];

/// What a program that draws letters or reads them never needs.
const TOOL_NEVER: &[libc::c_long] = &[
    libc::SYS_socket,
    libc::SYS_socketpair,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_sendto,
    libc::SYS_sendmsg,
    libc::SYS_sendmmsg,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_pidfd_getfd,
    libc::SYS_kill,
    libc::SYS_tkill,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_io_uring_setup,
    libc::SYS_keyctl,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_kexec_load,
    libc::SYS_reboot,
    libc::SYS_swapon,
    libc::SYS_swapoff,
];

fn refused() -> SeccompAction {
    SeccompAction::Errno(libc::EPERM as u32)
}

/// Only these calls, and threads of this process.
fn only(calls: &[libc::c_long]) -> Option<BpfProgram> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = calls.iter().map(|call| (*call, Vec::new())).collect();
    // A thread shares everything with this process; what does not is another process.
    let shared = (libc::CLONE_THREAD | libc::CLONE_VM) as u64;
    let thread =
        SeccompCondition::new(0, SeccompCmpArgLen::Qword, SeccompCmpOp::MaskedEq(shared), shared).ok()?;
    rules.insert(libc::SYS_clone, vec![SeccompRule::new(vec![thread]).ok()?]);
    program(rules, refused(), SeccompAction::Allow)
}

/// All calls but these.
fn all_but(calls: &[libc::c_long]) -> Option<BpfProgram> {
    let rules = calls.iter().map(|call| (*call, Vec::new())).collect();
    program(rules, SeccompAction::Allow, refused())
}

/// `clone3` keeps its flags in memory, where no filter sees them; answered so, libraries use `clone`.
fn old_way_to_start_threads() -> Option<BpfProgram> {
    let rules = BTreeMap::from([(libc::SYS_clone3, Vec::new())]);
    program(rules, SeccompAction::Allow, SeccompAction::Errno(libc::ENOSYS as u32))
}

fn program(
    rules: BTreeMap<i64, Vec<SeccompRule>>,
    otherwise: SeccompAction,
    then: SeccompAction,
) -> Option<BpfProgram> {
    let target = TargetArch::try_from(std::env::consts::ARCH).ok()?;
    SeccompFilter::new(rules, otherwise, then, target).ok()?.try_into().ok()
}
