#include "evidence/decoder.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <optional>
#include <utility>

namespace forensics::evidence {
namespace {

constexpr std::size_t kBlock = std::size_t{64} << 10;
constexpr std::size_t kTarBlock = 512;

bool is_tar(Format format) {
  return format == Format::tar || format == Format::compressed_tar;
}

// libarchive turns names into the character set of the thread's locale. Under "C" it hands over the
// bytes of a tar as they are; UTF-16 of a 7z needs a locale that can hold it.
locale_t locale_for(Format format) {
  static const locale_t plain = ::newlocale(LC_CTYPE_MASK, "C", nullptr);
  static const locale_t utf8 = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  const locale_t chosen = format == Format::seven_zip ? utf8 : plain;
  return chosen != nullptr ? chosen : plain;
}

class LocaleScope {
 public:
  explicit LocaleScope(Format format) : before_(::uselocale(locale_for(format))) {}
  ~LocaleScope() { ::uselocale(before_); }
  LocaleScope(const LocaleScope&) = delete;
  LocaleScope& operator=(const LocaleScope&) = delete;

 private:
  locale_t before_;
};

void choose_filters(archive* handle) {
  archive_read_support_filter_gzip(handle);
  archive_read_support_filter_bzip2(handle);
  archive_read_support_filter_xz(handle);
  archive_read_support_filter_zstd(handle);
}

void choose_formats(archive* handle, Format format) {
  switch (format) {
    case Format::zip_member: archive_read_support_format_zip_streamable(handle); return;
    case Format::seven_zip: archive_read_support_format_7zip(handle); return;
    case Format::tar: archive_read_support_format_tar(handle); return;
    case Format::compressed_tar:
      choose_filters(handle);
      archive_read_support_format_tar(handle);
      return;
    case Format::compressed_file:
      choose_filters(handle);
      archive_read_support_format_raw(handle);
      return;
  }
}

}  // namespace

void load_locales() {
  locale_for(Format::tar);
  locale_for(Format::seven_zip);
  // A tar of the pax form makes libarchive ask for this conversion.
  const iconv_t tables = ::iconv_open("ANSI_X3.4-1968", "UTF-8");
  if (tables != reinterpret_cast<iconv_t>(-1)) ::iconv_close(tables);  // NOLINT: as POSIX has it
}

// The bytes that libarchive reads, and its three callbacks.
struct Decoder::Feed {
  Source& source;
  std::string prefix;
  std::uint64_t begin;
  std::uint64_t length;  // of prefix and range together
  std::uint64_t at = 0;
  bool ran_dry = false;  // libarchive asked for bytes behind the end
  bool opened = false;   // libarchive knows the format
  Format format = Format::tar;

  static la_ssize_t read(archive* handle, void* client, const void** block) {
    auto& feed = *static_cast<Feed*>(client);
    if (feed.at >= feed.length) {
      feed.ran_dry = true;
      return 0;
    }
    if (feed.at < feed.prefix.size()) {
      const auto from = static_cast<std::size_t>(feed.at);
      *block = feed.prefix.data() + from;
      feed.at = feed.prefix.size();
      return static_cast<la_ssize_t>(feed.prefix.size() - from);
    }
    const std::uint64_t left = feed.length - feed.at;
    auto bytes = feed.source.at(feed.begin + (feed.at - feed.prefix.size()),
                                static_cast<std::size_t>(std::min<std::uint64_t>(left, kBlock)));
    if (!bytes) {
      archive_set_error(handle, EIO, "%s", bytes.error().text().c_str());
      return -1;
    }
    if (bytes->empty()) feed.ran_dry = true;
    *block = bytes->data();
    feed.at += bytes->size();
    return static_cast<la_ssize_t>(bytes->size());
  }

  static la_int64_t skip(archive*, void* client, la_int64_t wanted) {
    auto& feed = *static_cast<Feed*>(client);
    if (wanted <= 0) return 0;
    const std::uint64_t step =
        std::min<std::uint64_t>(static_cast<std::uint64_t>(wanted), feed.length - feed.at);
    feed.at += step;
    return static_cast<la_int64_t>(step);
  }

