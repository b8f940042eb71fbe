"""Pictures of the pages that stand open, taken by Chromium with the same cookies; without Chromium, none."""

import io
import shutil
import subprocess

from ledger import Fault
from PIL import Image
from playwright.sync_api import sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PHONE, DESK = {"width": 360, "height": 760}, {"width": 1440, "height": 900}
TALLEST = 1500  # of a page taken as it scrolls
COLOURS = 64
MARGIN = 12  # above the element to which one has scrolled
HTML = "text/html; charset=utf-8"
VIEWER_DRAWS = 3000  # milliseconds until the browser shows a paper inside a page


class Camera:
    """Takes a page as its person sees it: a phone for citizens, a desk's screen for staff."""

    def __init__(self):
        self.path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

    def __enter__(self):
        self.playwright = sync_playwright().start() if self.path else None
        self.chromium = self.playwright.chromium.launch(executable_path=self.path, args=FLAGS) if self.path else None
        return self

    def __exit__(self, *exception):
        if self.playwright:
            self.chromium.close()
            self.playwright.stop()

    def take(self, browser, *, phone: bool, address: str = "", whole=False, top: str = "") -> bytes | None:
        """The page that stands open, or an address.

        A phone's page is taken as it scrolls; a desk's as its screen shows it, or ``whole``. ``top`` is the element to
        which the person has scrolled (a CSS selector).
        """
        if not self.chromium:
            return None
        context = self.chromium.new_context(viewport=PHONE if phone else DESK, locale="kk-KZ", reduced_motion="reduce")
        context.add_cookies(browser.cookies())
        page = context.new_page()
        if browser.page.was_sent and not address:
            page.route(browser.page.url, lambda route: route.fulfill(body=browser.page.source, content_type=HTML))
        page.goto(browser.address + address if address else browser.page.url)
        if page.locator("iframe").count():
            page.wait_for_timeout(VIEWER_DRAWS)
        begins = self._scrolled(page, top) if top else 0
        content = page.screenshot(full_page=phone or whole)
        context.close()
        return smaller(content, begins if phone or whole else 0)

    def _scrolled(self, page, top: str) -> int:
        """How far down the page an element begins; a screen is scrolled to it."""
        box = page.locator(top).first.bounding_box()
        if box is None:
            raise Fault(f"the page {page.url} shows {top}")
        page.evaluate("top => window.scrollTo(0, top)", box["y"] - MARGIN)
        return max(0, int(box["y"] - MARGIN))

    def take_paper(self, pdf: bytes) -> bytes | None:
        """The first page of a paper, where the machine can draw one."""
        drawer = shutil.which("pdftoppm")
        if not drawer or not self.chromium:
            return None
        words = [drawer, "-r", "70", "-f", "1", "-l", "1", "-png", "-"]
        return smaller(subprocess.run(words, input=pdf, capture_output=True, check=True).stdout)


def smaller(content: bytes, begins: int = 0) -> bytes:
    """The same picture in few colours, from some line on, and no taller than a page of paper."""
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    picture = picture.crop((0, begins, picture.width, min(picture.height, begins + TALLEST)))
    picture = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    made = io.BytesIO()
    picture.save(made, "PNG", optimize=True)
    return made.getvalue()
