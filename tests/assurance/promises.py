"""The promises of docs/ASSURANCE.md: the test that guards each, and a breakage that it must notice.

A breakage puts `broken` in place of `sound`, which stands exactly once in `file`.
"""
from typing import NamedTuple


class Promise(NamedTuple):
    id: str
    test: str  # as ctest names it
    targets: tuple  # what has to be built anew
    file: str
    sound: str
    broken: str


CLI = ("forensics_cli", "forensics-worker")

PROMISES = [
    # Nothing is lost.
    Promise("P01", "casefile.ObjectStoreTest.NamesBytesByTheirDigestOnlyOncePublished",
            ("casefile_test",), "libforensics/casefile/object_store.cpp",
            "TRY(files_->write(file_, bytes, path_));",
            "TRY(files_->write(file_, bytes.substr(1), path_));"),
    Promise("P02", "plugin.HostTest.ParsesAndAccountsForEveryByte", ("plugin_tests",),
            "libforensics/plugin/parse_run.cpp",
            "coverage_.cover(record_.extent);", ""),
    Promise("P03", "casefile.ObjectStoreTest.SaysWhichBytesAreGone", ("casefile_test",),
            "libforensics/casefile/object_store.cpp",
            "!S_ISREG(facts.st_mode))", "!S_ISREG(facts.st_mode) && false)"),
    # Nothing is invented.
    Promise("P04", "plugin.RogueTest.LiesAboutASpan", ("plugin_tests",),
            "libforensics/plugin/span_check.cpp",
            "if (stands_for(field.span.codec, *source, field.text)) return std::nullopt;",
            "return std::nullopt;"),
    Promise("P05", "plugin.RecordCheckTest.WordsOfPeopleStandOnBytes", ("plugin_tests",),
            "libforensics/plugin/span_check.cpp",
            "if (field.span.length == 0 && must_stand_on_bytes(field.key)",
            "if (false && must_stand_on_bytes(field.key)"),
    Promise("P06", "plugin.RecordCheckTest.KnowsTheVocabulary", ("plugin_tests",),
            "libforensics/plugin/span_check.cpp",
            "if (!model::allows(record.kind, field.key))", "if (false)"),
    Promise("P22", "whatsapp.Dates.KeepsBothReadingsWhileNothingDecides", ("whatsapp_tests",),
            "plugins/whatsapp/dates.cpp",
            "if (left > 1) decision.other = all[1].reading;", ""),
    # Evidence and plugins are hostile.
    Promise("P07", "plugin.HostTest.SelfTestShowsEveryDenial", ("plugin_tests", "forensics-worker"),
            "libforensics/worker/system_calls.cpp",
            "  filter.on(SCMP_ACT_ALLOW, SCMP_SYS(mmap), {is_no_code});",
            "  filter.on(SCMP_ACT_ALLOW, {SCMP_SYS(mmap), SCMP_SYS(socket)});"),
    Promise("P08", "plugin.HostTest.RefusesBelowTheRequiredLevel", ("plugin_tests",),
            "libforensics/plugin/host.cpp",
            "if (achieved.level >= required) return {};",
            "if (achieved.level >= Level::process) return {};"),
    Promise("P09", "plugin.RogueTest.FloodsBytes", ("plugin_tests",),
            "libforensics/plugin/parse_run.cpp",
            "if (message.payload.size() > output_left_)", "if (false)"),
    Promise("P10", "plugin.HostTest.HandsOverNothingThatCanBeWritten", ("plugin_tests",),
            "libforensics/plugin/host.cpp",
            "(flags & O_ACCMODE) != O_RDONLY || ", ""),
    Promise("P11", "cli.Terminal.EvidenceCannotSteerTheTerminal", ("test_cli",),
            "cli/terminal.cpp",
            "U_CONTROL_CHAR || steers_direction(c)", "U_CONTROL_CHAR"),
    Promise("P31", "hostile.names", CLI, "libforensics/ingest/ingest.cpp",
            " || holds(own, source)", ""),
    Promise("P32", "hostile.archives", CLI, "libforensics/ingest/allowance.cpp",
            "constexpr std::uint64_t kRatioFrom = std::uint64_t{64} << 20;",
            "constexpr std::uint64_t kRatioFrom = std::uint64_t{256} << 20;"),
    Promise("P33", "hostile.While/ChangingFile.IsStoredAsReadAndSaid/IsRewritten",
            ("hostile_tests",), "libforensics/ingest/intake.cpp",
            "facts.st_ctim.tv_sec,\n          facts.st_ctim.tv_nsec};", "0, 0};"),
    Promise("P34", "hostile.Flips.Zip", ("hostile_tests",), "libforensics/evidence/decoder.cpp",
            "if (result == ARCHIVE_WARN && !doubt) doubt = error();", ""),
    Promise("P35", "hostile.plugins", CLI, "libforensics/ingest/derivation.cpp",
            'body["trouble"].push_back(legible(each));', "static_cast<void>(each);"),
    Promise("P36", "hostile.isolation", CLI, "libforensics/ingest/unpack.cpp",
            "if (!outcome.isolation.explanation.empty()) derivation.isolation = outcome.isolation;",
            ""),
    # Killed at any moment.
    Promise("P13", "ingest.SessionTest.DatabaseThatIsLostIsMadeAnew", ("ingest_test",),
            "libforensics/ingest/session.cpp",
            "      TRY(apply(database_, entry->seq, entry->type, entry->body));\n", ""),
    Promise("P14", "ledger.Recovery.AFailedCommitIsFinal", ("ledger_tests",),
            "libforensics/ledger/writer.cpp",
            "  if (!done) {\n    failure_ = done.error();\n    return done;",
            "  if (!done) {\n    return done;"),
    Promise("P15", "ledger.Recovery.TornTailIsMovedAsideAndRecorded", ("ledger_tests",),
            "libforensics/ledger/writer.cpp", "tail_moved", "tail_lost"),
    Promise("P16", "casefile.WriterLock.KeepsASecondWriterOutAndSaysWhoHoldsIt",
            ("casefile_test",), "libforensics/casefile/lock.cpp",
            "whole_file(F_WRLCK)", "whole_file(F_UNLCK)"),
    Promise("P23", "fault.commit_path", CLI, "libforensics/ledger/writer.cpp",
            "  if (done) done = files_->sync_data(file_, layout_.entries());\n", ""),
    Promise("P24", "fault.kill", CLI, "libforensics/ingest/intake.cpp",
            "    if (TRY(is_known(exhibit, entry->path, 0))) continue;\n", ""),
    Promise("P25", "casefile.Case.AReaderSeesTheMomentAtWhichItWasOpened", ("casefile_test",),
            "libforensics/casefile/case.cpp",
            '  TRY(open.database.execute("BEGIN"));\n', ""),
    Promise("P26", "e2e.upkeep", CLI, "libforensics/ingest/rebuild.cpp",
            "    if (finding.severity == ledger::Severity::failure)", "    if (false)"),
    Promise("P27", "fault.outputs", CLI, "libforensics/report/folder.cpp",
            "  if (!temporary_.empty()) remove_tree(temporary_);\n", ""),
    # Tampering shows.
    Promise("P17", "ledger.Tamper.Case01FlipByteInObject", ("ledger_tests",),
            "libforensics/ledger/verify.cpp",
            "const bool same = object_hash_.finish() == digest;",
            "const bool same = object_hash_.finish() != Digest{};"),
    Promise("P18", "ledger.Tamper.Case18BackdateOneEntry", ("ledger_tests",),
            "libforensics/ledger/verify.cpp",
            "if (entry->prev != prev_)", "if (false)"),
    Promise("P12", "ledger.Tamper.Case04AndChainAgain", ("ledger_tests",),
            "libforensics/ledger/verify.cpp",
            "claim.size == 0 || claim.root != *root", "claim.size == 0"),
    Promise("P19", "ledger.Merkle.ALeafIsNoNode", ("ledger_tests",),
            "libforensics/ledger/merkle.cpp",
            'return hasher().update(ByteView("\\x00", 1)).update(bytes).finish();',
            "return hasher().update(bytes).finish();"),
    Promise("P20", "ledger.Salts.AreAFunctionOfKeySourceAndIndex", ("ledger_tests",),
            "libforensics/ledger/record_tree.cpp",
            "message_ += static_cast<char>(index >> shift & 255U);", "message_ += '0';"),
    Promise("P21", "e2e.tamper", CLI, "libforensics/casefile/compare.cpp",
            "      same = false;\n", ""),
]