  static la_int64_t seek(archive*, void* client, la_int64_t offset, int whence) {
    auto& feed = *static_cast<Feed*>(client);
    const auto base = static_cast<la_int64_t>(whence == SEEK_SET   ? 0
                                              : whence == SEEK_CUR ? feed.at
                                                                   : feed.length);
    la_int64_t target = 0;
    if (__builtin_add_overflow(base, offset, &target)) return ARCHIVE_FATAL;
    target = std::clamp<la_int64_t>(target, 0, static_cast<la_int64_t>(feed.length));
    feed.at = static_cast<std::uint64_t>(target);
    return target;
  }
};

void Decoder::Free::operator()(archive* handle) const {
  archive_read_free(handle);
}

Decoder::Decoder(Source& source, std::uint64_t begin, std::uint64_t end, std::string prefix)
    : feed_(new Feed{source, std::move(prefix), begin, 0}) {
  feed_->length = feed_->prefix.size() + (end - begin);
}

Decoder::~Decoder() = default;

Status Decoder::open(Format format) {
  feed_->format = format;
  const LocaleScope locale(format);
  archive_.reset(archive_read_new());
  if (!archive_) return fail(ErrorCode::limit, "the archive", "no memory to open it");
  choose_formats(archive_.get(), format);
  archive_read_set_read_callback(archive_.get(), &Feed::read);
  archive_read_set_skip_callback(archive_.get(), &Feed::skip);
  archive_read_set_seek_callback(archive_.get(), &Feed::seek);
  archive_read_set_callback_data(archive_.get(), feed_.get());
  // Tars that follow each other in one file are read to the last.
  if (is_tar(format))
    archive_read_set_format_option(archive_.get(), "tar", "read_concatenated_archives", "1");
  if (archive_read_open1(archive_.get()) < ARCHIVE_WARN) return tl::unexpected(error());
  feed_->opened = true;
  return {};
}

Result<archive_entry*> Decoder::next() {
  const LocaleScope locale(feed_->format);
  for (;;) {
    const int result = archive_read_next_header(archive_.get(), &entry_);
    if (result == ARCHIVE_EOF) return nullptr;
    if (result == ARCHIVE_RETRY && is_tar(feed_->format)) {
      if (passed_over_ == 0)
        passed_over_at_ = static_cast<std::uint64_t>(
            std::max<la_int64_t>(archive_read_header_position(archive_.get()), 0));
      passed_over_ += kTarBlock;
      continue;
    }
    // A warning is about a name that has no form in this locale, or the like; the bytes are there.
    if (result < ARCHIVE_WARN) return tl::unexpected(error());
    return entry_;
  }
}

Result<bool> Decoder::deliver_content(Delivery& delivery) {
  const bool may_end_in_hole = is_tar(feed_->format) && archive_entry_size_is_set(entry_) != 0 &&
                               archive_entry_size(entry_) > 0;
  std::optional<Error> doubt;  // the content came whole and does not fit its checksum or size
  for (;;) {
    const void* block = nullptr;
    std::size_t length = 0;
    la_int64_t offset = 0;
    const int result = archive_read_data_block(archive_.get(), &block, &length, &offset);
    if (result == ARCHIVE_EOF) {
      if (may_end_in_hole) {
        const auto size = static_cast<std::uint64_t>(archive_entry_size(entry_));
        TRY(delivery.zeros(size - std::min(size, delivery.member_bytes())));
      }
      TRY(doubt ? delivery.end(ErrorCode::corrupt, std::move(doubt->message)) : delivery.end());
      return true;
    }
    if (result == ARCHIVE_WARN && !doubt) doubt = error();
    if (result < ARCHIVE_WARN) {
      Error failure = error();
      TRY(delivery.end(failure.code, std::move(failure.message)));
      return result != ARCHIVE_FATAL;
    }
    const std::uint64_t have = delivery.member_bytes();
    if (offset < 0 || static_cast<std::uint64_t>(offset) < have) {
      TRY(delivery.end(ErrorCode::corrupt, "its parts overlap"));
      return true;
    }
    TRY(delivery.zeros(static_cast<std::uint64_t>(offset) - have));
    TRY(delivery.data(ByteView(static_cast<const char*>(block), length)));
    if (delivery.member_is_over()) {
      TRY(delivery.end());
      return true;
    }
  }
}

Result<std::string> Decoder::content(std::size_t limit) {
  std::string out(limit, '\0');
  const la_ssize_t length = archive_read_data(archive_.get(), out.data(), out.size());
  if (length < 0) return tl::unexpected(error());
  out.resize(static_cast<std::size_t>(length));
  return out;
}

bool Decoder::is_compressed() const {
  return archive_filter_count(archive_.get()) > 1;
}

std::uint64_t Decoder::consumed() const {
  return static_cast<std::uint64_t>(
      std::max<la_int64_t>(archive_filter_bytes(archive_.get(), -1), 0));
}

Error Decoder::error() const {
  const char* text = archive_error_string(archive_.get());
  std::string message = text != nullptr ? text : "cannot be decoded";
  while (message.ends_with('\n')) message.pop_back();
  ErrorCode code = feed_->ran_dry ? ErrorCode::truncated : ErrorCode::corrupt;
  if (archive_errno(archive_.get()) == ENOMEM) code = ErrorCode::limit;
  if (archive_errno(archive_.get()) == EIO) code = ErrorCode::unreadable;
  // Before a format is chosen this question reads behind libarchive's table of formats.
  if (feed_->opened && archive_read_has_encrypted_entries(archive_.get()) > 0)
    code = ErrorCode::encrypted;
  return {code, "byte " + std::to_string(feed_->at), std::move(message)};
}

}  // namespace forensics::evidence
