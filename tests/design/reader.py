"""A reader of pages that is as strict as XML."""

from html.parser import HTMLParser

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source"}


class Reader(HTMLParser):
    """Reads a page as strictly as XML: every element that opens must close, in order."""

    def __init__(self, html):
        super().__init__()
        self.open, self.ids, self.elements = [], [], []
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.elements.append((tag, attrs))
        assert "style" not in attrs, f"inline style on {tag}"
        assert not [name for name in attrs if name.startswith("on")], f"inline handler on {tag}"
        assert tag != "script" or attrs.get("src"), "inline script"
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self.open, f"</{tag}> with nothing open"
        assert self.open.pop() == tag, f"</{tag}> closes another element"
