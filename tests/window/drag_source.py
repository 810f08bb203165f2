"""drag_source KIND DATA: a window with something in it to drag to another program."""
# SPDX-License-Identifier: GPL-3.0-or-later
import sys

import gi

gi.require_version("Gdk", "4.0")
gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402


def activate(application):
    window = Gtk.ApplicationWindow(
        application=application, title="Drag Source", default_width=120, default_height=60
    )
    label = Gtk.Label(label="drag me")
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    data = GLib.Bytes.new(sys.argv[2].encode())
    source.connect("prepare", lambda *_: Gdk.ContentProvider.new_for_bytes(sys.argv[1], data))
    label.add_controller(source)
    window.set_child(label)
    window.present()


program = Gtk.Application(
    application_id="org.bobbin.DragSource", flags=Gio.ApplicationFlags.NON_UNIQUE
)
program.connect("activate", activate)
program.run([])
