"""plot: a small drawing of measured points, as SVG."""
# SPDX-License-Identifier: GPL-3.0-or-later
import math
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 76, 24, 44, 64
COLOURS = ("#1c71d8", "#c64600", "#2b8a3e")


class Axis:
    """Maps values to places: by their logarithm, or as they are."""

    def __init__(self, values, label, start, end, *, log, say=None):
        self.label, self.start, self.end, self.log = label, start, end, log
        self.say = say or (lambda v: f"{v:g}")
        self.ticks = self._log_ticks(values) if log else self._even_ticks(values)
        self.low, self.high = self.ticks[0], self.ticks[-1]

    @staticmethod
    def _log_ticks(values):
        low = math.floor(math.log10(min(values)))
        high = max(math.ceil(math.log10(max(values))), low + 1)
        return [10.0 ** e for e in range(low, high + 1)]

    @staticmethod
    def _even_ticks(values):
        top = max(values) or 1
        step = 10 ** math.floor(math.log10(top))
        step = next(s for s in (step / 5, step / 2, step, step * 2) if top / s <= 6)
        return [i * step for i in range(math.ceil(top / step - 1e-9) + 1)]

    def place(self, value):
        if self.log:
            share = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def _text(x, y, text, anchor="middle", extra=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {extra}>{escape(text)}</text>'


def _grid(x, y):
    out = []
    for value in x.ticks:
        at = x.place(value)
        out.append(f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" class="grid"/>')
        out.append(_text(at, HEIGHT - BOTTOM + 18, x.say(value)))
    for value in y.ticks:
        at = y.place(value)
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}" class="grid"/>')
        out.append(_text(LEFT - 8, at + 4, y.say(value), "end"))
    out.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - BOTTOM + 38, x.label))
    middle = (TOP + HEIGHT - BOTTOM) / 2
    out.append(_text(18, middle, y.label, extra=f'transform="rotate(-90 18 {middle:.0f})"'))
    return out


def _line(points, colour, dashed):
    path = " ".join(f"{px:.1f},{py:.1f}" for px, py in points)
    dash = ' stroke-dasharray="5 5"' if dashed else ""
    width = 1.2 if dashed else 2
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{dash}/>'


def draw(path, title, x_label, y_label, series, *, log_x=True, log_y=True, say_x=None, say_y=None):
    """Writes @path. @series: {name: [(x, y)]}; a name that begins with `~` is an ideal: dashed, without points."""
    everything = [point for points in series.values() for point in points]
    x = Axis([p[0] for p in everything], x_label, LEFT, WIDTH - RIGHT, log=log_x, say=say_x)
    y = Axis([p[1] for p in everything], y_label, HEIGHT - BOTTOM, TOP, log=log_y, say=say_y)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
           f'height="{HEIGHT}" font-family="sans-serif" font-size="12" role="img">',
           f"<title>{escape(title)}</title>",
           "<style>.grid{stroke:#deddda;stroke-width:1}text{fill:#3d3846}</style>",
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
           _text(LEFT, 24, title, "start", 'font-size="14" font-weight="bold"'), *_grid(x, y)]
    legend = LEFT
    for number, (name, points) in enumerate(series.items()):
        ideal = name.startswith("~")
        colour = "#77767b" if ideal else COLOURS[number % len(COLOURS)]
        places = [(x.place(px), y.place(py)) for px, py in sorted(points)]
        out.append(_line(places, colour, ideal))
        if not ideal:
            out += [f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3.5" fill="{colour}"/>' for px, py in places]
        out.append(_line([(legend, HEIGHT - 14), (legend + 22, HEIGHT - 14)], colour, ideal))
        out.append(_text(legend + 28, HEIGHT - 10, name.lstrip("~"), "start"))
        legend += 28 + 7 * len(name) + 24
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join([*out, "</svg>"]) + "\n")
