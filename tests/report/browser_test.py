"""Opens reports in headless Chromium and asks the browser what it shows.

usage: browser_test.py REPORT_SAMPLE [SCREENSHOT_FOLDER]

Exit status 77 where there is no Chromium: the test is skipped.
"""

import base64
import itertools
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-extensions", "--hide-scrollbars", "--remote-debugging-pipe",
]
SAMPLE = None
SHOTS = None


class Browser:
    """Chromium, driven over the pipes of its debugging protocol: no port is opened."""

    def __init__(self, chromium, profile):
        to_read, self.writing = os.pipe()
        self.reading, to_write = os.pipe()

        def place_pipes():
            # The protocol wants descriptors 3 and 4; both ends may stand in the way of each other.
            high = [os.dup2(end, 100 + i) for i, end in enumerate((to_read, to_write))]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self.process = subprocess.Popen(
            [chromium, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            preexec_fn=place_pipes, close_fds=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.numbers = itertools.count(1)
        self.buffer = b""
        self.requests = []
        self.loaded = False
        self.session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call(
            "Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime"):
            self.call(f"{domain}.enable")

    def receive(self):
        while b"\0" not in self.buffer:
            piece = os.read(self.reading, 1 << 20)
            if not piece:
                raise RuntimeError("Chromium ended")
            self.buffer += piece
        message, self.buffer = self.buffer.split(b"\0", 1)
        message = json.loads(message)
        if message.get("method") == "Network.requestWillBeSent":
            self.requests.append(message["params"]["request"]["url"])
        if message.get("method") == "Page.loadEventFired":
            self.loaded = True
        return message

    def call(self, method, **params):
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.writing, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(answer["error"])
                return answer["result"]

    def open(self, path, width=1000, height=1400, scheme="light", media=""):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", media=media,
                  features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.loaded = False
        self.requests.clear()
        self.call("Page.navigate", url=pathlib.Path(path).as_uri())
        while not self.loaded:
            self.receive()

    def ask(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True,
                           awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"])
        return result["result"].get("value")

    def shoot(self, name):
        if SHOTS:
            shot = self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
            (SHOTS / f"{name}.png").write_bytes(base64.b64decode(shot))

    def close(self):
        self.process.terminate()
        self.process.wait()
        os.close(self.reading)
        os.close(self.writing)


def luminance(colour):
    def linear(part):
        part /= 255
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
    red, green, blue = (linear(float(p)) for p in colour[colour.index("(") + 1:-1].split(",")[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# Every element with text of its own: its colour and the first opaque ground behind it.
COLOURS = """[...document.querySelectorAll('body *')].filter(e =>
  [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim()) && !e.matches('.skip')
).map(e => {
  let ground = e;
  while (ground && /rgba\\(.*, 0\\)/.test(getComputedStyle(ground).backgroundColor))
    ground = ground.parentElement;
  return [e.tagName + '.' + e.className, getComputedStyle(e).color,
          getComputedStyle(ground || document.body).backgroundColor];
})"""


class ReportInBrowser(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="report-browser-")
        root = pathlib.Path(cls.folder.name)
        cls.report = root / "sample"
        cls.long = root / "long"
        subprocess.run([SAMPLE, cls.report], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([SAMPLE, cls.long, "100000"], check=True, stdout=subprocess.DEVNULL)
        cls.browser = Browser(shutil.which("chromium"), root / "profile")

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.folder.cleanup()

    def pages(self):
        return sorted(self.report.glob("*.html"))

    def test_shows_a_script_and_does_not_run_it(self):
        self.browser.open(self.report / "c0001.html")
        self.assertEqual(self.browser.ask("document.title"),
                         "Harbour Group (C0001) · Case 2024/0417: Harbour")
        text = "document.querySelector('#C0001-M000006 .t').textContent"
        self.assertEqual(self.browser.ask(text),
                         "<script>document.title='owned'</script>"
                         "<img src=x onerror=\"document.title='owned'\">")
        self.assertEqual(self.browser.ask("document.scripts.length"), 0)
        self.assertEqual(self.browser.ask("document.querySelectorAll('[onclick],[onerror]').length"), 0)

    def test_refuses_a_script_even_if_one_were_there(self):
        page = self.report / "injected.html"
        clean = (self.report / "c0001.html").read_text("utf-8")
        page.write_text(clean.replace("</main>", "<script>document.title='owned'</script></main>"),
                        "utf-8")
        try:
            self.browser.open(page)
            self.assertIn("Harbour Group", self.browser.ask("document.title"))
        finally:
            page.unlink()

    def test_writes_from_right_to_left_what_is_written_so(self):
        self.browser.open(self.report / "c0001.html")
        direction = "getComputedStyle(document.querySelector('#{} .t')).direction"
        self.assertEqual(self.browser.ask(direction.format("C0001-M000003")), "rtl")
        self.assertEqual(self.browser.ask(direction.format("C0001-M000004")), "rtl")
        self.assertEqual(self.browser.ask(direction.format("C0001-M000002")), "ltr")
        edges = self.browser.ask("""(() => {
          const text = document.querySelector('#C0001-M000004 .t');
          const range = document.createRange();
          range.selectNodeContents(text);
          return [range.getBoundingClientRect().right, text.getBoundingClientRect().right];
        })()""")
        self.assertAlmostEqual(edges[0], edges[1], delta=2)

    def test_shows_the_images(self):
        self.browser.open(self.report / "c0001.html")
        widths = self.browser.ask("""Promise.all([...document.images].map(async image => {
          image.loading = 'eager';
          await image.decode();
          return image.naturalWidth;
        }))""")
        self.assertEqual(widths, [640, 1])

    def test_loads_nothing_but_its_own_files(self):
        for page in self.pages():
            self.browser.open(page)
            own = self.report.as_uri() + "/"
            self.assertTrue(self.browser.requests)
            for url in self.browser.requests:
                # "data:" is what the browser draws its own sound controls with.
                self.assertTrue(url.startswith((own, "data:")), url)
            self.assertEqual(self.browser.ask("document.querySelectorAll('[src^=data]').length"), 0)
            self.assertGreater(self.browser.ask("document.styleSheets.length"), 0)

    def test_can_be_read_in_both_schemes(self):
        grounds = set()
        for scheme in ("light", "dark"):
            for page in self.pages():
                self.browser.open(page, scheme=scheme)
                self.browser.shoot(f"{page.stem}-{scheme}")
                grounds.add(self.browser.ask("getComputedStyle(document.body).backgroundColor"))
                for name, colour, ground in self.browser.ask(COLOURS):
                    self.assertGreaterEqual(contrast(colour, ground), 4.5,
                                            f"{page.name} {scheme} {name}: {colour} on {ground}")
        self.assertEqual(len(grounds), 2)

    def test_fits_a_narrow_screen(self):
        for page in self.pages():
            self.browser.open(page, width=360, height=740)
            self.browser.shoot(f"{page.stem}-360")
            self.assertLessEqual(self.browser.ask("document.documentElement.scrollWidth"), 360,
                                 page.name)

    def test_prints_without_navigation(self):
        self.browser.open(self.report / "c0001.html", media="print", scheme="dark")
        self.browser.shoot("c0001-print")
        style = "getComputedStyle(document.querySelector('{}')).{}"
        self.assertEqual(self.browser.ask(style.format(".site", "display")), "none")
        self.assertEqual(self.browser.ask(style.format("body", "backgroundColor")),
                         "rgb(255, 255, 255)")

    def test_opens_any_page_of_a_hundred_thousand_messages(self):
        pages = list(self.long.glob("c0001*.html"))
        self.assertGreater(len(pages), 100)
        self.assertLess(max(page.stat().st_size for page in pages), 1_000_000)
        self.browser.open(self.long / "c0001-0100.html")
        shown = self.browser.ask("document.querySelectorAll('article.m').length")
        self.assertGreater(shown, 100)
        self.assertLess(shown, 2000)
        self.assertEqual(self.browser.ask("document.querySelectorAll('a[rel=next]').length"), 2)
        self.browser.open(self.long / "c0001-pages.html")
        self.assertEqual(self.browser.ask("document.querySelectorAll('ol.pages li').length"),
                         len(pages) - 1)
        self.browser.shoot("long-pages")


if __name__ == "__main__":
    if shutil.which("chromium") is None:
        print("skipped: chromium is not installed")
        sys.exit(77)
    SAMPLE = os.path.abspath(sys.argv[1])
    if len(sys.argv) > 2:
        SHOTS = pathlib.Path(sys.argv[2])
        SHOTS.mkdir(parents=True, exist_ok=True)
    unittest.main(argv=sys.argv[:1], verbosity=2)
