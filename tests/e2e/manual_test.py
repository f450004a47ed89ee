"""The manual page and the shell completion say what --help says."""
import re
import subprocess
import unittest

from command import PROGRAM, run


def commands():
    """The commands that `forensics --help` lists."""
    listed = run("--help").out.split("Subcommands:\n")[1].split("\n\n")[0]
    return re.findall(r"^  ([\w-]+) ", listed, re.MULTILINE)


def completed(*words):
    """What bash offers behind these words."""
    script = subprocess.run([PROGRAM, "completion", "bash"], capture_output=True, text=True,
                            check=True).stdout
    script += 'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _forensics; echo "${COMPREPLY[*]}"'
    ran = subprocess.run(["bash", "-uc", script, "bash", "forensics", *words],
                         capture_output=True, text=True, check=True)
    return ran.stdout.split()


class Manual(unittest.TestCase):
    def test_the_manual_page_has_every_command_and_option(self):
        page = run("manual").out.replace("\\-", "-")
        self.assertTrue(page.startswith(".TH FORENSICS 1"))
        self.assertGreater(len(commands()), 14)
        for command in commands():
            self.assertIn(f"\n.SS forensics {command}", page)
            for option in re.findall(r"(--[a-z-]+)", run(command, "--help").out.split("Examples")[0]):
                self.assertIn(option, page, command)

    def test_bash_completes_commands_options_and_nothing_else(self):
        self.assertEqual(completed(""), commands())
        self.assertEqual(completed("tim"), ["timeline"])
        self.assertEqual(completed("timeline", "case", "--fr"), ["--from"])
        self.assertEqual(completed("plugin", "vo"), ["vocabulary"])
        self.assertEqual(completed("plugin", "info", "--work"), ["--worker"])
        self.assertEqual(completed("ingest", "ca"), [], "file names are left to bash")

    def test_every_shell_gets_every_command(self):
        for shell in ("bash", "zsh", "fish"):
            script = run("completion", shell).out
            for command in commands():
                self.assertRegex(script, rf"\b{command}\b", shell)
        self.assertEqual(run("completion", "tcsh").code, 2)


if __name__ == "__main__":
    unittest.main()
