"""lab_desk: what the tests of the Race Lab's page share: the page, its choices and its pictures."""
# SPDX-License-Identifier: GPL-3.0-or-later
import glob
import re

from desk import Desk
from person import key, type_text, wait, window_origin, xdo


class LabDesk(Desk):
    """Bobbin started and turned to the Race Lab by its key."""

    def __init__(self, *words, **options):
        super().__init__(*words, **options)
        self.find("page tab", "^Race Lab$")
        key("alt+3")
        self.find("push button", "^Run 200 Times$")

    def find(self, *args, **kwargs):
        return self.window.find(*args, **kwargs)

    def press(self, name):
        button = self.find("push button", name)
        wait(lambda: button.enabled, what=f"enabled {name}")
        button.do()

    def mode(self, name):
        """One of the four buttons above the page; the main button of Explore is called as its mode."""
        self.find("push button", f"^{name}$").do()
        wait(lambda: self.find("push button", f"^{name}$").active, what=f"mode {name}")

    def pick(self, scenario):
        row = self.find("list item", f"^{scenario}")
        while not row.inside():
            # A turn of the wheel over the list.
            before = row.box
            left, top = window_origin(row)
            xdo("mousemove", left + 100, top + 300)
            xdo("click", 5)
            wait(lambda: row.box != before, what=f"{scenario} nearer")
        row.click()
        self.find("label", f"^{scenario}$", hidden=False)
        wait(lambda: row.selected, what=f"{scenario} chosen")

    def choose(self, name, item):
        """Opens a drop-down and goes to one of its items by the arrow keys."""
        box = self.find("combo box", f"^{name}$")
        box.do("click")
        items = wait(lambda: self.items_of(box), what=f"open {name}")
        index = next(i for i, text in enumerate(items) if re.search(item, text))
        key("Home", *["Down"] * index, "Return")
        chosen = box.find("push button")
        wait(lambda: self.says(item, chosen), what=f"{name} {item}")

    def items_of(self, box):
        return [row.find("label").name for row in box.each("list item")]

    def says(self, text, inside=None):
        return next((inside or self.window).each("label", text), None) is not None

    def spin(self, name, value):
        box = self.find("spin button", f"^{name}$")
        # Only the text inside it takes the focus.
        box.click(at=(0.15, 0.5))
        key("ctrl+a")
        type_text(str(value))
        key("Return", "Tab")
        wait(lambda: box.value[0] == value, what=f"{name} {value}")

    def read(self, pattern, seconds=None):
        """The first label that matches, waited for, as a match."""
        return re.search(pattern, self.find("label", pattern, seconds).name)

    def picture(self, name, words=".", seconds=None):
        """What a picture says to those who cannot see it, once it says @words."""

        def said():
            for image in self.window.each("image", f"^{name}$"):
                if re.search(words, image.description):
                    return image.description
            return None

        return wait(said, seconds, what=f"{name} that says {words}")

    def run(self):
        """Runs 200 times and waits for the end."""
        self.press("^Run 200 Times$")
        self.read("^Run 1 of 200$|^200 runs$", 60)
        self.find("push button", "^Run 200 Times$")

    def do_on_page(self, action):
        """One of the page's own actions."""
        page = next(n for n in self.window.each("filler") if f"lab.{action}" in n.actions)
        page.do(f"lab.{action}")

    def labels(self, pattern):
        return [label.name for label in self.window.each("label", pattern)]

    def threads(self, prefix):
        """The names of the program's threads that begin so."""
        tasks = glob.glob(f"/proc/{self.app.process.pid}/task/*/comm")
        names = [open(path, encoding="utf-8").read().strip() for path in tasks]
        return [name for name in names if name.startswith(prefix)]

    def answer(self, title, path):
        """Types a path into the file dialog of that title."""
        # GTK 4.8 gives its file dialog no window's role.
        dialog = self.app.root.find("filler", f"^{title}$")
        key("slash")
        entry = dialog.find("text")
        entry.set_text(path)
        key("Return")
        self.app.root.gone("filler", f"^{title}$")
