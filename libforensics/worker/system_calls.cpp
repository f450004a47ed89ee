#include "worker/system_calls.hpp"

#include <fcntl.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <initializer_list>

namespace forensics::worker {
namespace {

// What the macros of seccomp.h make with C's compound literals.
constexpr scmp_arg_cmp argument(unsigned index, scmp_compare how, scmp_datum_t first,
                                scmp_datum_t second = 0) {
  return {index, how, first, second};
}

class Filter {
 public:
  explicit Filter(std::uint32_t otherwise) : context_(::seccomp_init(otherwise)) {
    // A thread that a third-party constructor left behind is confined too.
    ok_ = context_ != nullptr && ::seccomp_attr_set(context_, SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
          // PR_SET_NO_NEW_PRIVS is set already, and prctl is out of reach for the second filter.
          ::seccomp_attr_set(context_, SCMP_FLTATR_CTL_NNP, 0) == 0 &&
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
// What the sanitizers' own threads, stack traces and shadow memory take, and the pipes through
// which they try whether an address can be read (the check of a virtual call). They come on top, so
// a sanitized worker is measured as what it is: filtered, a little less tightly.
void allow_sanitizers(Filter& filter) {
  filter.on(SCMP_ACT_ALLOW, {SCMP_SYS(sigaltstack), SCMP_SYS(clock_gettime), SCMP_SYS(nanosleep),
                             SCMP_SYS(clock_nanosleep), SCMP_SYS(rt_sigaction), SCMP_SYS(mincore),
                             SCMP_SYS(sched_getaffinity), SCMP_SYS(getrusage),
                             SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(prctl),
                             SCMP_SYS(getrandom), SCMP_SYS(pipe), SCMP_SYS(pipe2)});
}
#endif

// Computing on open descriptors, and what libraries do in passing and can do without. Common to
// both filters: the second is put upon the first, and the stricter answer of the two counts.
void add_common_rules(Filter& filter) {
  filter.on(
      SCMP_ACT_ALLOW,
      {SCMP_SYS(read),         SCMP_SYS(pread64), SCMP_SYS(readv),       SCMP_SYS(lseek),
       SCMP_SYS(write),        SCMP_SYS(writev),  SCMP_SYS(recvmsg),     SCMP_SYS(close),
       SCMP_SYS(fstat),        SCMP_SYS(brk),     SCMP_SYS(munmap),      SCMP_SYS(mremap),
       SCMP_SYS(madvise),      SCMP_SYS(futex),   SCMP_SYS(sched_yield), SCMP_SYS(rt_sigprocmask),
       SCMP_SYS(rt_sigreturn), SCMP_SYS(getpid),  SCMP_SYS(gettid),      SCMP_SYS(exit),
       SCMP_SYS(exit_group)});
  // abort() and nothing else: a signal to itself.
  filter.on(SCMP_ACT_ALLOW, SCMP_SYS(tgkill),
            {argument(0, SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid())),
             argument(2, SCMP_CMP_EQ, SIGABRT)});
  filter.on(SCMP_ACT_ERRNO(EACCES), {SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(statx),
                                     SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
                                     SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd)});
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
}

}  // namespace

bool allow_only_loading() {
  Filter filter(SCMP_ACT_KILL_PROCESS);
  add_common_rules(filter);
  // Code comes out of files and stays as it is there: what a plugin writes while it is being loaded
  // is data for ever.
  filter.on(SCMP_ACT_ALLOW, SCMP_SYS(mmap), {argument(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)});
  filter.on(SCMP_ACT_ALLOW, SCMP_SYS(mmap),
            {argument(2, SCMP_CMP_MASKED_EQ, PROT_EXEC | PROT_WRITE, PROT_EXEC),
             argument(3, SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, 0)});
  filter.on(SCMP_ACT_ALLOW, SCMP_SYS(mprotect), {argument(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)});
  // Opening to read and nothing else. O_PATH, because Landlock has no say in it.
  constexpr scmp_datum_t kMore = O_ACCMODE | O_CREAT | O_TRUNC | O_PATH;
  filter.on(SCMP_ACT_ALLOW, SCMP_SYS(open), {argument(1, SCMP_CMP_MASKED_EQ, kMore, 0)});
  filter.on(SCMP_ACT_ALLOW, SCMP_SYS(openat), {argument(2, SCMP_CMP_MASKED_EQ, kMore, 0)});
  // The C library's fstat(), and the loader's look at folders.
  filter.on(SCMP_ACT_ALLOW, SCMP_SYS(newfstatat),
            {argument(3, SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH)});
  filter.on(SCMP_ACT_ERRNO(EACCES), SCMP_SYS(newfstatat),
            {argument(3, SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, 0)});
  // For the confinement that follows. It can only become tighter, whoever asks for it.
  filter.on(SCMP_ACT_ALLOW, {SCMP_SYS(landlock_create_ruleset), SCMP_SYS(landlock_restrict_self)});
  filter.on(SCMP_ACT_ALLOW, SCMP_SYS(seccomp),
            {argument(1, SCMP_CMP_MASKED_EQ, SECCOMP_FILTER_FLAG_NEW_LISTENER, 0)});
  return filter.load();
}

bool allow_only_reading() {
  Filter filter(SCMP_ACT_KILL_PROCESS);
  add_common_rules(filter);
  // Memory, but never such that data could become code.
  const scmp_arg_cmp is_no_code = argument(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
  filter.on(SCMP_ACT_ALLOW, SCMP_SYS(mmap), {is_no_code});
  filter.on(SCMP_ACT_ALLOW, SCMP_SYS(mprotect), {is_no_code});
  filter.on(SCMP_ACT_ERRNO(EACCES), {SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(newfstatat)});
  return filter.load();
}

}  // namespace forensics::worker
