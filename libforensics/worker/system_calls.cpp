#include "worker/system_calls.hpp"

#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <initializer_list>

namespace forensics::worker {
namespace {

class Filter {
 public:
  explicit Filter(std::uint32_t otherwise) : context_(::seccomp_init(otherwise)) {
    // A thread that a third-party constructor left behind is confined too.
    ok_ = context_ != nullptr && ::seccomp_attr_set(context_, SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
          ::seccomp_attr_set(context_, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0;
  }
  ~Filter() {
    if (context_ != nullptr) ::seccomp_release(context_);
  }
  Filter(const Filter&) = delete;
  Filter& operator=(const Filter&) = delete;

  void on(std::uint32_t action, std::initializer_list<int> calls) {
    for (const int call : calls) add(action, call, {});
  }
  void on(std::uint32_t action, int call, std::initializer_list<scmp_arg_cmp> conditions) {
    add(action, call, conditions);
  }
  bool load() { return ok_ && ::seccomp_load(context_) == 0; }

 private:
  void add(std::uint32_t action, int call, std::initializer_list<scmp_arg_cmp> conditions) {
    // A call that this architecture does not have (libseccomp's negative numbers) needs no rule.
    if (!ok_ || call < 0) return;
    ok_ = ::seccomp_rule_add_array(context_, action, call, static_cast<unsigned>(conditions.size()),
                                   conditions.begin()) == 0;
  }

  scmp_filter_ctx context_;
  bool ok_ = false;
};

#ifdef FORENSICS_SANITIZED
// What the sanitizers' own threads, stack traces and shadow memory take. They come on top, so a
// sanitized worker is measured as what it is: filtered, a little less tightly.
void allow_sanitizers(Filter& filter) {
  filter.on(SCMP_ACT_ALLOW,
            {SCMP_SYS(sigaltstack), SCMP_SYS(clock_gettime), SCMP_SYS(nanosleep),
             SCMP_SYS(clock_nanosleep), SCMP_SYS(rt_sigaction), SCMP_SYS(mincore),
             SCMP_SYS(sched_getaffinity), SCMP_SYS(getrusage), SCMP_SYS(set_robust_list),
             SCMP_SYS(rseq), SCMP_SYS(prctl), SCMP_SYS(getrandom)});
}
#endif

}  // namespace

bool forbid_while_loading() {
  Filter filter(SCMP_ACT_ALLOW);
  filter.on(SCMP_ACT_KILL_PROCESS, {SCMP_SYS(socket),
                                    SCMP_SYS(connect),
                                    SCMP_SYS(bind),
                                    SCMP_SYS(execve),
                                    SCMP_SYS(execveat),
                                    SCMP_SYS(fork),
                                    SCMP_SYS(vfork),
                                    SCMP_SYS(clone),
                                    SCMP_SYS(clone3),
                                    SCMP_SYS(ptrace),
                                    SCMP_SYS(process_vm_writev),
                                    SCMP_SYS(process_vm_readv),
                                    SCMP_SYS(io_uring_setup),
                                    SCMP_SYS(bpf),
                                    SCMP_SYS(keyctl),
                                    SCMP_SYS(add_key),
                                    SCMP_SYS(request_key),
                                    SCMP_SYS(perf_event_open),
                                    SCMP_SYS(mount),
                                    SCMP_SYS(kill),
                                    SCMP_SYS(tkill),
                                    SCMP_SYS(userfaultfd),
                                    SCMP_SYS(openat2),
                                    SCMP_SYS(open_by_handle_at)});
  filter.on(SCMP_ACT_ERRNO(EACCES),
            {SCMP_SYS(creat),     SCMP_SYS(truncate), SCMP_SYS(unlink),    SCMP_SYS(unlinkat),
             SCMP_SYS(rename),    SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(mkdir),
             SCMP_SYS(mkdirat),   SCMP_SYS(link),     SCMP_SYS(linkat),    SCMP_SYS(symlink),
             SCMP_SYS(symlinkat), SCMP_SYS(chmod),    SCMP_SYS(fchmodat),  SCMP_SYS(chown),
             SCMP_SYS(fchownat),  SCMP_SYS(mknod),    SCMP_SYS(mknodat),   SCMP_SYS(setxattr)});
  for (const scmp_datum_t mode : {O_WRONLY, O_RDWR}) {
    filter.on(SCMP_ACT_ERRNO(EACCES), SCMP_SYS(open),
              {SCMP_A1(SCMP_CMP_MASKED_EQ, O_ACCMODE, mode)});
    filter.on(SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat),
              {SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE, mode)});
  }
  return filter.load();
}

bool allow_only_reading() {
  Filter filter(SCMP_ACT_KILL_PROCESS);
  filter.on(
      SCMP_ACT_ALLOW,
      {SCMP_SYS(read),         SCMP_SYS(pread64), SCMP_SYS(readv),       SCMP_SYS(lseek),
       SCMP_SYS(write),        SCMP_SYS(writev),  SCMP_SYS(recvmsg),     SCMP_SYS(close),
       SCMP_SYS(fstat),        SCMP_SYS(brk),     SCMP_SYS(munmap),      SCMP_SYS(mremap),
       SCMP_SYS(madvise),      SCMP_SYS(futex),   SCMP_SYS(sched_yield), SCMP_SYS(rt_sigprocmask),
       SCMP_SYS(rt_sigreturn), SCMP_SYS(getpid),  SCMP_SYS(gettid),      SCMP_SYS(exit),
       SCMP_SYS(exit_group)});
  // Memory, but never such that data could become code.
  const scmp_arg_cmp is_no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
  filter.on(SCMP_ACT_ALLOW, SCMP_SYS(mmap), {is_no_code});
  filter.on(SCMP_ACT_ALLOW, SCMP_SYS(mprotect), {is_no_code});
  // abort() and nothing else: a signal to itself.
  filter.on(
      SCMP_ACT_ALLOW, SCMP_SYS(tgkill),
      {SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid())), SCMP_A2(SCMP_CMP_EQ, SIGABRT)});
  filter.on(SCMP_ACT_ERRNO(EACCES),
            {SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(stat), SCMP_SYS(lstat),
             SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(access), SCMP_SYS(faccessat),
             SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd)});
  filter.on(SCMP_ACT_ERRNO(EPERM),
            {SCMP_SYS(ioctl), SCMP_SYS(fcntl), SCMP_SYS(sysinfo), SCMP_SYS(uname),
             SCMP_SYS(prlimit64), SCMP_SYS(getrlimit), SCMP_SYS(getuid), SCMP_SYS(geteuid)});
#ifdef FORENSICS_SANITIZED
  allow_sanitizers(filter);
#else
  // Neither chance nor the time of day may reach a result.
  filter.on(SCMP_ACT_ERRNO(EPERM),
            {SCMP_SYS(getrandom), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time),
             SCMP_SYS(sched_getaffinity), SCMP_SYS(rt_sigaction)});
#endif
  return filter.load();
}

}  // namespace forensics::worker
